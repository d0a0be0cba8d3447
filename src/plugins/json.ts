import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { measured } from '../schemas/excess.ts'
import type { Scope } from '../scope.ts'
import { Fault, invalid } from '../vocabulary/faults.ts'
import { createPace } from './pace.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came over the wire, for calls that compare bytes. */
    bodyBytes: Buffer | null
  }
}

/** What RFC 7396 calls the body of a PATCH; plain JSON is taken for it too. */
const mergePatch = 'application/merge-patch+json'

/** More than any honest body holds, and few enough that checking all of them is cheap. */
const valuesAtMost = 10_000
const depthAtMost = 16
/** Bytes of a body that takes a millisecond or more to be read and checked. */
const large = 16_384

/**
 * Reads JSON bodies, strictly: UTF-8, no byte order mark, bounded depth and number of values. Other types are refused,
 * but for a PATCH that calls itself a merge patch.
 */
export function readJson(app: Scope): void {
  app.removeAllContentTypeParsers()
  app.decorateRequest('bodyBytes', null)
  const turn = createPace()
  app.addHook('preParsing', ({ headers }: FastifyRequest, _reply, payload, done) => {
    done(isEncoded(headers) ? new Fault('unsupported-media-type') : null, payload)
  })
  app.addContentTypeParser(
    ['application/json', mergePatch],
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: Buffer, done) => {
      if (request.method !== 'PATCH' && isMergePatch(request.headers))
        return done(new Fault('unsupported-media-type'))
      request.bodyBytes = bytes
      // Many clients name the type of a body that they do not send, where a call takes none.
      if (bytes.length === 0 && request.routeOptions.schema?.body === undefined) return done(null, undefined)
      if (bytes.length <= large) return parseInto(done, bytes)
      void turn().then(() => parseInto(done, bytes))
    },
  )
  // The schema comes next, and takes as long again.
  app.addHook('preValidation', ({ bodyBytes }, _reply, done) => {
    if (bodyBytes === null || bodyBytes.length <= large) done()
    else turn().then(() => done(), done)
  })
}

function parseInto(done: (error: Error | null, body?: unknown) => void, bytes: Buffer): void {
  let body: unknown
  try {
    body = parseJson(bytes)
  } catch (error) {
    done(error instanceof Error ? error : new Fault('malformed-json'))
    return
  }
  done(null, body)
}

function isMergePatch({ 'content-type': type = '' }: IncomingHttpHeaders): boolean {
  return type.trim().toLowerCase().startsWith(mergePatch)
}

/** Whether the body is compressed, or JSON in another character set: it would be read as what it is not. */
function isEncoded(headers: IncomingHttpHeaders): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (type === 'application/json' && encoding === 'identity') return false
  const charsets = type.matchAll(/;\s*charset\s*=\s*["']?([^\s"';]*)/gi)
  return (
    encoding.toLowerCase() !== 'identity' ||
    [...charsets].some(([, name = '']) => !utf8Labels.includes(name.toLowerCase()))
  )
}

/** The names of UTF-8 that clients use (WHATWG Encoding, section 4.2; `utf_8` is Python's). */
const utf8Labels = [
  'utf-8',
  'utf8',
  'utf_8',
  'unicode-1-1-utf-8',
  'unicode11utf8',
  'unicode20utf8',
  'x-unicode20utf8',
]

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parses one JSON text. Throws `malformed-json` where it is none, or where an object names a property twice (two programs would
 * read two things), `validation` where it is too deep or too large.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch {
    throw new Fault('malformed-json')
  }
  const { excess, properties } = measured(value, { values: valuesAtMost, depth: depthAtMost })
  if (excess === 'too-many-values') throw invalid('', excess, `must hold at most ${valuesAtMost} values`)
  if (excess === 'too-deep') throw invalid('', excess, `must be nested at most ${depthAtMost} levels deep`)
  if (properties !== countColons(text)) throw new Fault('malformed-json')
  return value
}

/** Colons outside strings: in a JSON text there is one for each property that it names. */
function countColons(text: string): number {
  let colons = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) inString = !inString
    else if (inString && code === backslash) at += 1
    else if (!inString && code === colon) colons += 1
  }
  return colons
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
