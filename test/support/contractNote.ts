import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ApiDocument } from './contract.ts'

/** The contract of both sides, made once for all test files of a run: to make it takes each of them a second. */

const note = fileURLToPath(new URL('../../test-contract.json', import.meta.url))

/** The document that `noteContract` left, if this is such a run. */
export function notedContract(): ApiDocument | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as ApiDocument
  } catch {
    return undefined
  }
}

/** Leaves it to the test files; without one, takes it back. */
export function noteContract(document?: ApiDocument): void {
  if (document === undefined) rmSync(note, { force: true })
  else writeFileSync(note, JSON.stringify(document))
}
