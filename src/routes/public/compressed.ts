import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { once } from '../../concurrency/once.ts'

/**
 * A public answer in each coding, made once, when it is first asked for. Only what is the same for everybody may be in it: the length of
 * a compressed answer tells what is in it, so nothing with a secret is ever compressed.
 */
export interface Compressed {
  coding: 'br' | 'gzip'
  bytes(): Buffer
}

export function compress(body: unknown): Compressed[] {
  const text = JSON.stringify(body)
  return [
    { coding: 'br', bytes: once(() => brotliCompressSync(text)) },
    { coding: 'gzip', bytes: once(() => gzipSync(text, { level: 9 })) },
  ]
}

/** The first that the client takes (RFC 9110, section 12.5.3); undefined if it takes none, or says nothing. */
export function preferredCoding(
  { headers }: FastifyRequest,
  all: readonly Compressed[],
): Compressed | undefined {
  const taken = [headers['accept-encoding'] ?? ''].flat().join(',').toLowerCase().split(',').map(weightOf)
  return all.find(({ coding }) => {
    const own = taken.find(({ name }) => name === coding) ?? taken.find(({ name }) => name === '*')
    return own !== undefined && own.weight > 0
  })
}

function weightOf(element: string): { name: string; weight: number } {
  const [name = '', ...parameters] = element.split(';').map((part) => part.trim())
  const q = parameters.find((part) => part.startsWith('q='))
  return { name, weight: q === undefined ? 1 : Number(q.slice(2)) }
}
