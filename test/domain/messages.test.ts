import { isTasking, lintMessage } from '../../src/domain/text/lint/lint.ts'
import { lockReasonsOf } from '../../src/domain/text/lint/lock.ts'
import { repeatsOf } from '../../src/domain/text/lint/repeats.ts'
import { signalsIn } from '../../src/domain/text/lint/signals.ts'
import type { Report } from '../../src/schemas/report.ts'
import { safetyMessages, withStanding } from '../../src/vocabulary/standing.ts'
import { sampleReport } from '../support/reports.ts'
import { t } from '../support/suite.ts'
import {
  type Labelled,
  repeats,
  repeatsAwkward,
  repeatsBlind,
  repeatsHeldOut,
  reports,
  signs,
  signsAwkward,
  signsBlind,
  signsHeldOut,
  tasking,
  taskingAwkward,
  taskingBlind,
  taskingHeldOut,
} from './messages/labelled.ts'

const tasks = ({ text }: Labelled) => lintMessage(text, sampleReport()).some(isTasking)
const signals = ({ text }: Labelled) => signalsIn(text).length > 0
const repeating = ({ about, text }: Labelled) => repeatsOf(text, reports[about] ?? sampleReport()).length > 0

/** Recall and precision over sentences: is one that should be flagged flagged, and only such a one? */
function measure(rows: readonly Labelled[], isFlagged: (row: Labelled) => boolean) {
  const flagged = rows.filter(isFlagged)
  const right = flagged.filter(({ required }) => required.length > 0).length
  return {
    recall: right / rows.filter(({ required }) => required.length > 0).length,
    precision: right / flagged.length,
  }
}

t.test('the labelled sentences are found, and the innocent among them left alone', async (t) => {
  const sets = [
    {
      name: 'tasking',
      rows: [...tasking, ...taskingAwkward],
      isFlagged: tasks,
      recall: 0.98,
      precision: 0.98,
    },
    { name: 'tasking, held out', rows: taskingHeldOut, isFlagged: tasks, recall: 0.98, precision: 0.95 },
    { name: 'tasking, blind', rows: taskingBlind, isFlagged: tasks, recall: 0.84, precision: 0.84 },
    { name: 'signs', rows: [...signs, ...signsAwkward], isFlagged: signals, recall: 0.98, precision: 0.98 },
    { name: 'signs, held out', rows: signsHeldOut, isFlagged: signals, recall: 0.98, precision: 0.98 },
    { name: 'signs, blind', rows: signsBlind, isFlagged: signals, recall: 0.8, precision: 0.98 },
    {
      name: 'repeats',
      rows: [...repeats, ...repeatsAwkward],
      isFlagged: repeating,
      recall: 0.98,
      precision: 0.98,
    },
    { name: 'repeats, held out', rows: repeatsHeldOut, isFlagged: repeating, recall: 0.98, precision: 0.98 },
    { name: 'repeats, blind', rows: repeatsBlind, isFlagged: repeating, recall: 0.95, precision: 0.95 },
  ]
  for (const { name, rows, isFlagged, ...floor } of sets) {
    const got = measure(rows, isFlagged)
    t.ok(got.recall >= floor.recall, `${name}: recall ${got.recall.toFixed(3)} of ${rows.length}`)
    t.ok(got.precision >= floor.precision, `${name}: precision ${got.precision.toFixed(3)}`)
  }
})

