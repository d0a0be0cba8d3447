import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { openReason } from '../../src/domain/audit/reasons.ts'
import { fold } from '../../src/domain/text/fold.ts'
import { termsOf } from '../../src/domain/text/terms.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

interface Page {
  items: { id: string; matches: { pointer: string; start: number; end: number }[] }[]
  nextCursor?: string
  searched: number
  of: number
}

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam', agency: 'community-safety' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const path = '/v1/triage/reports/search'

async function search(caller: Caller, q: string, more: object = {}): Promise<Page> {
  return (await caller.call<Page>('POST', path, { body: { q, ...more } })).body
}
const idsOf = ({ items }: Page) => items.map(({ id }) => id)

t.test('texts are compared without regard to case, accents and the way of writing', async (t) => {
  for (const [written, sought] of [
    ['Caffè Ŵyth Tŷ-Nant', 'caffe wyth ty-nant'],
    ['ДЁРНУЛИ', 'дернули'],
    ['STRASSE', 'straße'],
    ['ΟΔΟΣ', 'οδος'],
    ['Łódź', 'lodz'],
    ['don’t', "don't"],
    ['ﬁne', 'FINE'],
    ['e\u0301tage', 'étage'],
    ['İstanbul', 'istanbul'],
    ['مُحَمَّد', 'محمد'],
    ['zero\u200Bwidth', 'zerowidth'],
    // Letters of Arabic script that keyboards of Arabic, Persian and Urdu write for each other.
    ['أحمد إلى آدم', 'احمد الي ادم'],
    ['ہر رات اسکول کے قریب', 'هر رات اسكول كي قريب'],
    ['مدرســة', 'مدرسه'],
    ['فاطمة', 'فاطمه'],
    ['علی', 'على'],
    ['مسؤول', 'مسوول'],
    ['جزئية', 'جزييه'],
    ['ٱلله', 'الله'],
    ['ڪتاب', 'کتاب'],
    ['لاہور میں بھائی', 'لاهور مين بهايي'],
    ['سورۃ', 'سوره'],
    ['خانۀ', 'خانه'],
    ['کوئے', 'كويي'],
    ['می\u200Cروم', 'میروم'],
    ['قَرْيَةٌ', 'قريه'],
    ['ﻻ ﷲ', 'لا الله'],
    ['۱۲۳۴', '1234'],
    ['٠٧٧٠٠ ۹۰۰', '07700 900'],
    ['ＡＢ１２', 'ab12'],
    ['−', '-'],
    ['don´t', "don't"],
    ['𝐀𝐁', 'ab'],
  ] as const) {
    t.equal(fold(written), fold(sought), written)
  }
  t.not(fold('किताब'), fold('कतब'), 'vowel signs that carry meaning stay')
  t.same(termsOf('  White "blue  van" van van '), ['white', 'blue van'])
  t.same(termsOf('"" \u200B'), [])
})

t.test('a search finds every word in any field, and phrases as they stand', async (t) => {
  const lodge = await reportFor(service, tam, {
    narrative: 'Mae’r tŷ gwyn ar Heol Farlow yn llawn pobl bob nos.',
    places: [{ address: '3 Farlow Road', postcode: 'BS99 1AA', role: 'home' }],
    entities: [{ kind: 'vehicle', registration: 'QX12 ZZZ', colour: 'midnight blue' }],
  })
  await report(service, { narrative: 'A midnight delivery of something blue, on Farlow Road again.' })
  for (const q of [
    'TY GWYN',
    'gwyn farlow',
    'qx12zzz',
    'QX12-ZZZ bs991aa',
    '"midnight blue"',
    '"3 farlow road"',
  ]) {
    t.same(idsOf(await search(tam, q)), [lodge], q)
  }
  t.equal(idsOf(await search(tam, 'blue midnight')).length, 2, 'words in any order')
  t.same(idsOf(await search(tam, 'gwyn nowhere')), [], 'all words must be there')
  t.notOk(idsOf(await search(tam, 'home')).includes(lodge), 'what is chosen from a list is for the filters')
  t.same(idsOf(await search(tam, 'gwyn', { status: ['closed'] })), [])
  t.same(idsOf(await search(tam, 'gwyn', { status: ['received'], category: ['other-serious-crime'] })), [
    lodge,
  ])
})

