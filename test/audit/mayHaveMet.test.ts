import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { verifyTrail } from '../../src/domain/audit/verify.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { proposeRouting } from '../../src/domain/routing/routing.ts'
import { rematchSearches } from '../../src/domain/search/rematch.ts'
import type { AuditRecord } from '../../src/schemas/audit.ts'
import { openPool } from '../../src/storage/pool.ts'
import { addDays, dayOf } from '../../src/vocabulary/calendar.ts'
import { run } from '../cli/run.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

t.setTimeout(400_000)
let now = new Date('2026-05-04T08:00:00Z')
const clock = () => now
const service = await startTestService(t, { clock })
const keyring = readKeyringFile(service.keyringFile)
const pool = openPool(service.databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())
const audit = auditTrail(pool, keyring, clock)
/** Somebody new: a token lasts a day, and here days pass. */
async function somebody(role: 'triager' | 'supervisor' | 'auditor'): Promise<Caller> {
  return callerWith(service, await service.token(role))
}

interface Page {
  items: { id: string }[]
  nextCursor?: string
}
const search = async (caller: Caller, q: string, more: object = {}) =>
  (await caller.call<Page>('POST', '/v1/triage/reports/search', { body: { q, ...more } })).body

/** The trail after a record, the earliest first, page by page. */
async function trailAfter(seq: number): Promise<AuditRecord[]> {
  const auditor = await somebody('auditor')
  const records: AuditRecord[] = []
  let cursor = ''
  do {
    const path = `/v1/triage/audit?order=asc&limit=200&after=${seq}${cursor}`
    const { body } = await auditor.call<{ items: AuditRecord[]; nextCursor?: string }>('GET', path)
    records.push(...body.items)
    cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  return records
}
const endOfTrail = async () => (await trailAfter(0)).at(-1)?.seq ?? 0
const wordsOf = ({ reason }: AuditRecord) => JSON.parse(reason ?? '{}') as Record<string, unknown>

/** The night after: the box is mixed, and what was looked for is matched again. */
async function nextMorning(): Promise<void> {
  now = new Date(`${addDays(dayOf(now), 1)}T00:20:00Z`)
  await mixBox({ pool, keyring, clock, interval: 0 })
  await rematchSearches({ pool, keyring, audit }, dayOf(now))
  now = new Date(now.getTime() + 8 * 3_600_000)
}

t.test('two searches around an arrival leave the same record, and both may have met it', async (t) => {
  const tam = await somebody('triager')
  const seq = await endOfTrail()
  const old = await reportFor(service, tam, { narrative: 'A fictional saxophone was stolen from a van.' })
  await nextMorning()
  const bea = await somebody('triager')
  const before = await search(bea, 'saxophone')
  t.same(
    before.items.map(({ id }) => id),
    [old],
  )
  const came = await reportFor(service, bea, { narrative: 'Another saxophone, as fictional as the first.' })
  await reportFor(service, bea, { narrative: 'A trombone that is fictional, too, and no saxo.' })
  t.equal((await search(bea, 'saxophone')).items.length, 2)

  const searches = (await trailAfter(seq)).filter(({ target }) => target === 'search')
  t.equal(searches.length, 2)
  const [one, other] = searches as [AuditRecord, AuditRecord]
  t.same(wordsOf(one), { q: 'saxophone', filters: { sort: 'priority' }, found: [old] })
  t.same(wordsOf(other), wordsOf(one), 'nothing tells that something came between them')

  await nextMorning()
  const added = (await trailAfter(other.seq)).filter(({ mayHaveMet }) => mayHaveMet !== undefined)
  t.match(added, [
    {
      actor: one.actor,
      role: 'triager',
      action: 'consultation',
      target: `search/${one.seq}/may-have-met`,
      mayHaveMet: [came],
    },
    {
      actor: one.actor,
      role: 'triager',
      action: 'consultation',
      target: `search/${other.seq}/may-have-met`,
      mayHaveMet: [came],
    },
  ])
  t.ok(added.every(({ reason, reasonHash }) => reason === undefined && reasonHash !== undefined))
  const auditor = await somebody('auditor')
  const { body } = await auditor.call<{ items: AuditRecord[] }>(
    'GET',
    `/v1/triage/audit?target=search/${one.seq}`,
  )
  t.same(
    body.items.map(({ seq }) => seq),
    [added[0]?.seq],
    'it is found by its target',
  )
  t.notOk((await verifyTrail(pool)).broken)
})

t.test('what lies in the box pushes nothing off the record, page by page', async (t) => {
  for (let i = 0; i < 7; i += 1)
    await report(service, { narrative: `Heap ${i} of fictional rubble by the kiln.` })
  await nextMorning()
  const pagesOf = async (caller: Caller, pages: number, limit: number) => {
    const seq = await endOfTrail()
    const shown: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < pages; page += 1) {
      const body: Page = await search(caller, 'kiln rubble', { limit, ...(cursor ? { cursor } : {}) })
      shown.push(...body.items.map(({ id }) => id))
      cursor = body.nextCursor
      if (cursor === undefined) break
    }
    const records = (await trailAfter(seq)).filter(({ target }) => target === 'search').map(wordsOf)
    return { shown, found: records.map(({ found }) => found as string[]) }
  }
  const bea = await somebody('triager')
  const without = await pagesOf(bea, 3, 2)
  t.equal(without.shown.length, 6)
  for (let i = 0; i < 3; i += 1) {
    await report(service, { narrative: `Heap in the box ${i} of fictional rubble by the kiln.` })
    const withBox = await pagesOf(bea, 3, 2)
    t.same(withBox.found, without.found, `with ${i + 1} in the box`)
    const all = await pagesOf(bea, 20, 2)
    const kept = new Set(all.shown.filter((id) => without.shown.includes(id)))
    t.equal(kept.size, 6, 'whatever is shown')
    t.ok(
      [...kept].every((id) => all.found.flat().includes(id)),
      'is on record',
    )
    t.equal(all.found.flat().length, new Set(all.found.flat()).size, 'once')
  }
})

