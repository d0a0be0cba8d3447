import { fallenBack } from '../../storage/examination.ts'
import { type Examination, warning } from './finding.ts'

/** Whether restricted reports are left with fewer than two people who can sign in. */
export const restricted: Examination = {
  name: 'restricted',
  doc: 'docs/triage.md#restricted-reports',
  async look({ triage }) {
    const count = triage === undefined ? 0 : await fallenBack(triage.query)
    if (count === 0) return []
    return [
      warning(
        `${count} restricted reports fell back to supervisors: whom they name has left`,
        'two supervisors name others: PATCH {"restrictedTo": […], "reason": "…"}',
      ),
    ]
  },
}
