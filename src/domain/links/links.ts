import { createHash } from 'node:crypto'
import { mayDo } from '../../auth/permissions.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Attestation } from '../../crypto/sign.ts'
import type { HeldElsewhere, Link, LinkDecision } from '../../schemas/links.ts'
import {
  areOfOneAgency,
  decideLink,
  findLink,
  type LinkRow,
  linksOfReport,
  visibilityOf,
} from '../../storage/links.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { LinkKind } from '../../vocabulary/linkKinds.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { combined, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { requireVersion } from '../calls/preconditions.ts'
import { isSigned, signed } from '../envelope/signing.ts'

/** Links between reports: proposed by the indexer, decided by people, shown to those who may see both. */
export function reportLinks(deps: TriageDeps) {
  const { audit } = deps

  return {
    list: (person: Person, reportId: string): Promise<(Link | HeldElsewhere)[]> =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const rows = (await linksOfReport(act.query, reportId)).map((row) => asDecided(act.keyring, row))
        const shown = await viewsOf(act, reportId, rows)
        await audit.record(act, combined(`report/${reportId}/links`))
        return shown
      }),

    /** A person decides. Only about a link of which they may see both reports. */
    decide: (
      person: Person,
      reportId: string,
      id: string,
      ifMatch: string | undefined,
      { decision, independence }: LinkDecision,
    ): Promise<Link> =>
      transact(deps, person, async (act) => {
        await beginAct(act, reportId)
        const found = await findLink(act.query, reportId, id)
        if (found === undefined) throw new Fault('not-found')
        const row = asDecided(act.keyring, found)
        const [shown] = await viewsOf(act, reportId, [row])
        if (shown === undefined || 'heldBy' in shown) throw new Fault('not-found')
        requireVersion(ifMatch, row.version)
        const decided: LinkRow = {
          ...row,
          status: decision,
          independence: independence ?? row.independence,
          version: row.version + 1,
          decidedBy: person.id,
          bySupervisor: mayDo(person.role, 'links.assure'),
        }
        await refuseOneSourceTwice(act, decided)
        const signature = signed(act.keyring, attestationOf(decided))
        await decideLink(act.query, { ...decided, signature })
        await audit.record(act, deeds.linkDecided(reportId, id, decision))
        return linkView(decided)
      }),
  }
}

export type ReportLinks = ReturnType<typeof reportLinks>

/** A link as it was decided. A decision that nobody signed was not made: the link is still a proposal. */
export function asDecided(keyring: Keyring, row: LinkRow): LinkRow {
  if (row.status === 'proposed' || isGenuine(keyring, row)) return row
  return { ...row, status: 'proposed', independence: 'unknown', decidedBy: null, bySupervisor: false }
}

/** Two submissions of one agency are not two sources, whoever of it wrote them. */
async function refuseOneSourceTwice(act: Act, decided: LinkRow): Promise<void> {
  if (decided.independence === 'unknown' || !(await areOfOneAgency(act.query, decided))) return
  throw refusal(
    'not-in-this-state',
    'One agency shared in both reports: they are not two sources. Decide with the independence unknown.',
  )
}

async function viewsOf(
  act: Act,
  reportId: string,
  rows: readonly LinkRow[],
): Promise<(Link | HeldElsewhere)[]> {
  const others = rows.map((row) => otherOf(row, reportId))
  const known = await visibilityOf(act.query, act.person.id, act.person.agency, others)
  return rows.flatMap((row) => {
    const other = known.find(({ id }) => id === otherOf(row, reportId))
    // To an agency in conflict the other report is not there: a report sent to find out must learn nothing.
    if (other === undefined || other.conflicted) return []
    if (other.visible) return linkView(row)
    const mayTell = row.status === 'confirmed' && row.bySupervisor
    return mayTell ? { id: row.id, kind: row.kind as LinkKind, heldBy: 'another-agency' as const } : []
  })
}

function otherOf({ first, second }: LinkRow, reportId: string): string {
  return first === reportId ? second : first
}

function linkView({ id, version, kind, first, second, status, independence }: LinkRow): Link {
  return { id, version, kind: kind as LinkKind, reports: [first, second], status, independence }
}

function isGenuine(keyring: Keyring, row: LinkRow): boolean {
  return row.signature !== null && isSigned(keyring, attestationOf(row), row.signature)
}

function attestationOf(row: LinkRow): Attestation {
  const { id, kind, first, second, status, independence, version, decidedBy, bySupervisor } = row
  return {
    kind: 'link',
    id,
    reportId: first,
    version,
    author: decidedBy ?? '',
    decision: `${status} ${independence} ${bySupervisor ? 'supervisor' : 'triager'}`,
    hash: createHash('sha256').update(`${kind} ${first} ${second}`).digest(),
  }
}