t.test(
  'filters, words and rights decide, as a report was listed in the box, whatever hour it came',
  async (t) => {
    const sade = await somebody('supervisor')
    const seq = await endOfTrail()
    const ask = (more: object = {}, q = 'zither') => search(sade, q, more)
    await ask()
    await ask({ status: ['received'] })
    await ask({ status: ['screening', 'closed'] })
    await ask({ category: ['cybercrime'] })
    await ask({ category: ['cybercrime', 'other-serious-crime'], assignee: ['none'] })
    await ask({ receivedTo: '2026-05-01' })
    await ask({ receivedFrom: '2026-05-01' })
    await ask({ priority: ['high'] })
    await ask({}, 'harpsichord')
    await ask({ agency: [proposeRouting(sampleReport(), new Set()).leadAgency] })
    await ask({ agency: ['housing'] })
    await ask({ origin: ['public', 'partner'] })
    await ask({ origin: ['partner'] })
    await ask({ originAgency: ['licensing'] })
    await ask({ pending: true })
    await ask({ pending: false })
    await ask({ sort: 'received' })
    const narrative = 'A fictional zither was heard all night long.'
    const late = await reportFor(service, sade, { narrative })
    const admitted = await reportFor(service, sade, { narrative })
    await report(service, { narrative, subcategories: ['corruption'] })
    await sade.call('PATCH', `/v1/triage/reports/${admitted}`, { version: 1, body: { status: 'screening' } })
    await nextMorning()
    const records = await trailAfter(seq)
    const searches = records.filter(({ target }) => target === 'search')
    const met = searches.map(
      ({ seq }) => records.find(({ target }) => target === `search/${seq}/may-have-met`)?.mayHaveMet,
    )
    const both = [late, admitted].sort()
    const byPlace = [both, both, undefined, undefined, both, undefined, both, undefined, undefined]
    const byAgency = [both, undefined]
    const byOrigin = [both, undefined, undefined]
    t.same(met, [...byPlace, ...byAgency, ...byOrigin, undefined, both, both])
  },
)

t.test('an export is matched too, and says how many it held to its reader alone', async (t) => {
  const sade = await somebody('supervisor')
  const seq = await endOfTrail()
  await sade.call('GET', '/v1/triage/export?category=cybercrime')
  const came = await reportFor(service, sade, { category: 'cybercrime' })
  await nextMorning()
  const records = (await trailAfter(seq)).filter(({ target }) => target.startsWith('export/'))
  const [begin, end, added] = records as [AuditRecord, AuditRecord, AuditRecord]
  const id = begin.target.split('/')[1]
  t.same(wordsOf(begin), { filters: { category: ['cybercrime'] }, format: 'ndjson' })
  t.match(end.target, `export/${id}/end/whole`)
  t.equal(end.reason, undefined)
  t.match(added, { target: `export/${id}/${begin.seq}/may-have-met`, mayHaveMet: [came] })
})

