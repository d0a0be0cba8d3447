import type { Sliced } from '../../src/concurrency/slicing.ts'
import { inTurns } from '../../src/concurrency/yieldToEventLoop.ts'
import { entitiesFoundIn, entitiesInSlices } from '../../src/domain/links/found.ts'
import { lintInSlices, lintMessage } from '../../src/domain/text/lint/lint.ts'
import type { Report } from '../../src/schemas/report.ts'
import { sampleReport } from '../support/reports.ts'
import { t } from '../support/suite.ts'

/** The longest report that the contract takes must not hold up everybody else, whoever opens it or writes about it. */

const said = 'on 24 Marrow Close SW1A 1AA that AB12 CDE and 07700 900123 were seen by my brother who knows '

function longest(words: string): Report {
  const fill = (length: number) => words.repeat(Math.ceil(length / words.length)).slice(0, length)
  return sampleReport({
    narrative: fill(10_000),
    places: Array.from({ length: 20 }, () => ({ description: fill(1_000), address: fill(500) })),
    entities: Array.from({ length: 50 }, () => ({ kind: 'person' as const, description: fill(2_000) })),
  })
}

/** How often work lets others in, and what comes of it. */
function pausesOf<T>(work: Sliced<T>): { pauses: number; result: T } {
  for (let pauses = 0; ; pauses += 1) {
    const step = work.next()
    if (step.done) return { pauses, result: step.value }
  }
}

/** Telephone numbers that are no numbers cost most: each is tried in several lengths. */
const texts = { said, digits: '07700900123 ', 'no numbers': '0 - 0 - ' }

t.test('what a text names is looked for with a pause after each few things', async (t) => {
  for (const [what, words] of Object.entries(texts)) {
    // The same for each text, of which this is one.
    const report = sampleReport({ narrative: words.repeat(1_000).slice(0, 1_000) })
    const { pauses, result } = pausesOf(entitiesInSlices(report, []))
    t.ok(pauses > 60, `${what}: ${pauses} pauses`)
    t.same(await entitiesFoundIn(report, []), result, what)
  }
})

t.test('a message is held against the report with a pause after each of its texts', async (t) => {
  for (const [what, words] of Object.entries(texts)) {
    const report = longest(words)
    const text = words.repeat(400).slice(0, 400)
    const { pauses, result } = pausesOf(lintInSlices(text, report))
    t.ok(pauses > 70, `${what}: ${pauses} pauses`)
    t.same(lintMessage(text, report), result, what)
    const again = pausesOf(lintInSlices(text, report))
    t.ok(again.pauses < pauses, 'what is known of a report is not worked out anew for each message')
  }
})

t.test('work in turns lets others in', async (t) => {
  let turns = 0
  let isOver = false
  const others = () => {
    turns += 1
    if (!isOver) setImmediate(others)
  }
  setImmediate(others)
  const ten = function* (): Sliced<number> {
    for (let step = 0; step < 10; step += 1) {
      const until = performance.now() + 6
      while (performance.now() < until);
      yield
    }
    return 10
  }
  t.equal(await inTurns(ten()), 10)
  isOver = true
  t.ok(turns >= 9, `${turns} turns`)
})

t.end()
