import type { Log } from '../../log.ts'
import type { ReportPatch } from '../../schemas/casework.ts'
import type { Submitter } from '../../schemas/submissions.ts'
import type { OpenedReport, ReportFilters } from '../../schemas/triage.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { Paging } from '../calls/pages.ts'
import { statistics } from '../statistics/statistics.ts'
import { waitingPage } from './approvals.ts'
import { assessments } from './assessment.ts'
import { type TriageAttachments, triageAttachments } from './attachments.ts'
import { type Closures, closures } from './closures.ts'
import { consult } from './consult.ts'
import { type Erasures, erasures } from './erasure.ts'
import { history } from './history.ts'
import { sanitisedItems } from './items.ts'
import { listPage, type ReportPage } from './list.ts'
import { reporterConversation } from './messages.ts'
import { notes } from './notes.ts'
import { type PatchDeps, type Patched, patchReport } from './patch/patchReport.ts'
import { reportSearch } from './search.ts'
import { setAsidePage } from './setAside.ts'
import { openSubmitter } from './submitter.ts'

export interface Triage {
  list(person: Person, filters: ReportFilters): Promise<ReportPage>
  setAside(person: Person, paging: Paging): ReturnType<typeof setAsidePage>
  waiting(person: Person, paging: Paging): ReturnType<typeof waitingPage>
  search: ReturnType<typeof reportSearch>
  consult(person: Person, id: string, reason: string | undefined): Promise<OpenedReport>
  patch(person: Person, id: string, ifMatch: string | undefined, patch: ReportPatch): Promise<Patched>
  attachments: TriageAttachments
  assessments: ReturnType<typeof assessments>
  notes: ReturnType<typeof notes>
  items: ReturnType<typeof sanitisedItems>
  conversation: ReturnType<typeof reporterConversation>
  erasures: Erasures
  closures: Closures
  history: ReturnType<typeof history>
  /** Who shared a report in. */
  submitter(person: Person, id: string, reason: string): Promise<Submitter>
  statistics: ReturnType<typeof statistics>
}

/** What staff do with reports. */
export function createTriage(deps: PatchDeps & { log?: Log }, settings: { replyLimit: number }): Triage {
  return {
    list: (person, filters) => listPage(deps, person, filters),
    setAside: (person, paging) => setAsidePage(deps, person, paging),
    waiting: (person, paging) => waitingPage(deps, person, paging),
    search: reportSearch(deps),
    consult: (person, id, reason) => consult(deps, person, id, reason),
    patch: (person, id, ifMatch, patch) => patchReport(deps, person, id, ifMatch, patch),
    attachments: triageAttachments(deps),
    assessments: assessments(deps),
    notes: notes(deps),
    items: sanitisedItems(deps),
    conversation: reporterConversation(deps, settings),
    erasures: erasures(deps),
    closures: closures(deps),
    history: history(deps),
    submitter: (person, id, reason) => openSubmitter(deps, person, id, reason),
    statistics: statistics(deps),
  }
}
