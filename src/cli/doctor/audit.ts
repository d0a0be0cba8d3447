import { lastRecordAt } from '../../storage/examination.ts'
import { type Examination, warning } from './finding.ts'

const day = 86_400_000
const agedAfter = 2

/** Whether the trail goes on: each night leaves at least one record, of what was collected. */
export const audit: Examination = {
  name: 'audit-head',
  doc: 'docs/audit.md#the-head',
  async look({ triage, now }) {
    if (triage === undefined) return []
    const at = await lastRecordAt(triage.query)
    const age = at === undefined ? 0 : Math.floor((now.getTime() - at.getTime()) / day)
    if (age <= agedAfter) return []
    return [
      warning(
        `the head of the audit trail is ${age} days old`,
        '`sotto audit verify --against` a head that you kept elsewhere; does triage run at night?',
      ),
    ]
  },
}
