import { looseTables } from '../../storage/durability.ts'
import { breach, type Examination } from './finding.ts'

/** Whether every table that is kept still makes its commits wait for the disk, whatever the settings say. */
export const heldTables: Examination = {
  name: 'durable-tables',
  doc: 'docs/operating.md#postgres-settings',
  async look({ pool }) {
    const tables = await looseTables(pool.query)
    if (tables.length === 0) return []
    return [
      breach(
        `commits to ${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ` and ${tables.length - 3} more` : ''} need not wait for the disk: the trigger "durable" is disabled or gone`,
        'as their owner: ALTER TABLE … ENABLE TRIGGER durable, or SELECT keep_durable() where it is gone',
      ),
    ]
  },
}
