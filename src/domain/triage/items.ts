import { randomUUID } from 'node:crypto'
import { oneByOne } from '../../concurrency/yieldToEventLoop.ts'
import type { Approval, Item, ItemDraft } from '../../schemas/casework.ts'
import {
  type CaseworkRow,
  caseworkVersion,
  countCasework,
  itemsAlike,
  newestCasework,
  pageOfCasework,
} from '../../storage/casework.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { decisionOf, isStillToDecide } from '../calls/approval.ts'
import { openedPageOf, type Paging } from '../calls/pages.ts'
import { requireVersion } from '../calls/preconditions.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { Work } from '../envelope/work.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { everyOne, likenessOf, sameWords } from './authorship.ts'
import { caseworkPage, read, write } from './casework.ts'
import { recordComparison, refuseToApproveNaming, submitterLint } from './submitter.ts'

const itemsAtMost = 200

/** An item with the ids of people: names are for answers. */
export type StoredItem = Unnamed<Omit<Item, 'warnings'>, 'author' | 'authors' | 'decidedBy'>

type MadeDecision = Approval & { by: string }

/** Sanitised items: what may leave triage, once a supervisor who did not write it has approved it. */
export function sanitisedItems(deps: TriageDeps) {
  const { audit, clock } = deps

  async function find(work: Work, reportId: string, id: string): Promise<StoredItem> {
    const item = await itemOf(work, reportId, id)
    if (item === undefined) throw new Fault('not-found')
    return item
  }

  async function shown(work: Work, reportId: string, id: string): Promise<Item> {
    const [item] = await shownItems(work, reportId, [await find(work, reportId, id)])
    if (item === undefined) throw new Fault('not-found')
    return item
  }

  /** Writes a version. `before` are the authors of those before it. */
  async function put(
    act: Act,
    report: SealedReportRow,
    { id, version }: { id: string; version: number },
    draft: ItemDraft,
    before: readonly string[],
  ): Promise<void> {
    const likeness = await likenessOf(act, report, draft.text)
    const alike: string[][] = []
    for (const text of [draft.text, ...besideText(draft)]) alike.push(await authorsOfText(act, report, text))
    const origins = await authorsOfOrigin(act, report.id, draft)
    const authors = everyOne([act.person.id], before, origins, ...alike)
    const writing = { kind: 'item', id, version, reportId: report.id } as const
    await write(act, clock(), writing, { ...draft, authors }, likeness)
  }

  return {
    create: (person: Person, reportId: string, draft: ItemDraft, storeAnswer: StoreAnswer): Promise<Item> =>
      transact(deps, person, async (act) => {
        const report = await beginAct(act, reportId)
        refuseLooseConditions(draft)
        if ((await countCasework(act.query, reportId, 'item')) >= itemsAtMost)
          throw refusal('limit-reached', `A report has at most ${itemsAtMost} items.`)
        const id = randomUUID()
        await put(act, report, { id, version: 1 }, draft, [])
        const item = await shown(act, reportId, id)
        await storeAnswer(act.query, item, { location: itemPath(reportId, id), etag: '"1"' })
        await recordComparison(deps, act, report)
        await audit.record(act, deeds.itemChanged(reportId, id))
        return item
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const page = await caseworkPage(act, reportId, 'item', paging)
        const items: StoredItem[] = []
        for (const row of page.rows) {
          const item = await view(act, row)
          if (item !== undefined) items.push(item)
        }
        await audit.record(act, consulted(`report/${reportId}/items`))
        return openedPageOf(await shownItems(act, reportId, items), page)
      }),

    get: (person: Person, reportId: string, id: string): Promise<Item> =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const item = await shown(act, reportId, id)
        await audit.record(act, consulted(`report/${reportId}/item/${id}`))
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
      transact(deps, person, async (act) => {
        refuseLooseConditions(draft)
        const report = await beginAct(act, reportId)
        const { version, authors } = await find(act, reportId, id)
        requireVersion(ifMatch, version)
        await put(act, report, { id, version: version + 1 }, draft, authors)
        const item = await shown(act, reportId, id)
        await recordComparison(deps, act, report)
        await audit.record(act, deeds.itemChanged(reportId, id))
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
      transact(deps, person, async (act) => {
        const wanted = decisionOf(approval)
        const report = await beginAct(act, reportId)
        const item = await find(act, reportId, id)
        requireVersion(ifMatch, item.version)
        if (!(await isStillToDecide(act, item, wanted, 'Change it: each new version is decided anew.')))
          return shown(act, reportId, id)
        if (wanted === 'approved') await refuseToApproveNaming(act, report, item, approval.reason)
        const writing = { kind: 'item-decision', id, version: item.version, reportId } as const
        await write(act, clock(), writing, approval)
        await audit.record(act, deeds.itemDecided(reportId, id, wanted), approval.reason)
        return shown(act, reportId, id)
      }),
  }
}

/** As they are answered: people by name, and where an item gives away who submitted what it is of. */
async function shownItems(work: Work, reportId: string, items: readonly StoredItem[]): Promise<Item[]> {
  const warningsOf = await submitterLint(work, reportId)
  const named = await withNames<Item, 'author' | 'authors' | 'decidedBy'>(work.query, items, [
    'author',
    'authors',
    'decidedBy',
  ])
  return oneByOne(named, async (item) => ({ ...item, ...warningsOf(item) }))
}

export type SanitisedItems = ReturnType<typeof sanitisedItems>

export function itemPath(reportId: string, id: string): string {
  return `/v1/triage/reports/${reportId}/items/${id}`
}

/** One item of a report in its newest version; undefined if there is none, or none that is genuine. */
export async function itemOf(work: Work, reportId: string, id: string): Promise<StoredItem | undefined> {
  return view(work, await newestCasework(work.query, reportId, 'item', id))
}

/** Whether at least one item stands approved in its newest version. */
export async function hasApprovedItem(work: Work, reportId: string): Promise<boolean> {
  return (await approvedItems(work, reportId)).length > 0
}

/** The grades of a report's approved items, such as 2D-C: source, intelligence, handling. */
export async function gradesOf(work: Work, reportId: string): Promise<string[]> {
  const items = await approvedItems(work, reportId)
  return items.map(({ grade: { source, intelligence, handling } }) => `${source}${intelligence}-${handling}`)
}

async function approvedItems(work: Work, reportId: string): Promise<StoredItem[]> {
  const items: StoredItem[] = []
  for (const row of await pageOfCasework(work.query, reportId, 'item', itemsAtMost, undefined)) {
    const item = await view(work, row)
    if (item?.status === 'approved') items.push(item)
  }
  return items
}

/** An item in this version, with the decision on it; undefined if it is not genuine. A forged decision decides nothing. */
async function view(work: Work, row: CaseworkRow<'item'> | undefined): Promise<StoredItem | undefined> {
  const content = await read(work, row)
  if (row === undefined || content === undefined) return undefined
  const { authors: written = [], ...draft } = content
  const authors = everyOne([row.author], written)
  const decision = await decisionOn(work, row, authors)
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
  work: Work,
  item: CaseworkRow<'item'>,
  authors: readonly string[],
): Promise<MadeDecision | undefined> {
  const row = await caseworkVersion(work.query, item.reportId, 'item-decision', item.id, item.version)
  const approval = await read(work, row)
  if (row === undefined || approval === undefined || authors.includes(row.author)) return undefined
  return { ...approval, by: row.author }
}

async function authorsOfOrigin(work: Work, reportId: string, { origin }: ItemDraft): Promise<string[]> {
  if (origin === undefined) return []
  const item = await itemOf(work, reportId, origin)
  if (item === undefined) throw invalid('/origin', 'unknown-item', 'must be an item of this report')
  return item.authors
}

/** Letters from which on words stand for somebody's text, wherever else they are put; fewer are a name for a thing. */
const longEnough = 20

/** What else of an item goes out in words. */
function besideText({ title, grade }: ItemDraft): string[] {
  const conditions = (grade.conditions ?? []).flatMap(({ text }) => text ?? [])
  return [title, ...conditions].filter((text) => sameWords(text).length >= longEnough)
}

/** The authors of every version in the report that says this: who copies a text does not become its author. */
export async function authorsOfText(work: Work, report: SealedReportRow, text: string): Promise<string[]> {
  const likeness = await likenessOf(work, report, text)
  return likeness === undefined ? [] : authorsOfLike(work, report.id, likeness)
}

async function authorsOfLike(work: Work, reportId: string, likeness: Buffer): Promise<string[]> {
  const authors: string[][] = []
  for (const row of await itemsAlike(work.query, reportId, likeness)) {
    const content = await read(work, row)
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
