import { canonicalJson } from '../../crypto/chain.ts'
import type { AuditFilters, AuditHead, AuditPage, AuditRecord } from '../../schemas/audit.ts'
import { type AuditPosition, findInTrail } from '../../storage/auditSearch.ts'
import { endOfTrail, reasonIn, type StoredRecord } from '../../storage/auditTrail.ts'
import { invalid } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { transact } from '../calls/act.ts'
import { keysetPage, pageOf } from '../calls/pages.ts'
import type { Work } from '../envelope/work.ts'
import { reasonHash } from './chainedRecord.ts'
import { administered } from './deeds.ts'
import { headAt, signHead } from './head.ts'
import { matchesIn } from './mayHaveMet.ts'
import { openReason } from './reasons.ts'
import { type ReadingDeps, restrictedList } from './restricted.ts'

export type AuditReading = ReturnType<typeof auditReading>

/** What auditors do: read who did what, which is itself recorded, and take the trail's signed head. */
export function auditReading(deps: ReadingDeps) {
  const { pool, keyring, audit } = deps
  return {
    /** One page. Its own record is not on it. */
    list: (person: Person, { limit, cursor, order = 'desc', ...filters }: AuditFilters): Promise<AuditPage> =>
      transact(deps, person, async (act) => {
        const wanted = { ...filters, from: instant('from', filters.from), to: instant('to', filters.to) }
        const page = await keysetPage(
          act.keyring,
          `audit ${canonicalJson({ ...filters, order })}`,
          { limit, cursor },
          (most, position: AuditPosition | undefined) =>
            findInTrail(act.query, wanted, order, most, position),
          ({ seq, at }) => ({ seq: Number(seq), at: at.toISOString() }),
        )
        const items: AuditRecord[] = []
        for (const row of page.rows) items.push(await shown(act, row))
        await audit.record(act, administered(targetOf(filters)))
        return pageOf(items, page)
      }),

    /** Which reports are restricted. */
    restricted: restrictedList(deps),

    /** Where the trail ends now. It shows no record, so that taking it is no act. */
    head: async (): Promise<AuditHead> => signHead(keyring, headAt(await endOfTrail(pool.query))),
  }
}

/** The trail, and by what it was searched. */
function targetOf(filters: Omit<AuditFilters, 'limit' | 'cursor' | 'order'>): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) {
    for (const one of [value].flat()) asked.append(name, String(one))
  }
  return ['audit/trail', asked.toString()].filter(Boolean).join('/')
}

async function shown(work: Work, row: StoredRecord): Promise<AuditRecord> {
  const { seq, at, actor, role, action, target, recipients, hash } = row
  const sealed = reasonIn(row)
  const words = sealed && (await openReason(work, sealed, at))
  const mayHaveMet = words === undefined ? undefined : matchesIn(target, words)
  const reason = mayHaveMet === undefined ? words : undefined
  return {
    seq: Number(seq),
    at: at.toISOString(),
    actor,
    role,
    action,
    target,
    ...(reason === undefined ? {} : { reason }),
    ...(sealed === undefined ? {} : { reasonHash: reasonHash(sealed).toString('hex') }),
    ...(mayHaveMet === undefined ? {} : { mayHaveMet }),
    ...(recipients.length === 0 ? {} : { recipients }),
    hash: hash.toString('hex'),
  }
}

/** The first or last millisecond that is meant: of a day, or of a time, in UTC where it has no offset. */
function instant(name: 'from' | 'to', text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const ofDay = name === 'from' ? 'T00:00:00.000Z' : 'T23:59:59.999Z'
  const withTime = text.includes('T') ? text : `${text}${ofDay}`
  const date = new Date(/(Z|[+-]\d\d:\d\d)$/.test(withTime) ? withTime : `${withTime}Z`)
  if (Number.isNaN(date.getTime()))
    throw invalid(`/${name}`, 'bad-time', 'must be a day or a time that exists')
  return date
}