t.test('what has a digit is found however it is written, in texts of any length', async (t) => {
  const before = 'Fictional padding of some length, so that this is no short field. '.repeat(3)
  const tell = (text: string) => reportFor(service, tam, { narrative: `${before}${text} ${before}` })
  const plate = await tell('He drives WX12 QYZ to the lock-up.')
  const spaced = await tell('Ring 07700 900461 after dark.')
  const abroad = await tell('Ring +44 (0)7700 900-461 after dark.')
  const grouped = await tell('Ring 0044 7700 900 461 after dark.')
  const irish = await tell('Ring 00353 87 123 4567 after dark.')
  const arabic = await tell('٠٧٧٠٠ ٩٠٠٤٦٢')
  for (const q of ['WX12QYZ', 'wx12-qyz', 'wx12 qyz', '"wx12 qyz"']) {
    t.same(idsOf(await search(tam, q)), [plate], q)
  }
  const numbers = ['07700900461', '07700 900 461', '+447700900461', '+44 7700 900461', '(07700) 900-461']
  for (const q of numbers) {
    t.same(new Set(idsOf(await search(tam, q))), new Set([spaced, abroad, grouped]), q)
  }
  t.same(idsOf(await search(tam, '+353 87 1234567')), [irish])
  t.same(idsOf(await search(tam, '07700900462')), [arabic])
  t.same(idsOf(await search(tam, 'afterdark')), [], 'words have their spaces')
  const garage = await tell('They meet in the lockup, by e-mail, and re-use the co-op’s van.')
  for (const [q, ids] of [
    ['lockup', [plate, garage]],
    ['lock-up', [plate, garage]],
    ['LOCK\u2011UP wx12', [plate]],
    ['email reuse coop', [garage]],
    ['"to the lockup"', [plate]],
    ['"re-use the coop\'s"', [garage]],
    ['lo-ckup', [plate, garage]],
  ] as const)
    t.same(new Set(idsOf(await search(tam, q))), new Set(ids), `hyphens within words: ${q}`)
  const { items } = await search(tam, 'lockup')
  t.same(
    items.map(({ matches }) => matches.length),
    [1, 1],
    'and marked once',
  )
})

t.test('a search marks where it found what', async (t) => {
  const narrative = 'Yr un fan wen: 🚐 ZX34\u00a0PQR, driven by “Rhŷdian” o Lôn Werdd 🏚. E\u0301tage two.'
  const id = await reportFor(service, tam, {
    narrative,
    entities: [
      { kind: 'vehicle', registration: 'zx34pqr' },
      { kind: 'phone', number: '+44 7700 900463' },
    ],
  })
  const marked = async (q: string) => {
    const { items } = await search(tam, q)
    const found = items.find((item) => item.id === id)
    return found?.matches.map(({ pointer, start, end }) => {
      const text = { '/narrative': narrative, '/entities/0/registration': 'zx34pqr' }[pointer]
      return [pointer, text?.slice(start, end) ?? `${start}-${end}`]
    })
  }
  t.same(await marked('ZX34PQR'), [
    ['/narrative', 'ZX34\u00a0PQR'],
    ['/entities/0/registration', 'zx34pqr'],
  ])
  t.same(await marked('rhydian "LON  WERDD"'), [
    ['/narrative', 'Rhŷdian'],
    ['/narrative', 'Lôn Werdd'],
  ])
  t.same(await marked('étage zx34'), [
    ['/narrative', 'ZX34'],
    ['/narrative', 'E\u0301tage'],
    ['/entities/0/registration', 'zx34'],
  ])
  t.same(await marked('07700900463'), [['/entities/1/number', '0-15']])
  t.same(await marked('"rhydian" dia'), [['/narrative', 'Rhŷdian']], 'what overlaps is one')
  const often = await reportFor(service, tam, { narrative: 'Wumpus. '.repeat(500) })
  const [found] = (await search(tam, 'wumpus')).items
  t.equal(found?.id, often)
  t.equal(found?.matches.length, 100)
})

