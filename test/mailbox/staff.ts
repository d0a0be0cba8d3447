import { randomUUID } from 'node:crypto'
import { type Keyring, readKeyringFile } from '../../src/crypto/keyring.ts'
import { openReport, visibleReport } from '../../src/domain/acts/openReport.ts'
import type { SealedContent } from '../../src/domain/envelope/sealedReport.ts'
import { sendStaffMessage } from '../../src/domain/mailbox/staffMessage.ts'
import { openPool, type Query } from '../../src/storage/pool.ts'
import type { Person } from '../../src/vocabulary/person.ts'

/** What staff do with a mailbox, by the storage layer: their calls come later. */
export type Staff = ReturnType<typeof staffOf>

interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

const person: Person = {
  id: randomUUID(),
  name: 'A. Person',
  role: 'supervisor',
  agency: null,
  expires: new Date(),
}

export function staffOf(test: Lifetime, service: { databaseUrl: string; keyringFile: string }) {
  const pool = openPool(service.databaseUrl, 'sotto_triage', 4)
  test.after(() => pool.close())
  const keyring: Keyring = readKeyringFile(service.keyringFile)
  const clock = () => new Date()
  const open = async (query: Query, reportId: string): Promise<SealedContent> => {
    const act = { person, query, keyring, clock }
    return openReport(act, await visibleReport(act, reportId))
  }
  return {
    keyring,
    pool,
    async reportOf(lookupId: Buffer): Promise<string> {
      const [row] = await pool.query<{ id: string }>({
        name: 'report-of',
        text: 'SELECT report_id AS id FROM listed_mailboxes WHERE lookup_id = $1',
        values: [lookupId],
      })
      return row?.id ?? ''
    },
    open: (reportId: string) => pool.transaction((query) => open(query, reportId)),
    write: (reportId: string, text: string) =>
      pool.transaction(async (query) => {
        const today = new Date().toISOString().slice(0, 10)
        const content = await open(query, reportId)
        return sendStaffMessage({ query, keyring }, content, { reportId, author: person.id, text, today })
      }),
  }
}
