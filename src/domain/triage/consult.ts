import { keyByKid } from '../../crypto/keyring.ts'
import type { SealedBatchKey } from '../../crypto/seal.ts'
import type { Case } from '../../schemas/casework.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import { consultReport, type WholeReport } from '../../storage/consultation.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { agenciesNow, asOpened, isUnchecked } from '../acts/settling.ts'
import { consulted } from '../audit/deeds.ts'
import { openWith } from '../envelope/open.ts'
import { organisationPairs, rawPair, refuseWithoutKey } from '../envelope/organisationKeys.ts'
import { parseReport } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import { caseView, namesAmong, newCase } from './case.ts'
import { isGenuine } from './casework.ts'
import { caseworkParsers } from './caseworkContents.ts'
import { movesOf } from './moves.ts'

/**
 * Opens one report for one person. That they read it is on record, durably, before it is answered: in the statement that reads it,
 * since officers do this all day, and in another where only its content tells whether they may see it.
 */
export async function consult(
  { pool, keyring, clock, audit, periods }: TriageDeps & { periods: Periods },
  person: Person,
  id: string,
  reason: string | undefined,
): Promise<OpenedReport> {
  const act = { person, query: pool.query, keyring, clock }
  const kids = organisationPairs(keyring).map(({ kid }) => kid)
  const viewer = { personId: person.id, agency: person.agency }
  const record = await audit.prepare(person, consulted(`report/${id}`), reason)
  const found = await consultReport(pool.query, viewer, id, kids, record)
  if (found === undefined) throw new Fault('not-found')

  const pair = pairOf(act, found.report)
  const opened = pair && (await openWith(pair, 'organisation', 'report', found.report, parseReport))
  const agencies = isUnchecked(found.report) ? await agenciesNow(pool.query) : new Set<string>()
  const row = asOpened(found.report, opened?.report, agencies)
  // Only its content says that it is restricted.
  if (row === undefined) throw new Fault('not-found')
  if (opened === undefined) await refuseWithoutKey(act, row.batchId)

  const content = (await fieldsOf(act, found.fields)) ?? newCase(row)
  const { report, proposals, source } = opened ?? { report: null, proposals: [], source: undefined }
  // All that is left to ask is asked while the record is made durable.
  const [nameOf, moves] = await Promise.all([
    namesAmong(pool.query, [row], [content], namesIn(found)),
    movesOf(act, { report: row, content }),
    found.isRecorded || audit.recordAlone(record),
  ])
  return { ...caseView(row, content, nameOf, periods), moves, proposals, report, ...(source && { source }) }
}

function namesIn({ report: { assignee }, assigneeName }: WholeReport): Map<string, string> {
  return new Map(assignee === null ? [] : [[assignee, assigneeName ?? '']])
}

/** What staff set last; undefined if nothing, or what the service did not write itself. */
async function fieldsOf(work: Work, fields: WholeReport['fields']): Promise<Case | undefined> {
  if (fields === undefined || !isGenuine(work.keyring, fields)) return undefined
  const pair = pairOf(work, fields)
  return pair && openWith(pair, 'organisation', 'casework', fields, caseworkParsers.case)
}

function pairOf({ keyring }: Work, { kid }: SealedBatchKey) {
  return rawPair(keyByKid(keyring, kid))
}
