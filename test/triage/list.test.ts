import { sealCursor } from '../../src/crypto/cursor.ts'
import { activeKey, readKeyringFile } from '../../src/crypto/keyring.ts'
import type { Report } from '../../src/schemas/report.ts'
import { attentionBy } from '../../src/storage/attention.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

interface Item {
  id: string
  receivedOn: string
  category: string
  priority?: 'high' | 'medium' | 'low'
  status?: string
  flags: string[]
  leadAgency?: string
  assignee?: string | null
  attentionBy?: string | null
  version: number
}

const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']
let now = new Date()
const service = await startTestService(t, { clock: () => now })

/** Reports of three priorities and leads, and one in fifty that is restricted, over four days. */
const kinds: Partial<Report>[] = [
  { category: 'cybercrime' },
  { category: 'county-lines' },
  { category: 'environmental-crime' },
  { category: 'property-misuse' },
  { category: 'illegal-venue', riskFlags: ['weapon'] },
  { category: 'antisocial-behaviour', immediateDanger: 'unsure' },
]
const total = 156
for (let i = 0; i < total; i++) {
  now = new Date(`${days[i % days.length]}T10:00:00Z`)
  const restricted = i % 50 === 49
  const payload = sampleReport(restricted ? { subcategories: ['corruption'] } : kinds[i % kinds.length])
  const { statusCode } = await service.inject({ method: 'POST', url: '/v1/reports', payload })
  if (statusCode !== 201) throw new Error(`${statusCode}`)
}
const restrictedCount = 3

const supervisor = await service.token('supervisor')
const triager = await service.token('triager')
const ask = (query: string, token = supervisor) =>
  service.inject({ url: `/v1/triage/reports${query}`, headers: { authorization: `Bearer ${token}` } })

async function page(query: string, token = supervisor): Promise<{ items: Item[]; nextCursor?: string }> {
  const response = await ask(query, token)
  if (response.statusCode !== 200) throw new Error(`${query}: ${response.body}`)
  return response.json()
}

/** Every page of a list, one after the other. */
async function all(filters: string, limit: number, token = supervisor): Promise<Item[]> {
  const items: Item[] = []
  let query = `?limit=${limit}${filters}`
  for (;;) {
    const { items: some, nextCursor } = await page(query, token)
    items.push(...some)
    if (nextCursor === undefined) return items
    if (some.length !== limit) throw new Error('a page that is not the last is full')
    query = `?limit=${limit}${filters}&cursor=${nextCursor}`
  }
}

const ranks = { high: 3, medium: 2, low: 1 }
const isSorted = (items: Item[], keyOf: (item: Item) => string) =>
  items.every((item, i) => i === 0 || keyOf(items[i - 1] as Item) >= keyOf(item))

t.test('pages of any size hold every report once, in order', async (t) => {
  for (const [token, expected] of [
    [supervisor, total],
    [triager, total - restrictedCount],
  ] as const) {
    for (const limit of [7, 50, 200]) {
      const items = await all('', limit, token)
      t.equal(items.length, expected)
      t.equal(new Set(items.map(({ id }) => id)).size, expected)
      const visible = items.filter(({ priority }) => priority !== undefined)
      t.ok(
        isSorted(visible, ({ priority = 'low', receivedOn, id }) => `${ranks[priority]} ${receivedOn} ${id}`),
      )
    }
    const byDay = await all('&sort=received', 11, token)
    t.equal(new Set(byDay.map(({ id }) => id)).size, expected)
    t.ok(
      isSorted(byDay, ({ receivedOn, id }) => `${receivedOn} ${id}`),
      'newest first',
    )
    t.equal((await page('', token)).items.length, 50, 'fifty if not said')
  }
})

t.test('a summary holds what the contract says, and high ones say when they want attention', async (t) => {
  for (const item of await all('', 200, triager)) {
    t.match(item, { status: 'received', assignee: null, flags: [], version: 1 })
    t.equal(item.attentionBy, item.priority === 'high' ? item.receivedOn : null)
  }
})

