import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Approval, Item, ItemDraft } from '../../schemas/casework.ts'
import {
  type CaseworkRow,
  caseworkVersion,
  countCasework,
  itemsAlike,
  newestCasework,
  pageOfCasework,
} from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { decisionOf, isStillToDecide } from '../calls/approval.ts'
import type { Keep } from '../calls/keep.ts'
import { type Paging, pageOf } from '../calls/pages.ts'
import { requireVersion } from '../calls/preconditions.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { everyOne, likenessOf } from './authorship.ts'
import { caseworkPage, read, write } from './casework.ts'

const itemsAtMost = 200

/** An item with the ids of people: names are for answers. */
export type StoredItem = Unnamed<Item, 'author' | 'authors' | 'decidedBy'>

type MadeDecision = Approval & { by: string }

/** Sanitised items: what may leave triage, once a supervisor who did not write it has approved it. */
export function sanitisedItems(deps: TriageDeps) {
  const { pool, keyring, audit, clock } = deps

  async function find(query: Query, reportId: string, id: string): Promise<StoredItem> {
    const item = await itemOf(query, keyring, reportId, id)
    if (item === undefined) throw new Fault('not-there')
    return item
  }

  async function shown(query: Query, reportId: string, id: string): Promise<Item> {
    const [item] = await named(query, [await find(query, reportId, id)])
    if (item === undefined) throw new Fault('not-there')
    return item
  }

  /** Writes a version. `before` are the authors of those before it. */
  async function put(
    query: Query,
    person: Person,
    report: SealedReportRow,
    { id, version }: { id: string; version: number },
    draft: ItemDraft,
    before: readonly string[],
  ): Promise<void> {
    const likeness = await likenessOf(query, keyring, report, draft.text)
    const authors = everyOne(
      [person.id],
      before,
      await authorsOfOrigin(query, keyring, report.id, draft),
      likeness === undefined ? [] : await authorsOfLike(query, keyring, report.id, likeness),
    )
    const writing = { kind: 'item', id, version, reportId: report.id } as const
    await write(query, keyring, person, clock(), writing, { ...draft, authors }, likeness)
  }

  return {
    create: (person: Person, reportId: string, draft: ItemDraft, keep: Keep): Promise<Item> =>
      pool.transaction(async (query) => {
        const report = await beginAct(query, keyring, person, reportId)
        refuseLooseConditions(draft)
        if ((await countCasework(query, reportId, 'item')) >= itemsAtMost)
          throw refusal('full', `A report has at most ${itemsAtMost} items.`)
        const id = randomUUID()
        await put(query, person, report, { id, version: 1 }, draft, [])
        const item = await shown(query, reportId, id)
        await keep(query, item, { location: itemPath(reportId, id), etag: '"1"' })
        await audit.record(query, person, deeds.itemChanged(reportId, id))
        return item
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const page = await caseworkPage(query, keyring, reportId, 'item', paging)
        const items: StoredItem[] = []
        for (const row of page.rows) {
          const item = await view(query, keyring, row)
          if (item !== undefined) items.push(item)
        }
        await audit.record(query, person, consulted(`report/${reportId}/items`))
        return pageOf(await named(query, items), page)
      }),

    get: (person: Person, reportId: string, id: string): Promise<Item> =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const item = await shown(query, reportId, id)
        await audit.record(query, person, consulted(`report/${reportId}/item/${id}`))
        return item
      }),

    /** A new version, which needs an approval of its own. */
    edit: (
      person: Person,
      reportId: string,
      id: string,
      ifMatch: string | undefined,
      draft: ItemDraft,
    ): Promise<Item> =>
      pool.transaction(async (query) => {
        refuseLooseConditions(draft)
        const report = await beginAct(query, keyring, person, reportId)
        const { version, authors } = await find(query, reportId, id)
        requireVersion(ifMatch, version)
        await put(query, person, report, { id, version: version + 1 }, draft, authors)
        const item = await shown(query, reportId, id)
        await audit.record(query, person, deeds.itemChanged(reportId, id))
        return item
      }),

    /** Approves or refuses the version that was read. Never by whoever counts as an author of it. */
    decide: (
      person: Person,
      reportId: string,
      id: string,
      ifMatch: string | undefined,
      approval: Approval,
    ): Promise<Item> =>
      pool.transaction(async (query) => {
        const wanted = decisionOf(approval)
        await beginAct(query, keyring, person, reportId)
        const item = await find(query, reportId, id)
        requireVersion(ifMatch, item.version)
        if (
          !(await isStillToDecide(
            query,
            person,
            item,
            wanted,
            'Change it: each new version is decided anew.',
          ))
        )
          return shown(query, reportId, id)
        const writing = { kind: 'item-decision', id, version: item.version, reportId } as const
        await write(query, keyring, person, clock(), writing, approval)
        await audit.record(query, person, deeds.itemDecided(reportId, id, wanted), approval.reason)
        return shown(query, reportId, id)
      }),
  }
}

