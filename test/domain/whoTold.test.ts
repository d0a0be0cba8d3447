import { unsliced } from '../../src/concurrency/slicing.ts'
import { findWarnings } from '../../src/domain/text/warnings/find.ts'
import { findWhoToldInSlices, joined, whoToldBooks } from '../../src/domain/text/warnings/whoTold.ts'
import { t } from '../support/suite.ts'
import { development, heldOut, type Told } from './warnings/whoTold.ts'
import { caseNotes } from './warnings/whoToldCaseNotes.ts'

const draft = (narrative: string) => ({ category: 'antisocial-behaviour', narrative }) as const
const found = (narrative: string) => unsliced(findWhoToldInSlices(draft(narrative)))
const missed = ({ telling }: Told) => telling.filter((text) => found(text).length === 0)
const needless = ({ innocent }: Told) => innocent.filter((text) => found(text).length > 0)

t.test('who told is found where a sentence says so, and hardly anywhere else', async (t) => {
  t.strictSame([missed(development), needless(development)], [[], []], 'what the list was written by')
  for (const [name, set, floor] of [
    ['held out', heldOut, 0.75],
    ['case notes', caseNotes, 0.9],
  ] as const) {
    const [hits, falseHits] = [set.telling.length - missed(set).length, needless(set).length]
    t.comment(
      `${name}: ${hits} of ${set.telling.length} found, ${falseHits} of ${set.innocent.length} needless`,
    )
    t.ok(hits >= floor * set.telling.length, `${hits} found`)
    t.ok(falseHits <= set.innocent.length / 20, `${falseHits} needless`)
  }
})

t.test('a warning stands at the phrase, and is of one kind', async (t) => {
  const narrative = 'My client told me about it. A van comes at ten.'
  const [warning] = found(narrative)
  t.match(warning, { code: 'who-told', pointer: '/narrative', start: 0 })
  t.match(narrative.slice(warning?.start, warning?.end), /^My client told me$/)
  const all = joined(findWarnings(draft(narrative)), found(narrative))
  t.strictSame(
    all.map(({ code }) => code),
    ['who-told'],
  )
})

t.test('it takes milliseconds, also for a long text made to be slow', async (t) => {
  whoToldBooks()
  const long = 'my client and one of our residents who has since told '.repeat(180)
  const before = process.cpuUsage()
  found(long)
  const { user, system } = process.cpuUsage(before)
  t.comment(`${long.length} characters: ${Math.round((user + system) / 1000)} ms`)
  t.ok(user + system < 250_000)
})

t.end()