t.test('cut short again and again, and by several at once, each search is matched once', async (t) => {
  const sade = await somebody('supervisor')
  const seq = await endOfTrail()
  for (let i = 0; i < 25; i += 1) await search(sade, i % 5 === 4 ? 'nothing-of-it' : 'glockenspiel')
  const came = await reportFor(service, sade, { narrative: 'A glockenspiel, fictional as ever, at three.' })
  now = new Date(`${addDays(dayOf(now), 1)}T00:20:00Z`)
  await mixBox({ pool, keyring, clock, interval: 0 })
  // The database goes away after every few records.
  let appended = 0
  const failing: typeof audit = {
    ...audit,
    async append(query, act) {
      appended += 1
      await audit.append(query, act)
      if (appended % 4 === 0) throw new Error('cut short')
    },
  }
  let cut = 0
  for (;;) {
    const passes = [failing, failing].map((one) => rematchSearches({ pool, keyring, audit: one }, dayOf(now)))
    const ended = await Promise.allSettled(passes)
    cut += ended.filter(({ status }) => status === 'rejected').length
    if (ended.every(({ status }) => status === 'fulfilled')) break
  }
  t.ok(cut > 2, `cut ${cut} times`)
  await rematchSearches({ pool, keyring, audit }, dayOf(now))
  const records = await trailAfter(seq)
  const targets = records.filter(({ mayHaveMet }) => mayHaveMet?.includes(came)).map(({ target }) => target)
  const wanted = records
    .filter((record) => record.target === 'search' && wordsOf(record).q === 'glockenspiel')
    .map(({ seq }) => `search/${seq}/may-have-met`)
  t.equal(wanted.length, 20)
  t.same(targets.toSorted(), wanted.toSorted())
  t.notOk((await verifyTrail(pool)).broken)
  const left = await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query(
      'SELECT (SELECT count(*) FROM left_box)::int + (SELECT count(*) FROM rematching)::int AS n',
    )
    return rows[0]?.n
  })
  t.equal(left, 0, 'and what it needed is forgotten')
})

t.test('where all matches are more than may be held, they are found in several rounds', async (t) => {
  const sade = await somebody('supervisor')
  const seq = await endOfTrail()
  for (const q of ['xylophone', 'mallet', 'unheard-of', 'xylophone', 'mallet']) await search(sade, q)
  const came: string[] = []
  for (const at of ['one', 'two', 'four'])
    came.push(
      await reportFor(service, sade, { narrative: `A fictional xylophone and its mallet, at ${at}.` }),
    )
  now = new Date(`${addDays(dayOf(now), 1)}T00:20:00Z`)
  await mixBox({ pool, keyring, clock, interval: 0 })
  await rematchSearches({ pool, keyring, audit, heldAtMost: 4 }, dayOf(now))
  const records = await trailAfter(seq)
  const added = records.filter(({ mayHaveMet }) => mayHaveMet !== undefined)
  t.same(
    added.map(({ target }) => target),
    records
      .filter((record) => record.target === 'search' && wordsOf(record).q !== 'unheard-of')
      .map(({ seq }) => `search/${seq}/may-have-met`),
  )
  for (const { mayHaveMet } of added) t.same(mayHaveMet?.toSorted(), came.toSorted())
})

t.test('sotto mix --include today matches what it takes along', async (t) => {
  const today = await startTestService(t)
  const bea = callerWith(today, await today.token('triager'))
  await search(bea, 'celesta')
  await report(today, { narrative: 'Somebody plays a fictional celesta in the lock-up.' })
  const { items } = await search(bea, 'celesta')
  t.equal(items.length, 1)
  const settings = { DATABASE_URL: today.databaseUrl, KEYRING_FILE: today.keyringFile }
  t.match(await run('sotto', ['mix', '--include', 'today'], settings), { code: 0 })
  const ada = callerWith(today, await today.token('auditor'))
  const { body } = await ada.call<{ items: AuditRecord[] }>('GET', '/v1/triage/audit')
  t.match(
    body.items.filter(({ mayHaveMet }) => mayHaveMet !== undefined),
    [
      { target: 'search/2/may-have-met', mayHaveMet: items.map(({ id }) => id) },
      { target: 'search/1/may-have-met', mayHaveMet: items.map(({ id }) => id) },
    ],
  )
})

t.end()