function named(query: Query, items: readonly StoredItem[]): Promise<Item[]> {
  return withNames<Item, 'author' | 'authors' | 'decidedBy'>(query, items, ['author', 'authors', 'decidedBy'])
}

export type SanitisedItems = ReturnType<typeof sanitisedItems>

export function itemPath(reportId: string, id: string): string {
  return `/v1/triage/reports/${reportId}/items/${id}`
}

/** One item of a report in its newest version; undefined if there is none, or none that is genuine. */
export async function itemOf(
  query: Query,
  keyring: Keyring,
  reportId: string,
  id: string,
): Promise<StoredItem | undefined> {
  return view(query, keyring, await newestCasework(query, reportId, 'item', id))
}

/** Whether at least one item stands approved in its newest version. */
export async function hasApprovedItem(query: Query, keyring: Keyring, reportId: string): Promise<boolean> {
  return (await approvedItems(query, keyring, reportId)).length > 0
}

/** The grades of a report's approved items, such as 2D-C: source, intelligence, handling. */
export async function gradesOf(query: Query, keyring: Keyring, reportId: string): Promise<string[]> {
  const items = await approvedItems(query, keyring, reportId)
  return items.map(({ grade: { source, intelligence, handling } }) => `${source}${intelligence}-${handling}`)
}

async function approvedItems(query: Query, keyring: Keyring, reportId: string): Promise<StoredItem[]> {
  const items: StoredItem[] = []
  for (const row of await pageOfCasework(query, reportId, 'item', itemsAtMost, undefined)) {
    const item = await view(query, keyring, row)
    if (item?.status === 'approved') items.push(item)
  }
  return items
}

/** An item in this version, with the decision on it; undefined if it is not genuine. A forged decision decides nothing. */
async function view(
  query: Query,
  keyring: Keyring,
  row: CaseworkRow<'item'> | undefined,
): Promise<StoredItem | undefined> {
  const content = await read(query, keyring, row)
  if (row === undefined || content === undefined) return undefined
  const { authors: written = [], ...draft } = content
  const authors = everyOne([row.author], written)
  const decision = await decisionOn(query, keyring, row, authors)
  return {
    id: row.id,
    version: row.version,
    status: decision === undefined ? 'draft' : decision.approved ? 'approved' : 'refused',
    author: row.author,
    authors,
    at: row.writtenAt.toISOString(),
    decidedBy: decision?.by ?? null,
    refusal: decision !== undefined && !decision.approved ? (decision.reason ?? null) : null,
    ...draft,
  }
}

async function decisionOn(
  query: Query,
  keyring: Keyring,
  item: CaseworkRow<'item'>,
  authors: readonly string[],
): Promise<MadeDecision | undefined> {
  const row = await caseworkVersion(query, item.reportId, 'item-decision', item.id, item.version)
  const approval = await read(query, keyring, row)
  if (row === undefined || approval === undefined || authors.includes(row.author)) return undefined
  return { ...approval, by: row.author }
}

async function authorsOfOrigin(
  query: Query,
  keyring: Keyring,
  reportId: string,
  { origin }: ItemDraft,
): Promise<string[]> {
  if (origin === undefined) return []
  const item = await itemOf(query, keyring, reportId, origin)
  if (item === undefined) throw invalid('/origin', 'unknown-item', 'must be an item of this report')
  return item.authors
}

/** The authors of every version in the report that says this: who copies a text does not become its author. */
export async function authorsOfText(
  query: Query,
  keyring: Keyring,
  report: SealedReportRow,
  text: string,
): Promise<string[]> {
  const likeness = await likenessOf(query, keyring, report, text)
  return likeness === undefined ? [] : authorsOfLike(query, keyring, report.id, likeness)
}

async function authorsOfLike(
  query: Query,
  keyring: Keyring,
  reportId: string,
  likeness: Buffer,
): Promise<string[]> {
  const authors: string[][] = []
  for (const row of await itemsAlike(query, reportId, likeness)) {
    const content = await read(query, keyring, row)
    if (content !== undefined) authors.push([row.author, ...(content.authors ?? [])])
  }
  return everyOne(...authors)
}

/** Conditions go with handling C, each with what it needs. */
function refuseLooseConditions({ grade }: ItemDraft): void {
  const { handling, conditions = [] } = grade
  if (handling === 'P' && conditions.length > 0) {
    throw invalid('/grade/conditions', 'only-with-c', 'must be left out with handling P')
  }
  conditions.forEach(({ kind, agencies, on }, index) => {
    if (kind === 'permitted-recipients' && agencies === undefined) {
      throw invalid(`/grade/conditions/${index}/agencies`, 'required', 'must be present')
    }
    if (kind === 'expiry' && on === undefined) {
      throw invalid(`/grade/conditions/${index}/on`, 'required', 'must be present')
    }
  })
}
