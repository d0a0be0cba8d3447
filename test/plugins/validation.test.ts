import { judgeBy } from '../../src/pages/fields/judge.ts'
import { compilerOfBodies, takeFindings } from '../../src/plugins/validation.ts'
import { measured } from '../../src/schemas/excess.ts'
import { ReportDraft } from '../../src/schemas/report.ts'
import { t } from '../support/suite.ts'

t.test('a check holds on to nothing of a body that it refused', async (t) => {
  const refused = { narrative: 'A fictional canary' }
  const judged = judgeBy(ReportDraft)(refused)
  t.ok('broken' in judged && judged.broken.length > 0)
  const check = compilerOfBodies().compile(ReportDraft)
  t.equal(check.errors ?? null, null, 'one check for all who judge by it')
  t.notOk(check(refused))
  t.ok(takeFindings(check).some(({ data }) => data === refused))
  t.equal(check.errors, null)
})

t.test('characters count as visible wherever they stand, and whatever else there is', async (t) => {
  const check = compilerOfBodies().compile({ type: 'string', 'x-visible': 3 })
  for (const seen of [
    'abc',
    ' a\tb\n c',
    'ŵŷé',
    'a\u00a0b\u200bc',
    'ab😡',
    '😡😡😡',
    '\u200b\u200babc',
    "a'’",
  ]) {
    t.ok(check(seen), JSON.stringify(seen))
  }
  for (const unseen of [
    '',
    'ab',
    '    ',
    'a\u00a0b',
    'ab\u200b\u00ad',
    '😡😡',
    'a\u007fb',
    '\u2800\u2800\u2800',
  ]) {
    t.notOk(check(unseen), JSON.stringify(unseen))
  }
})

t.test('values are counted, and depth is told, of lists and objects alike', async (t) => {
  const atMost = { values: 6, depth: 2 }
  t.strictSame(measured({ a: [1, 2], b: {} }, atMost), { excess: undefined, properties: 2 })
  t.equal(measured({ a: [1, 2, 3, 4, 5] }, atMost).excess, 'too-many-values')
  t.equal(measured([[[]]], atMost).excess, 'too-deep')
  t.equal(measured({ a: { b: {} } }, atMost).excess, 'too-deep')
  const own: unknown = JSON.parse('{"__proto__": {"toString": 1}}')
  t.strictSame(measured(own, atMost), { excess: undefined, properties: 2 })
})

t.end()
