import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Report } from '../src/schemas/report.ts'

const samples = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../fixtures/reports.json', import.meta.url)), 'utf8'),
) as Report[]

/** Sentences as reporters write them; all of it is made up. */
const sentences = [
  'It started about six weeks ago and has become more often since.',
  'The blinds at the front are always down, even on hot days.',
  'Visitors stay for two or three minutes and leave by the back gate.',
  'A silver estate car with a roof rack waits at the corner with its engine running.',
  'They carried sealed boxes from the van into the side door after midnight.',
  'Someone shouted, and then it went quiet very quickly.',
  'The same tall man in a green work jacket opens the door each time.',
  'There is a strong smell by the bins on collection mornings.',
  'I was told that the rent is paid in cash by somebody who never comes in person.',
  'A younger woman looked frightened and would not speak while he stood there.',
  'The number on the card in the window was 01632 960742 but it no longer answers.',
  'On Sundays nobody comes at all, which seems odd for a shop.',
  'He said he could get more of them before the end of the month.',
  'The lights on the top floor stay on all night and the windows run with water.',
  'Two mopeds without plates come and go between Quillet Lane and the old mill.',
  'They asked for the money to be sent in three parts, to three different names.',
  'It may be nothing, but it has not felt right since the new tenants came.',
  'The gate to the yard at Brackmoor Wharf has a new chain and a camera on it.',
  'I saw the same bags again by the river path near Harrowmere Lock.',
  'She told a neighbour that her papers are kept in a drawer that she cannot open.',
]

/** Bytes that a body has at least; the longest is some 100 more. */
const usualSize = 1000

/**
 * Different reports of about 1 KB, as JSON, the same ones at each run: the sample reports, with more sentences in
 * their narrative.
 */
export function makeBodies(count: number): string[] {
  const random = sequence(20_261_124)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const report = { ...pick(samples) }
    report.narrative += ` No. ${index}.`
    while (JSON.stringify(report).length < usualSize) report.narrative += ` ${pick(sentences)}`
    return JSON.stringify(report)
  })
}

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
