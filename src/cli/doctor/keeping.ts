import { replicationSlots, settingsNamed } from '../../storage/examination.ts'
import { type Examination, type Finding, warning } from './finding.ts'

/** Whether the day's reports outlive a disk, and whether anything keeps the write-ahead log. */
export const keeping: Examination = {
  name: 'standby',
  doc: 'docs/operating.md#backups',
  async look({ pool }) {
    const findings: Finding[] = []
    const [standbys] = await settingsNamed(pool.query, ['synchronous_standby_names'])
    if (standbys?.value === '') {
      findings.push(
        warning(
          'there is no synchronous standby: a disk that dies at noon takes the day’s reports',
          'add one, and name it in synchronous_standby_names',
        ),
      )
    }
    for (const { name } of await replicationSlots(pool.query)) {
      findings.push(
        warning(
          `the replication slot ${name} keeps the write-ahead log, and with it times`,
          `if nobody reads it: SELECT pg_drop_replication_slot('${name}')`,
        ),
      )
    }
    return findings
  },
}
