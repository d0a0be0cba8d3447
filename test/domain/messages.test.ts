import t from 'tap'
import { lintMessage } from '../../src/domain/messages/lint.ts'
import { signalsIn } from '../../src/domain/messages/signals.ts'
import { sampleReport } from '../support/reports.ts'
import {
  type Labelled,
  repeats,
  repeatsHeldOut,
  reports,
  signs,
  signsHeldOut,
  tasking,
  taskingHeldOut,
} from './messages/labelled.ts'

const codesOfMessage = ({ about, text }: Labelled) =>
  lintMessage(text, reports[about] ?? sampleReport({ narrative: 'x'.repeat(20) })).map(({ code }) => code)
const codesOfSigns = ({ text }: Labelled) => signalsIn(text).map(({ code }) => code)

const sets = [
  { name: 'tasking', rows: tasking, codesOf: codesOfMessage },
  { name: 'tasking held out', rows: taskingHeldOut, codesOf: codesOfMessage },
  { name: 'signs', rows: signs, codesOf: codesOfSigns },
  { name: 'signs held out', rows: signsHeldOut, codesOf: codesOfSigns },
  { name: 'repeats', rows: repeats, codesOf: codesOfMessage },
  { name: 'repeats held out', rows: repeatsHeldOut, codesOf: codesOfMessage },
]
for (const { name, rows, codesOf } of sets) {
  const flagged = rows.filter((row) => codesOf(row).length > 0)
  const telling = rows.filter((row) => row.required.length > 0)
  const right = flagged.filter((row) => row.required.length > 0)
  const exact = telling.filter((row) =>
    row.required.every((code) => codesOf(row).some((one) => one === code)),
  )
  t.comment(
    `${name}: ${telling.length}/${rows.length - telling.length} recall ${(right.length / telling.length).toFixed(2)} precision ${(right.length / flagged.length).toFixed(2)} exact ${(exact.length / telling.length).toFixed(2)}`,
  )
  if (!name.includes('held') || process.env['SHOW']) {
    for (const row of rows) {
      const codes = codesOf(row)
      const ok =
        row.required.length === 0
          ? codes.length === 0
          : row.required.every((code) => codes.some((one) => one === code))
      if (!ok) t.comment(`  ${name} | ${row.required} | ${codes} | ${row.text}`)
    }
  }
}
