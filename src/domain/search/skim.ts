import { isAscii } from 'node:buffer'
import { fold, foldAscii } from '../text/fold.ts'
import { type Search, stands } from './matches.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
/** What every report begins with that intake seals. What begins otherwise may be anything. */
const beginning = '{"report":{'
const escaped = /\\(.)/gs
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Tells of an opened report, by its bytes alone, whether one of these searches may find it: never no of one that would be
 * found. To read it as JSON and to hold it against the schema costs several times as much, and nearly all are none.
 *
 * Folding goes sign by sign and makes one space of several, and no term looks at what stands around it. So what stands in
 * a text of the report stands in its whole JSON, folded at once, if nothing is escaped in it by numbers.
 */
export function skimmer(searches: readonly Search[]): (opened: Uint8Array) => boolean {
  return (opened) => {
    const isPlain = isAscii(opened)
    const json = utf8.decode(opened)
    if (!json.startsWith(beginning)) return true
    const isEscaped = json.includes('\\')
    if (isEscaped && json.includes('\\u')) return true
    const text = isEscaped ? json.replace(escaped, asWritten) : json
    const folded = isPlain ? foldAscii(text) : fold(text)
    const whole = { folded, isShort: true, isHyphened: true }
    return searches.some((search) => search.every((pattern) => stands(pattern, whole)))
  }
}

function asWritten(_: string, sign: string): string {
  return controls[sign] ?? sign
}