t.test(
  'the view of the box, which says it in SQL of its own, has the one rule of when attention is wanted',
  async (t) => {
    const { rows } = await asSuperuser(service.databaseUrl, (client) =>
      client.query(
        `SELECT attention_by IS NOT DISTINCT FROM ${attentionBy('priority', 'received_on')} AS "isRule",
              array_agg(DISTINCT priority ORDER BY priority) AS priorities
         FROM listed_reports l WHERE NOT EXISTS (SELECT FROM reports r WHERE r.id = l.id) GROUP BY 1`,
      ),
    )
    t.strictSame(rows, [{ isRule: true, priorities: [1, 2, 3] }])
  },
)

t.test('filters narrow the list, and a repeated one widens it again', async (t) => {
  const everything = await all('', 200, triager)
  const expect = async (query: string, holds: (item: Item) => boolean) => {
    const found = await all(query, 13, triager)
    const ids = (items: Item[]) => items.map(({ id }) => id).sort()
    t.strictSame(ids(found), ids(everything.filter(holds)), query)
    return found.length
  }
  t.ok(await expect('&priority=high', ({ priority }) => priority === 'high'))
  t.ok(await expect('&priority=high&priority=low', ({ priority }) => priority !== 'medium'))
  t.ok(await expect('&category=cybercrime', ({ category }) => category === 'cybercrime'))
  const two = ['cybercrime', 'county-lines']
  t.ok(await expect(`&category=${two[0]}&category=${two[1]}`, ({ category }) => two.includes(category)))
  t.ok(await expect('&agency=law-enforcement', ({ leadAgency }) => leadAgency === 'law-enforcement'))
  const agencies = ['planning-enforcement', 'licensing']
  t.ok(
    await expect(`&agency=${agencies[0]}&agency=${agencies[1]}`, ({ leadAgency = '' }) =>
      agencies.includes(leadAgency),
    ),
  )
  t.ok(await expect('&status=received', () => true))
  t.ok(await expect('&status=received&status=closed', () => true))
  t.equal(await expect('&status=closed', () => false), 0)
  t.ok(await expect('&assignee=none', () => true))
  t.equal(await expect('&assignee=7c9e6679-7425-40de-944b-e07fc1f90ae7', () => false), 0)
  t.ok(await expect('&assignee=7c9e6679-7425-40de-944b-e07fc1f90ae7&assignee=none', () => true))
  t.ok(await expect(`&receivedFrom=${days[2]}`, ({ receivedOn }) => receivedOn >= (days[2] ?? '')))
  t.ok(await expect(`&receivedTo=${days[0]}`, ({ receivedOn }) => receivedOn === days[0]))
  t.ok(
    await expect(
      `&receivedFrom=${days[1]}&receivedTo=${days[1]}&priority=low`,
      ({ receivedOn, priority }) => receivedOn === days[1] && priority === 'low',
    ),
  )
  t.equal(await expect(`&receivedFrom=${days[3]}&receivedTo=${days[0]}`, () => false), 0)
  t.ok(await expect('&sort=received&category=cybercrime', ({ category }) => category === 'cybercrime'))
})

t.test(
  'a restricted report is a stub to supervisors, and to others, or by what it hides, not there',
  async (t) => {
    const restrictedIn = async (query: string, token = supervisor) =>
      (await all(query, 200, token)).filter(({ flags }) => flags.includes('restricted'))
    const stubs = await restrictedIn('')
    t.equal(stubs.length, restrictedCount)
    for (const stub of stubs) {
      t.strictSame(Object.keys(stub).sort(), ['category', 'flags', 'id', 'receivedOn', 'version'])
    }
    t.equal((await restrictedIn('', triager)).length, 0)
    t.equal((await restrictedIn('&category=other-serious-crime')).length, restrictedCount)
    t.equal((await restrictedIn('&sort=received')).length, restrictedCount)
    for (const query of [
      '&status=received',
      '&priority=high&priority=medium&priority=low',
      '&agency=law-enforcement',
      '&assignee=none',
    ]) {
      t.equal((await restrictedIn(query)).length, 0, query)
    }
  },
)

t.test('no cursor tells what a stub hides', async (t) => {
  const { items, nextCursor = '' } = await page('?sort=received&limit=1')
  t.equal(items.length, 1)
  t.notMatch(Buffer.from(nextCursor, 'base64url').toString('latin1'), /"priority":[123]/)
})

