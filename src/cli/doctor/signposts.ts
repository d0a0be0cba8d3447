import { signpostsIn } from '../../start/signpostsFile.ts'
import { addDays, dayOf } from '../../vocabulary/calendar.ts'
import { type Examination, warning } from './finding.ts'

/** Days after which somebody should ring the numbers again. */
const checkedFor = 365

/** Whether the numbers that people in need are given were looked at within a year. */
export const signposts: Examination = {
  name: 'signposts',
  doc: 'docs/operating.md#environment',
  async look({ config, now }) {
    const since = addDays(dayOf(now), -checkedFor)
    return signpostsIn(config.signpostsFile)
      .filter(({ phone, url, checkedOn }) => (phone !== null || url !== null) && checkedOn < since)
      .map(({ code, checkedOn }) =>
        warning(
          `the signpost ${code} was last checked on ${checkedOn}`,
          'ring it, and set checkedOn in SIGNPOSTS_FILE',
        ),
      )
  },
}
