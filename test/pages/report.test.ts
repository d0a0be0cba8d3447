import { dayTyped } from '../../src/pages/fields/days.ts'
import { components } from '../../src/schemas/component.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { fieldsOf, open, type Page, post, press, textOf, wordsOf } from './browse.ts'

const service = await startTestService(t)
const plain = 64 * 1024
const typed = 512 * 1024
const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'

async function chosen(category = 'environmental-crime', root = ''): Promise<Page> {
  return press(service, await open(service, `${root}/report`), { category })
}

async function listed(category: string): Promise<{ category: string; report: Record<string, unknown> }> {
  const token = await service.token('supervisor')
  const headers = { authorization: `Bearer ${token}` }
  const { items } = (await service.inject({ url: `/v1/triage/reports?category=${category}`, headers })).json()
  const read = await service.inject({ url: `/v1/triage/reports/${items[0].id}`, headers })
  return read.json()
}

t.test('a person reports without a script, and triage reads it as if the API had been used', async (t) => {
  let page = await chosen()
  t.equal(page.status, 200)
  t.equal(page.bytes, plain, 'the empty form is short')
  page = await press(
    service,
    page,
    { narrative, 'when.mode': 'recurring', immediateDanger: 'no' },
    'add=vehicle',
  )
  t.equal(page.bytes, typed, 'typed text comes back on a long page')
  const vehicle = /name="(entities\.\d+)\.registration"/.exec(page.html)?.[1] ?? ''
  page = await press(service, page, {
    [`${vehicle}.registration`]: 'AB12 CDE',
    'places.0.address': 'The yard',
    'links.0': 'https://example.com/x',
    knownToFew: 'true',
    riskFlags: ['dog', 'hazard'],
  })
  t.match(textOf(page.html), 'Check before you send')
  t.equal(page.bytes, typed)
  const sent = await press(service, page)
  t.equal(sent.status, 200)
  t.equal(sent.bytes, plain)
  t.match(wordsOf(sent.html, 'receipt'), /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
  t.match(sent.html, 'id="notice"')
  const { category, report } = await listed('environmental-crime')
  t.equal(category, 'environmental-crime')
  t.strictSame(report, {
    category: 'environmental-crime',
    narrative,
    immediateDanger: 'no',
    riskFlags: ['dog', 'hazard'],
    knownToFew: true,
    when: { mode: 'recurring' },
    places: [{ address: 'The yard' }],
    entities: [{ kind: 'vehicle', registration: 'AB12 CDE' }],
    links: ['https://example.com/x'],
  })
})

t.test(
  'every part of the schema has its field, and what is filled in reaches triage as it would by the API',
  async (t) => {
    let page = await chosen('cybercrime')
    for (const name of singleNames()) t.match(page.html, `name="${name}"`)
    const given: Record<string, string> = {}
    for (const kind of kinds) {
      const at = new RegExp(`name="(entities\\.\\d+)\\.kind" value="${kind}"`).exec(page.html)?.[1] ?? ''
      for (const one of partsOf(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}Entity`))
        t.match(page.html, `name="${at}.${one}"`, `${kind}.${one}`)
      given[`${at}.ref`] = kind
      given[`${at}.linkedTo`] = ' item,  phone '
    }
    page = await press(service, page, {
      ...given,
      narrative,
      language: 'en',
      'when.precision': 'week',
      'places.0.uprn': '100023336956',
      'places.0.latitude': ' 51.5',
      'places.0.longitude': '-0.14',
    })
    t.match(wordsOf((await press(service, page)).html, 'receipt'), /-/)
    const { report } = await listed('cybercrime')
    t.match(report, {
      language: 'en',
      when: { precision: 'week' },
      places: [{ uprn: '100023336956', latitude: 51.5, longitude: -0.14 }],
    })
    const named = (report.entities as { kind: string; ref: string; linkedTo: string[] }[]).map((one) => {
      t.strictSame(one.linkedTo, ['item', 'phone'])
      return one.ref
    })
    t.strictSame(named.sort(), kinds)
    const far = await press(service, await chosen(), {
      narrative,
      'places.0.latitude': '91',
      'places.0.longitude': 'x',
    })
    t.equal(far.status, 400)
    t.match(textOf(far.html), 'Check “Latitude” and enter it again')
  },
)

const kinds = ['account', 'item', 'online', 'organisation', 'person', 'phone', 'premises', 'vehicle']

function partsOf(name: string): string[] {
  const found = components.find((one) => (one as { $id?: string }).$id === name) as { properties?: object }
  return Object.keys(found?.properties ?? {})
}

/** Every field of the form that stands once, and those of the first place and link. */
function singleNames(): string[] {
  return partsOf('ReportDraft').flatMap((name) => {
    if (name === 'when') return partsOf('When').map((one) => `when.${one}`)
    if (name === 'places') return partsOf('Place').map((one) => `places.0.${one}`)
    return name === 'entities' ? [] : [name === 'links' ? 'links.0' : name]
  })
}

t.test('a page that is sent twice, also at once, is one report, and shows the receipt again', async (t) => {
  const page = await press(service, await chosen(), { narrative })
  const [one, other] = await Promise.all([press(service, page), press(service, page)])
  const receipt = wordsOf(one.html, 'receipt')
  t.match(receipt, /-/)
  t.equal(wordsOf(other.html, 'receipt'), receipt)
  t.equal(wordsOf((await press(service, page)).html, 'receipt'), receipt)

  const changed = await press(service, page, { narrative: `${narrative} And more.` })
  t.equal(wordsOf(changed.html, 'receipt'), '')
  t.match(textOf(changed.html), 'you have changed it since')
})

t.test('a page older than its key says so, and loses nothing', async (t) => {
  const page = await press(service, await chosen(), { narrative })
  const old = await press(service, page, { key: `2020-01-01-${'A'.repeat(24)}` })
  t.match(textOf(old.html), 'has been renewed')
  t.match(textOf(old.html), narrative)
  t.match(wordsOf((await press(service, old)).html, 'receipt'), /-/)
})

t.test('another category can be chosen, and all that was typed comes back', async (t) => {
  const many = `${narrative}\nAnd "more" <b>of it</b>. $& <!--0--> {{ t }}`
  const answers = {
    narrative: many,
    'when.mode': 'recurring',
    riskFlags: ['dog', 'hazard'],
    'places.0.address': 'The yard',
    'links.0': 'https://example.com/x',
  }
  const begun = await press(service, await chosen(), answers, 'add=vehicle')
  const vehicle = /name="(entities\.\d+)\.registration"/.exec(begun.html)?.[1] ?? ''
  const typedIn = { [`${vehicle}.registration`]: 'AB12 CDE' }
  const choosing = await press(service, begun, typedIn, 'step=choose')
  t.equal(choosing.status, 200)
  t.equal(choosing.bytes, typed)
  const again = await press(service, choosing, { category: 'fly-tipping' })
  t.equal(again.status, 400, 'there is no such category')
  const back = await press(service, again, { category: 'county-lines' })
  t.match(textOf(back.html), 'County lines')
  const valuesOf = ({ html }: Page) =>
    fieldsOf(html)
      .filter(([name, value]) => value !== '' && !name.endsWith('.kind') && name !== 'category')
      .sort()
  const before = await press(service, begun, typedIn, 'step=form')
  t.strictSame(valuesOf(back), valuesOf(before), 'with the key of the page')
  t.match(back.html, 'name="entities.0.kind" value="vehicle"')
  t.equal((await press(service, await chosen(), {}, 'step=choose')).bytes, plain, 'short where nothing was')
})

t.test('a day is typed as people write it, and comes back as it will be sent', async (t) => {
  for (const [typed, read] of [
    ['27/3/2026', '2026-03-27'],
    ['27.03.26', '2026-03-27'],
    ['27th March 2026', '2026-03-27'],
    ['27 Mawrth, 2026', '2026-03-27'],
    ['1 sept 2026', '2026-09-01'],
    ['3/2026', '2026-03'],
    ['Mehefin 2026', '2026-06'],
    ['2026-03', '2026-03'],
    ['2026/3/7', '2026-03-07'],
    ['2026-03-27T22:30', '2026-03-27T22:30'],
  ] as const)
    t.equal(dayTyped(typed), read, typed)
  for (const typed of [
    '31/2/2026',
    '3/12',
    '27/3',
    'soon',
    'last Friday in March 2026',
    '13/2026',
    '',
    '0 ma 2026',
    '27/3/98',
    // Looked at from its beginning to its end, this would take half an hour.
    `a${'\t'.repeat(1_000_000)}b`,
  ])
    t.equal(dayTyped(typed), typed, typed)
  const page = await press(service, await chosen(), {
    narrative,
    'when.from': '27 March 2026',
    'when.to': '31/2/2026',
  })
  t.equal(page.status, 400)
  t.match(page.html, 'value="2026-03-27"')
  t.match(page.html, 'value="31/2/2026"')
  t.match(textOf(page.html), /“Until which day\?” must be a real day or month, such as 27\/3\/2026/)
  const check = await press(service, page, { 'when.to': '4/2026' })
  t.match(textOf(check.html), /From which day\? 2026-03-27 .*Until which day\? 2026-04 /)
})

t.test('what is wrong is said beside the field, with what was typed', async (t) => {
  const page = await press(service, await chosen(), { narrative: 'Too short', 'when.from': '<b>soon' })
  t.equal(page.status, 400)
  t.match(page.html, 'href="#narrative"')
  t.match(textOf(page.html), 'What you know must be 20 characters or more')
  t.match(page.html, 'value="&lt;b&gt;soon"')
  t.match(page.html, '>Too short</textarea>')
  t.match(page.html, '<title>Error: ')
  const long = await press(service, page, { narrative: 'ä'.repeat(10_001), 'when.from': '' })
  t.match(textOf(long.html), 'What you know must be 10000 characters or fewer')
  t.equal(long.bytes, typed)
})

t.test('nothing chosen is told on the same page, and "not sure" is an answer', async (t) => {
  const none = await press(service, await open(service, '/report'))
  t.equal(none.status, 400)
  t.match(none.html, 'href="#category"')
  const unsure = await chosen('unsure')
  t.equal(unsure.bytes, plain, 'which the length of the page does not tell')
  t.notMatch(unsure.html, '<details class="s-section" open>', 'and nothing asks again what it is')
  t.equal((await press(service, unsure, {}, 'step=choose')).bytes, plain)
  const page = await press(service, unsure, { narrative })
  t.match(wordsOf((await press(service, page)).html, 'receipt'), /-/)
})

t.test(
  'warnings stand in the text, with why and how, and an answer can be changed in its place',
  async (t) => {
    const risky = 'I live opposite and only I know that my brother keeps drums of acid in the yard.'
    const page = await press(service, await chosen(), { narrative: risky })
    t.match(page.html, /<mark class="s-warned">[^<]*opposite<\/mark>/i)
    t.match(textOf(page.html), 'This says where you are')
    const again = await press(service, page, { narrative }, 'step=check')
    t.notMatch(again.html, 's-warned">')
    t.match(textOf(again.html), narrative)
  },
)

t.test(
  'the longest text of the widest characters comes back whole, on a page of the same length',
  async (t) => {
    const widest = '𝔸'.repeat(10_000)
    const page = await press(service, await chosen(), { narrative: widest })
    t.equal(page.status, 200)
    t.equal(page.bytes, typed)
    t.same(fieldsOf(page.html).find(([name]) => name === 'narrative')?.[1], widest)
  },
)

t.test('every field keeps what is typed to itself', async (t) => {
  const page = await press(service, await chosen(), { narrative }, 'add=person')
  const fields = [...page.html.matchAll(/<(input|textarea)\b[^>]*>/g)].map(([tag]) => tag)
  const typedInto = fields.filter((tag) => !/type="(hidden|radio|checkbox)"/.test(tag))
  t.ok(typedInto.length > 10)
  for (const tag of typedInto) {
    for (const quiet of [
      'autocomplete="off"',
      'spellcheck="false"',
      'writingsuggestions="false"',
      'translate="no"',
    ]) {
      t.match(tag, quiet)
    }
  }
})

t.test('what is written from right to left comes back so, wherever it stands', async (t) => {
  const arabic = 'كل ليلة في العاشرة تأتي شاحنة بيضاء إلى الساحة وتُحمل البراميل إلى الداخل.'
  const check = await press(service, await chosen(), { narrative: arabic, 'entities.0.kind': 'person' })
  const holders = [...check.html.matchAll(/<(\w+)([^>]*)>\s*كل ليلة/g)]
  t.strictSame(
    holders.map(([, tag]) => tag),
    ['div', 'textarea'],
  )
  for (const [, , attributes] of holders) t.match(attributes, 'dir="auto"')
})

t.test(
  'no form is filled in by the browser: neither what is typed nor what is chosen comes back by itself',
  async (t) => {
    const form = await chosen()
    const pages = [await open(service, '/report'), form, await press(service, form, { narrative })]
    const sent = await press(service, pages[2] as Page)
    const mailbox = await post(service, '/mailbox', [['receipt', wordsOf(sent.html, 'receipt')]])
    for (const { html } of [...pages, sent, mailbox]) {
      const forms = [...html.matchAll(/<form\b[^>]*>/g)].map(([tag]) => tag)
      t.ok(forms.length > 0)
      for (const tag of forms) t.match(tag, 'autocomplete="off"')
      for (const [tag] of html.matchAll(/<input\b[^>]*type="(radio|checkbox|file)"[^>]*>/g))
        t.match(tag, 'autocomplete="off"')
    }
  },
)

t.test('the category and the answers are in no address and no title', async (t) => {
  const page = await press(service, await chosen('county-lines'), { narrative })
  t.notMatch(/<title>.*<\/title>/s.exec(page.html)?.[0] ?? '', /county|van/i)
  t.notMatch(
    [...page.html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, url]) => url).join(' '),
    /county|van/i,
  )
  t.equal(page.headers.location, undefined)
})

t.test(
  'what acts instead of being shown is seen as a mark on the check page, and sent as it was typed',
  async (t) => {
    const acting = 'They said \u202Etfel dlrow eht\u202C at ten\u001b[31m, in\u009b2J the shop. שלום'
    const harmless = 'mar\u00ADket (א\u200F) \u200E+44\u061C ភាសា\u200Bខ្មែរ می\u200Cخواهم'
    const page = await press(service, await chosen('theft-robbery'), {
      narrative: `${acting} ${harmless}`,
      'places.0.description': 'Behind \u2066the\u2069 shop',
    })
    const shown = [...page.html.matchAll(/s-typed"[^>]*>(.*?)<\/div>/gs)].map(([, text]) => text).join('\n')
    t.match(shown, '\uFFFDtfel dlrow eht\uFFFD at ten\uFFFD[31m')
    t.match(shown, 'Behind \uFFFDthe\uFFFD shop')
    t.match(shown, 'שלום')
    t.match(shown, harmless, 'what other scripts need stays')
    t.notMatch(shown, /(?!\s)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u)
    await press(service, page)
    const { report } = await listed('theft-robbery')
    t.match(report, {
      narrative: `${acting} ${harmless}`,
      places: [{ description: 'Behind \u2066the\u2069 shop' }],
    })
  },
)

t.test('in Welsh it is the same, and a form begun in one language goes on in the other', async (t) => {
  const page = await chosen('county-lines', '/cy')
  t.match(textOf(page.html), 'Llinellau sirol')
  const english = await press(service, page, { narrative }, 'formaction')
  t.match(english.html, 'lang="en"')
  t.match(english.html, narrative)
})

t.test('a strange form is no fault of the service', async (t) => {
  for (const fields of [
    [['category', 'x']],
    [
      ['category', 'county-lines'],
      ['narrative', '\u0000'.repeat(30)],
      ['step', 'check'],
    ],
    [
      ['category', 'county-lines'],
      ['narrative', narrative],
      ['subcategories', 'robbery'],
      ['step', 'check'],
    ],
    [
      ['category', 'county-lines'],
      ['narrative', narrative],
      ['entities.0.kind', '__proto__'],
      ['entities.0.name', 'x'],
    ],
    [
      ['category', 'county-lines'],
      ['add', '__proto__'],
    ],
    Array.from({ length: 3_000 }, () => ['a', 'b']),
  ] as [string, string][][]) {
    const { status } = await post(service, '/report', fields)
    t.ok(status < 500, `${status}`)
  }
  t.equal((await post(service, '/report', [['narrative', 'x'.repeat(1_100_000)]])).status, 413)
})

t.end()