t.test('a cursor is good for its own list alone', async (t) => {
  const { nextCursor = '' } = await page('?limit=5')
  t.match(nextCursor, /^[A-Za-z0-9_-]+$/)
  t.equal((await ask(`?limit=9&cursor=${nextCursor}`)).statusCode, 200, 'pages may change their size')
  const bytes = Buffer.from(nextCursor, 'base64url')
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    return copy.toString('base64url')
  }
  const place = { priority: 1, receivedOn: days[0], id: '0f8fad5b-d9cb-469f-a165-70867728950e', filters: '' }
  const secret = Buffer.from(
    activeKey(readKeyringFile(service.keyringFile), 'cursor').secret ?? '',
    'base64url',
  )
  const refused: Record<string, string> = {
    'with another filter': `&category=cybercrime&cursor=${nextCursor}`,
    'in another order': `&sort=received&cursor=${nextCursor}`,
    'cut short': `&cursor=${nextCursor.slice(0, -4)}`,
    longer: `&cursor=${nextCursor}AAAA`,
    'with a bit of its MAC flipped': `&cursor=${flipped(3)}`,
    'with a bit of its content flipped': `&cursor=${flipped(bytes.length - 20)}`,
    'of its own making': `&cursor=${sealCursor(Buffer.alloc(32), place)}`,
    'of another list': `&cursor=${sealCursor(secret, place)}`,
    'that is none': '&cursor=none',
    empty: '&cursor=',
    twice: `&cursor=${nextCursor}&cursor=${nextCursor}`,
  }
  for (const [name, query] of Object.entries(refused)) {
    const response = await ask(`?limit=5${query}`)
    t.equal(response.statusCode, 400, name)
    t.equal(response.json().code, 'validation')
  }
})

t.test('what is no filter is refused, and not repeated', async (t) => {
  const refused = [
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1.5',
    'limit=1e2x',
    'limit=',
    'limit=5&limit=6',
    'offset=5',
    'status=open',
    'status=',
    'priority=HIGH',
    'priority=high,low',
    'category=constructor',
    'agency=../x',
    'assignee=me',
    'receivedFrom=2026-02-30',
    'receivedFrom=yesterday',
    'receivedTo=2026-11-20T00:00:00Z',
    'receivedFrom=2026-11-20&receivedFrom=2026-11-21',
    'sort=id',
    'sort=priority&sort=received',
    '__proto__=1',
    'constructor[prototype]=1',
    'status[]=received',
    'q=Qanarie',
  ]
  for (const query of refused) {
    const response = await ask(`?${query}`)
    t.equal(response.statusCode, 400, query)
    t.notMatch(response.body, /Qanarie|yesterday|HIGH|offset/)
  }
  t.equal((await page('?limit=1')).items.length, 1)
  t.equal((await ask('?limit=200')).statusCode, 200)
  t.equal((await ask(`?${Array(60).fill('status=received').join('&')}`)).statusCode, 400, 'too many')
})

t.test('an agency with a conflict of interest does not know of the report', async (t) => {
  const [{ id } = { id: '' }] = await all('&category=illegal-venue', 200, triager)
  const payload = { conflictOfInterest: ['licensing'], reason: 'Its own officer is named.' }
  for (const [token, version, status] of [
    [supervisor, 1, 202],
    [await service.token('supervisor'), 2, 200],
  ] as const) {
    const headers = { authorization: `Bearer ${token}`, 'if-match': `"${version}"` }
    const patched = await service.inject({
      method: 'PATCH',
      url: `/v1/triage/reports/${id}`,
      headers,
      payload,
    })
    t.equal(patched.statusCode, status)
  }
  const licensing = await service.token('supervisor', { agency: 'licensing' })
  const others = await service.token('triager', { agency: 'community-safety' })
  const sees = async (token: string) => (await all('', 200, token)).some((item) => item.id === id)
  const opens = (token: string) =>
    service.inject({ url: `/v1/triage/reports/${id}`, headers: { authorization: `Bearer ${token}` } })
  t.notOk(await sees(licensing))
  t.equal((await opens(licensing)).statusCode, 404)
  for (const token of [others, triager]) {
    t.ok(await sees(token))
    t.equal((await opens(token)).statusCode, 200)
  }
})

t.test('the service ends', async (t) => {
  t.strictSame(service.logLines, [])
  await service.close()
})
