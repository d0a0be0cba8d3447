import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'

/**
 * The text of a header that a person wrote. Node hands each byte on as a character, and browsers send no others than
 * those of Latin-1: so UTF-8 comes as its bytes or percent-encoded. What is neither is taken as it stands.
 */
export function headerText(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  return percentDecoded(utf8(bytes) ?? value)
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Somebody who writes "50 % of them" means a percent sign. */
function percentDecoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads Audit-Reason as the text that it stands for, before its schema measures it. */
export function readReasons(app: Scope): void {
  app.addHook('preValidation', ({ headers }: FastifyRequest, _reply, done) => {
    const reason = headers['audit-reason']
    if (typeof reason === 'string') headers['audit-reason'] = headerText(reason)
    done()
  })
}
