import { randomUUID } from 'node:crypto'
import { blindToken } from '../../crypto/blindIndex.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { ConfirmedEntity, EntityDraft, EntityList, SealedEntity } from '../../schemas/entities.ts'
import { type CaseworkRow, countCasework, newestCasework } from '../../storage/casework.ts'
import { forgetThings, type IndexToken, queueForIndex } from '../../storage/links.ts'
import { namesOfPeople } from '../../storage/people.ts'
import type { Query } from '../../storage/pool.ts'
import { takeTurn } from '../../storage/turns.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { openedReport, openReport, readReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { withUnreadable } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import { read, write } from '../triage/casework.ts'
import { confirmedOf, type Entity, readConfirmed } from './confirmed.ts'
import { entitiesFoundIn } from './found.ts'
import { namesIn, namesOfEntity } from './names.ts'

const entitiesAtMost = 200

/**
 * Things that the text of a report names: found when somebody looks, and linked once somebody confirmed them. An act
 * takes what the indexer takes in the same order, queue, turn and report, or each would wait for the other.
 */
export function reportEntities(deps: TriageDeps) {
  const { audit, clock } = deps

  /** One that was confirmed and not withdrawn. */
  async function find(work: Work, reportId: string, id: string) {
    const row = await newestCasework(work.query, reportId, 'entity', id)
    const content = await read(work, row)
    if (row === undefined || content === undefined || content.withdrawn === true) throw new Fault('not-found')
    return { row, content }
  }

  return {
    list: (person: Person, reportId: string): Promise<EntityList> =>
      transact(deps, person, async (act) => {
        const { content } = await openedReport(act, reportId)
        const { confirmed, unreadable } = await readConfirmed(act, [reportId])
        const items = await viewsOf(act.query, confirmed)
        const things = items.map(({ entity }) => entity)
        const found = content === undefined ? [] : await entitiesFoundIn(content.report, things)
        await audit.record(act, consulted(`report/${reportId}/entities`))
        return { items, ...withUnreadable(unreadable), found }
      }),

    confirm: (
      person: Person,
      reportId: string,
      draft: EntityDraft,
      storeAnswer: StoreAnswer,
    ): Promise<ConfirmedEntity> =>
      transact(deps, person, async (act) => {
        await queueForIndex(act.query, reportId)
        const report = await beginAct(act, reportId)
        const { report: told } = await openReport(act, report)
        refuseWrongPlace(told, draft)
        if ((await countCasework(act.query, reportId, 'entity')) >= entitiesAtMost)
          throw refusal('limit-reached', `A report has at most ${entitiesAtMost} confirmed things.`)
        const id = randomUUID()
        const at = clock()
        await write(act, at, { kind: 'entity', id, version: 1, reportId }, draft)
        const { row, content } = await find(act, reportId, id)
        const [confirmed] = await viewsOf(act.query, [{ row, content }])
        if (confirmed === undefined) throw new Fault('not-found')
        await storeAnswer(act.query, confirmed)
        await audit.record(act, deeds.entityConfirmed(reportId, id))
        return confirmed
      }),

    /** It was not there, or is another: links that were proposed for it go, decisions stay. */
    withdraw: (person: Person, reportId: string, id: string): Promise<void> =>
      transact(deps, person, async (act) => {
        await queueForIndex(act.query, reportId)
        await takeTurn(act.query, 'links')
        const report = await beginAct(act, reportId)
        const { row, content } = await find(act, reportId, id)
        const writing = { kind: 'entity', id, version: row.version + 1, reportId } as const
        await write(act, clock(), writing, { ...content, withdrawn: true })
        const told = await readReport(act, report)
        const left = await confirmedOf(act, [reportId])
        const things = left.map(({ content: { entity } }) => entity)
        await forgetThings(act.query, reportId, onlyIn(act.keyring, content.entity, told, things))
        await audit.record(act, deeds.entityWithdrawn(reportId, id))
      }),
  }
}

export type ReportEntities = ReturnType<typeof reportEntities>

/** A place must lie in a text of the report. */
function refuseWrongPlace(report: object, { pointer, start, end }: EntityDraft): void {
  const text = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => memberOf(value, key), report)
  if (typeof text !== 'string') throw invalid('/pointer', 'pointer', 'must lead to a text of the report')
  if (end > text.length) throw invalid('/end', 'maximum', 'must not lie beyond the end of that text')
  if (start >= end) throw invalid('/start', 'maximum', 'must lie before `end`')
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}

/** Index tokens of the names of an entity that nothing else of its report names, under every index key. */
function onlyIn(
  keyring: Keyring,
  entity: Entity,
  told: SealedContent | undefined,
  confirmed: readonly Entity[],
): IndexToken[] {
  const others = told === undefined ? confirmed.flatMap(namesOfEntity) : namesIn(told.report, confirmed)
  const gone = namesOfEntity(entity).filter(
    ({ kind, value }) => !others.some((other) => other.kind === kind && other.value === value),
  )
  const secrets = keyring.keys.flatMap(({ purpose, secret }) =>
    purpose === 'index' && secret !== undefined ? [Buffer.from(secret, 'base64url')] : [],
  )
  return gone.flatMap(({ kind, value }) =>
    secrets.map((secret) => ({ kind, token: blindToken(secret, kind, value) })),
  )
}

async function viewsOf(
  query: Query,
  confirmed: readonly { row: CaseworkRow<'entity'>; content: SealedEntity }[],
): Promise<ConfirmedEntity[]> {
  const names = await namesOfPeople(
    query,
    confirmed.map(({ row }) => row.author),
  )
  return confirmed.map(({ row: { id, author, writtenAt }, content: { entity, pointer, start, end } }) => ({
    id,
    entity,
    pointer,
    start,
    end,
    by: { id: author, name: names.get(author) ?? '' },
    at: writtenAt.toISOString(),
  }))
}