t.test('a search goes on from its cursor, in list order, and tells how far it is', async (t) => {
  const days = { receivedFrom: '2000-01-01' }
  for (let i = 0; i < 7; i += 1) {
    await report(service, { narrative: `Heap number ${i} of fictional rubble behind the kiln.` })
  }
  const whole = await search(tam, 'kiln rubble', days)
  t.equal(whole.items.length, 7)
  t.equal(whole.nextCursor, undefined)
  t.equal(whole.searched, whole.of)

  const listed = await tam.call<Page>('GET', '/v1/triage/reports?limit=200&receivedFrom=2000-01-01')
  const inList = idsOf(listed.body).filter((id) => idsOf(whole).includes(id))
  t.same(idsOf(whole), inList, 'in the order of the list')

  const pieces: string[] = []
  let cursor: string | undefined
  let searched = 0
  do {
    const page: Page = await search(tam, 'kiln rubble', { ...days, limit: 2, ...(cursor ? { cursor } : {}) })
    t.ok(page.searched > searched && page.searched <= page.of)
    searched = page.searched
    pieces.push(...idsOf(page))
    cursor = page.nextCursor
    if (cursor !== undefined) {
      const others = { body: { q: 'kiln', ...days, cursor }, expect: 400 }
      t.equal((await tam.call('POST', path, others)).code, 'validation', 'good for the same search only')
      const hers = { body: { q: 'kiln rubble', ...days, cursor }, expect: 400 }
      t.equal((await sade.call('POST', path, hers)).code, 'validation', 'and for the same person')
    }
  } while (cursor !== undefined)
  t.same(pieces, idsOf(whole))
})

t.test('what a person may not see is not searched', async (t) => {
  const narrative = 'The zanzibar ledger was changed by an official, in a fictional council.'
  const before = (await search(sade, 'zanzibar')).of
  const restricted = await reportFor(service, sade, { narrative, subcategories: ['corruption'] })
  const nobodys = await search(sade, 'zanzibar')
  t.same([idsOf(nobodys), nobodys.of], [[], before], 'while it names nobody, not even counted')

  const names = [await idOf(sade), await idOf(bea)]
  await byTwo([sade, bea], `/v1/triage/reports/${restricted}`, 1, { restrictedTo: names })
  t.same(idsOf(await search(sade, 'zanzibar')), [restricted])
  t.same(idsOf(await search(tam, 'zanzibar')), [])

  const conflicting = await reportFor(service, sade, { narrative: narrative.replace('zanzibar', 'xanadu') })
  t.same(idsOf(await search(tam, 'xanadu')), [conflicting])
  const conflict = { conflictOfInterest: ['community-safety'] }
  await byTwo([sade, bea], `/v1/triage/reports/${conflicting}`, 1, conflict)
  t.same(idsOf(await search(tam, 'xanadu')), [])
  t.same(idsOf(await search(sade, 'xanadu')), [conflicting])
})

t.test('a search is one record: what was sought is sealed, and nothing of the box is in it', async (t) => {
  const q = 'quixotic pangolin'
  const found = await reportFor(service, tam, {
    narrative: `A fictional ${q} was seen on the roof at night.`,
  })
  const body = { q, category: ['other-serious-crime'] }
  const headers = { 'audit-reason': 'Checking a second report' }
  const { body: page } = await tam.call<Page>('POST', path, { body, headers })
  t.same(idsOf(page), [found])
  const reason = await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT at, action, target, reason_id AS id, reason_batch_id AS "batchId", reason_wrapped_key AS "wrappedKey",
              reason_body AS body FROM audit_records WHERE target = 'search' ORDER BY seq DESC LIMIT 1`,
    )
    const [row] = rows
    t.match(row, { action: 'consultation', target: 'search' })
    const query = async <Row>({ text, values }: { text: string; values: readonly unknown[] }) =>
      (await client.query(text, [...values])).rows as Row[]
    return openReason({ query, keyring: readKeyringFile(service.keyringFile) }, row, row.at)
  })
  t.same(JSON.parse(reason ?? ''), {
    reason: headers['audit-reason'],
    q,
    filters: { category: body.category, sort: 'priority' },
    found: [],
  })
  t.notMatch(service.logLines.join('\n'), /quixotic/)
})

t.test('a search that cannot be made is refused', async () => {
  for (const body of [
    {},
    { q: '' },
    { q: ' " " ' },
    { q: 'x', colour: 'red' },
    { q: 'x', status: 'received' },
  ]) {
    await tam.call('POST', path, { body, expect: 400 })
  }
  const auditor = callerWith(service, await service.token('auditor'))
  await auditor.call('POST', path, { body: { q: 'x' }, expect: 403 })
})

t.test('a report that was tampered with hides no other', async (t) => {
  const [id = ''] = idsOf(await search(tam, 'gwyn'))
  const good = await reportFor(service, tam, {
    narrative: 'Another house where gwyn is painted on the door.',
  })
  await asSuperuser(service.databaseUrl, (client) =>
    client.query('UPDATE box_reports SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE id = $1', [
      id,
    ]),
  )
  t.same(idsOf(await search(tam, 'gwyn')), [good])
})

t.end()
