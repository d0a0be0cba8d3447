import { isOneOf } from '../../auth/people.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Erasure, ErasureRequest, SealedErasure } from '../../schemas/erasure.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import type { Keep } from '../calls/keep.ts'
import { personNames } from '../staff/named.ts'
import { readCase } from './case.ts'
import { read, write } from './casework.ts'

/** One version of it, as its writer signed it. */
export interface ReadErasure extends SealedErasure {
  version: number
  /** Who did the latest act, and when. */
  author: string
  at: Date
}

/** Erasure that the law demands: one supervisor says so, another approves, and the coming night destroys. */
export function erasures({ pool, keyring, audit, clock }: TriageDeps) {
  async function put(query: Query, person: Person, id: string, version: number, content: SealedErasure) {
    const at = clock()
    await write(query, keyring, person, at, { kind: 'erasure', id, version, reportId: id }, content)
    const why = content.status === 'requested' ? content.reason : undefined
    const view = await viewOf(query, id, { ...content, version, author: person.id, at })
    return { view, record: () => audit.record(query, person, deeds.erasure(id, content.status), why) }
  }

  /** What is to be decided. Throws `not-there` if nobody demanded anything. */
  async function begin(query: Query, person: Person, id: string) {
    const report = await beginAct(query, keyring, person, id)
    const known = await readErasure(query, keyring, id)
    if (known === undefined) throw new Fault('not-there')
    return { report, known }
  }

  return {
    find: (person: Person, id: string): Promise<Erasure> =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, id)
        const known = await readErasure(query, keyring, id)
        if (known === undefined) throw new Fault('not-there')
        await audit.record(query, person, consulted(`report/${id}/erasure`))
        return viewOf(query, id, known)
      }),

    request: (person: Person, id: string, request: ErasureRequest, keep: Keep): Promise<Erasure> =>
      pool.transaction(async (query) => {
        const report = await beginAct(query, keyring, person, id)
        const known = await readErasure(query, keyring, id)
        if (known !== undefined && known.status !== 'withdrawn') {
          throw refusal(
            'not-in-this-state',
            `An erasure of this report is ${known.status} already. Withdraw it first, to ask for another.`,
          )
        }
        await refuseWhatIsHeld(query, keyring, report, request)
        const version = (known?.version ?? 0) + 1
        const { view, record } = await put(query, person, id, version, {
          ...request,
          status: 'requested',
          requestedBy: person.id,
          requestedAt: clock().toISOString(),
        })
        await keep(query, view, { location: erasurePath(id), etag: `"${version}"` })
        await record()
        return view
      }),

    /** By a supervisor who did not demand it. The same again changes nothing. */
    approve: (person: Person, id: string): Promise<Erasure> =>
      pool.transaction(async (query) => {
        const { report, known } = await begin(query, person, id)
        if (await isOneOf(query, person.id, [known.requestedBy])) throw new Fault('same-person')
        if (known.status === 'approved') return viewOf(query, id, known)
        if (known.status === 'withdrawn')
          throw refusal('not-in-this-state', 'It was withdrawn. Ask for the erasure anew.')
        await refuseWhatIsHeld(query, keyring, report, known)
        return decide(query, person, id, known, 'approved')
      }),

    /** By any supervisor, until the night destroys. The same again changes nothing. */
    withdraw: (person: Person, id: string): Promise<void> =>
      pool.transaction(async (query) => {
        const { known } = await begin(query, person, id)
        if (known.status !== 'withdrawn') await decide(query, person, id, known, 'withdrawn')
      }),
  }

  async function decide(
    query: Query,
    person: Person,
    id: string,
    { ground, reference, reason, requestedBy, requestedAt, version }: ReadErasure,
    status: 'approved' | 'withdrawn',
  ): Promise<Erasure> {
    const content = { status, ground, reference, reason, requestedBy, requestedAt }
    const { view, record } = await put(query, person, id, version + 1, content)
    await record()
    return view
  }
}

export type Erasures = ReturnType<typeof erasures>

export function erasurePath(id: string): string {
  return `/v1/triage/reports/${id}/erasure`
}

/** What was demanded of this report, as it stands; undefined if nothing was, or if the service did not write it. */
export async function readErasure(
  query: Query,
  keyring: Keyring,
  id: string,
): Promise<ReadErasure | undefined> {
  const row = await newestCasework(query, id, 'erasure', id)
  const content = await read(query, keyring, row)
  return row && content && { ...content, version: row.version, author: row.author, at: row.writtenAt }
}

/** Under a legal hold or known proceedings, only a court takes away what a court may want. */
async function refuseWhatIsHeld(
  query: Query,
  keyring: Keyring,
  report: ReportRow,
  { ground }: Pick<ErasureRequest, 'ground'>,
): Promise<void> {
  if (ground === 'court-order') return
  const { content, isLost } = await readCase(query, keyring, report)
  if (report.legalHold || content.proceedingsKnown || isLost) {
    throw refusal(
      'not-in-this-state',
      isLost
        ? 'Whether proceedings are known cannot be read here, so only a court order erases it.'
        : 'It is under a legal hold, or proceedings are known: only a court order erases it.',
    )
  }
}

async function viewOf(query: Query, id: string, erasure: ReadErasure): Promise<Erasure> {
  const { status, ground, reference, reason, requestedBy, requestedAt, version, author, at } = erasure
  const nameOf = await personNames(query, [requestedBy, author])
  return {
    id,
    version,
    status,
    ground,
    reference,
    reason,
    requestedBy: nameOf(requestedBy),
    requestedAt,
    ...(status === 'requested' ? {} : { decidedBy: nameOf(author), decidedAt: at.toISOString() }),
  }
}
