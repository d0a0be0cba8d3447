import type { Contract } from './document.ts'
import { walkSchemas } from './walkSchemas.ts'

/** Lone surrogates among the characters that a pattern refuses. */
const surrogates = /(?<=\[\^(?:[^\]\\]|\\.)*)\\uD800-\\uDFFF(?=\])/g

/**
 * Writes patterns so that they mean the same with and without the flag `u`. Without it they are read by code unit, and
 * one that refuses lone surrogates refuses every character beyond U+FFFF. JSON in UTF-8 has no lone surrogates but as
 * escapes; that those are refused too is said among the conventions.
 */
export function readWithoutFlag(document: Contract): void {
  walkSchemas(document, (schema) => {
    if (typeof schema.pattern === 'string') schema.pattern = schema.pattern.replace(surrogates, '')
  })
}
