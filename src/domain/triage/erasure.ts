import { isOneOf } from '../../auth/people.ts'
import type { Erasure, ErasureRequest, SealedErasure } from '../../schemas/erasure.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { Work } from '../envelope/work.ts'
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
export function erasures(deps: TriageDeps) {
  const { audit, clock } = deps

  async function put(act: Act, id: string, version: number, content: SealedErasure) {
    const at = clock()
    await write(act, at, { kind: 'erasure', id, version, reportId: id }, content)
    const why = content.status === 'requested' ? content.reason : undefined
    const view = await viewOf(act.query, id, { ...content, version, author: act.person.id, at })
    return { view, record: () => audit.record(act, deeds.erasure(id, content.status), why) }
  }

  /** What is to be decided. Throws `not-found` if nobody demanded anything. */
  async function begin(act: Act, id: string) {
    const report = await beginAct(act, id)
    const known = await readErasure(act, id)
    if (known === undefined) throw new Fault('not-found')
    return { report, known }
  }

  return {
    find: (person: Person, id: string): Promise<Erasure> =>
      transact(deps, person, async (act) => {
        await visibleReport(act, id)
        const known = await readErasure(act, id)
        if (known === undefined) throw new Fault('not-found')
        await audit.record(act, consulted(`report/${id}/erasure`))
        return viewOf(act.query, id, known)
      }),

    request: (
      person: Person,
      id: string,
      request: ErasureRequest,
      storeAnswer: StoreAnswer,
    ): Promise<Erasure> =>
      transact(deps, person, async (act) => {
        const report = await beginAct(act, id)
        const known = await readErasure(act, id)
        if (known !== undefined && known.status !== 'withdrawn') {
          throw refusal(
            'not-in-this-state',
            `An erasure of this report is ${known.status} already. Withdraw it first, to ask for another.`,
          )
        }
        await refuseWhatIsHeld(act, report, request)
        const version = (known?.version ?? 0) + 1
        const { view, record } = await put(act, id, version, {
          ...request,
          status: 'requested',
          requestedBy: person.id,
          requestedAt: clock().toISOString(),
        })
        await storeAnswer(act.query, view, { location: erasurePath(id), etag: `"${version}"` })
        await record()
        return view
      }),

    /** By a supervisor who did not demand it. The same again changes nothing. */
    approve: (person: Person, id: string): Promise<Erasure> =>
      transact(deps, person, async (act) => {
        const { report, known } = await begin(act, id)
        if (await isOneOf(act.query, person.id, [known.requestedBy])) throw new Fault('four-eyes')
        if (known.status === 'approved') return viewOf(act.query, id, known)
        if (known.status === 'withdrawn')
          throw refusal('not-in-this-state', 'It was withdrawn. Ask for the erasure anew.')
        await refuseWhatIsHeld(act, report, known)
        return decide(act, id, known, 'approved')
      }),

    /** By any supervisor, until the night destroys. The same again changes nothing. */
    withdraw: (person: Person, id: string): Promise<void> =>
      transact(deps, person, async (act) => {
        const { known } = await begin(act, id)
        if (known.status !== 'withdrawn') await decide(act, id, known, 'withdrawn')
      }),
  }

  async function decide(
    act: Act,
    id: string,
    { ground, reference, reason, requestedBy, requestedAt, version }: ReadErasure,
    status: 'approved' | 'withdrawn',
  ): Promise<Erasure> {
    const content = { status, ground, reference, reason, requestedBy, requestedAt }
    const { view, record } = await put(act, id, version + 1, content)
    await record()
    return view
  }
}

export type Erasures = ReturnType<typeof erasures>

export function erasurePath(id: string): string {
  return `/v1/triage/reports/${id}/erasure`
}

/** What was demanded of this report, as it stands; undefined if nothing was, or if the service did not write it. */
export async function readErasure(work: Work, id: string): Promise<ReadErasure | undefined> {
  const row = await newestCasework(work.query, id, 'erasure', id)
  const content = await read(work, row)
  return row && content && { ...content, version: row.version, author: row.author, at: row.writtenAt }
}

/** Under a legal hold or known proceedings, only a court takes away what a court may want. */
async function refuseWhatIsHeld(
  work: Work,
  report: ReportRow,
  { ground }: Pick<ErasureRequest, 'ground'>,
): Promise<void> {
  if (ground === 'court-order') return
  const { content, isLost } = await readCase(work, report)
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
