import type { ReportPage } from '../../domain/triage/list.ts'
import { agencyName } from '../../vocabulary/agencies.ts'
import { table } from '../table.ts'
import { inWords } from './page.ts'

const headings = ['PRIORITY', 'RECEIVED', 'CATEGORY', 'LEAD AGENCY', 'STATUS', 'FLAGS']

/** The triage list as a table. A restricted report shows no more than its stub. */
export function triageList({ items }: ReportPage, nameOf: (category: string) => string): string {
  return table(
    headings,
    items.map((item) => {
      const flags = item.flags.map(inWords).join(', ')
      if (!('priority' in item)) return ['-', item.receivedOn, nameOf(item.category), '-', '-', flags]
      const { priority, receivedOn, category, leadAgency, status } = item
      return [
        priority,
        receivedOn,
        nameOf(category),
        agencyName(leadAgency) ?? leadAgency,
        inWords(status),
        flags,
      ]
    }),
  )
}