const found = (text: string, more: Partial<Report>) =>
  repeatsOf(text, sampleReport(more)).map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`)

t.test('what is repeated is found however it is written', async (t) => {
  const car = { entities: [{ kind: 'vehicle' as const, registration: 'AB12 CDE' }] }
  for (const text of ['ab12cde', 'AB-12-CDE', 'a b 1 2 c d e', 'AB12\u200bCDE', 'ab12']) {
    t.strictSame(found(`Is it ${text}?`, car), [`repeats-identifier: ${text}`])
  }
  const phone = { entities: [{ kind: 'phone' as const, number: '+44 (0)7700 900-123' }] }
  for (const text of ['07700900123', '07700 900 123', '+447700900123', '0044 7700 900123', '900123']) {
    t.ok(found(`Is it ${text}?`, phone)[0]?.startsWith('repeats-identifier'), text)
  }
  const person = { entities: [{ kind: 'person' as const, name: 'Zoë Will-Łęg', alias: '王伟' }] }
  t.strictSame(found('Does zoe know?', person), ['repeats-name: zoe'])
  t.strictSame(found('Is ZOE’S car there?', person), ['repeats-name: ZOE’S'])
  t.strictSame(
    found('Did you tell Will?', person),
    ['repeats-name: Will'],
    'an everyday word, written as a name',
  )
  t.strictSame(found('Will you be safe? Who will know?', person), [], 'and as an everyday word')
  t.strictSame(found('你认识王伟吗', person), ['repeats-name: 你认识王伟吗'])
  t.strictSame(found('Is it at number 6?', { places: [{ address: '6 Sedge Walk' }] }), ['repeats-name: 6'])
  t.strictSame(found('In 6 days?', { places: [{ address: '6 Sedge Walk' }] }), [])
})

t.test(
  'of a report in a language without a list, only names and numbers are taken for its own',
  async (t) => {
    const narrative = 'Mężczyzna imieniem Zbyszek sprzedaje papierosy w garażu i przyjeżdża około 14 osób.'
    t.strictSame(found('Czy ktoś przyjeżdża w nocy?', { narrative, language: 'pl' }), [])
    t.strictSame(found('Czy Zbyszek tam jest?', { narrative, language: 'pl' }), ['repeats-name: Zbyszek'])
    t.strictSame(found('Czy to 14 osób?', { narrative, language: 'pl' }), ['repeats-narrative: 14'])
  },
)

t.test('numbers of helplines are nobody’s own', async (t) => {
  const narrative =
    'I rang 999 and 101 and then Childline on 0800 1111 about the fourteen boxes in that cellar.'
  t.strictSame(found('Call 999 or 101. Childline is on 0800 1111.', { narrative }), [])
  t.strictSame(found('Are there 14?', { narrative }), ['repeats-narrative: 14'])
})

t.test(
  'nothing that is fixed is flagged, and the standing words are English, and Welsh for Welsh',
  async (t) => {
    for (const { text } of safetyMessages) {
      t.strictSame(lintMessage(withStanding(text, 'cy'), sampleReport()), [], text)
    }
    t.match(withStanding('x', undefined), /^x\n\nDo not investigate or take risks/)
    t.notMatch(withStanding('x', 'en-GB'), /Peidiwch/)
    t.match(withStanding('x', 'cy-GB'), /Peidiwch .*\n\nDo not investigate or take risks/s)
  },
)

t.test('a relationship locks when it comes again, and a report tells of it once', async (t) => {
  const reasons = (report: string | undefined, ...messages: string[]) =>
    lockReasonsOf({ report, messages }, 10)
  t.strictSame(reasons('He told me where it is.'), [], 'a report is no addition')
  t.strictSame(reasons(undefined, 'He told me where it is.'), [])
  t.strictSame(reasons('He told me where it is.', 'She showed me the room.'), ['relationship'])
  t.strictSame(reasons(undefined, 'He told me where it is.', 'She showed me the room.'), ['relationship'])
  t.strictSame(reasons(undefined, 'Next time I see him I will ask.'), ['relationship'])
  t.strictSame(reasons("I'm 14.", ...Array.from({ length: 10 }, () => 'No.')), ['replies', 'under-18'])
})

t.test('any text is taken, and long ones in little time', async (t) => {
  const report = sampleReport({ narrative: 'a1 b2 '.repeat(1_500), language: '__proto__' })
  for (const text of [
    '',
    '\ud83d',
    'a\u0301'.repeat(2_000),
    'a1 '.repeat(1_333),
    "o'".repeat(2_000),
    '你'.repeat(4_000),
  ]) {
    const before = performance.now()
    t.doesNotThrow(() => [lintMessage(text, report), signalsIn(text)])
    // Backtracking would take hours.
    t.ok(performance.now() - before < 60_000)
  }
})
