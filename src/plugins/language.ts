import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languages } from '../vocabulary/languages.ts'
import { varyBy } from './vary.ts'

/**
 * The language that this client would rather read, of those there are (RFC 9110, section 12.5.4; lookup of RFC 4647); English
 * where it names neither. Says in the answer which it is, and that it depends on the header.
 */
export function answerInLanguage(request: FastifyRequest, reply: FastifyReply): Language {
  const language = preferredLanguage(request.headers['accept-language'])
  varyBy(reply, 'accept-language')
  reply.header('content-language', language)
  return language
}

export function preferredLanguage(accepted: string | undefined): Language {
  if (accepted === undefined) return 'en'
  let best: { language: Language; weight: number } = { language: 'en', weight: 0 }
  for (const { range, weight } of rangesIn(accepted)) {
    const language = languages.find((one) => range === one || range.startsWith(`${one}-`))
    if (language !== undefined && weight > best.weight) best = { language, weight }
  }
  return best.language
}

function rangesIn(header: string): { range: string; weight: number }[] {
  return header
    .toLowerCase()
    .split(',', 50)
    .map((element) => {
      const [range = '', ...parameters] = element.split(';').map((part) => part.trim())
      const q = /^q\s*=\s*(\d(?:\.\d*)?)$/.exec(parameters.find((part) => part.startsWith('q')) ?? 'q=1')
      return { range, weight: Number(q?.[1] ?? 0) }
    })
}
