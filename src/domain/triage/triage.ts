import type { Person } from '../../auth/person.ts'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import type { OpenedReport, ReportFilters } from '../../schemas/triage.ts'
import type { Pool } from '../../storage/pool.ts'
import type { AuditTrail } from '../staff/audit.ts'
import { type TriageAttachments, triageAttachments } from './attachments.ts'
import { consult } from './consult.ts'
import { listPage, type Page } from './list.ts'

export interface TriageDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
}

export interface Triage {
  list(person: Person, filters: ReportFilters): Promise<Page>
  consult(person: Person, id: string, reason: string | undefined): Promise<OpenedReport>
  attachments: TriageAttachments
}

/** What staff do with reports. */
export function createTriage({ pool, keyring, audit }: TriageDeps): Triage {
  const cursorSecret = Buffer.from(activeKey(keyring, 'cursor').secret ?? '', 'base64url')
  return {
    list: (person, filters) => listPage(pool, cursorSecret, person, filters),
    consult: (person, id, reason) => consult(pool, keyring, audit, person, id, reason),
    attachments: triageAttachments({ pool, keyring, audit }),
  }
}
