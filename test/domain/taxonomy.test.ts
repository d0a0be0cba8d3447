import { notice } from '../../src/domain/signposts/inLanguage.ts'
import { loadSignposts, signpostsFor, signpostsForCategory } from '../../src/domain/signposts/signposts.ts'
import { agencies, agencyName, optionalAgencies } from '../../src/vocabulary/agencies.ts'
import {
  categories,
  categoryBySlug,
  isSubcategoryOf,
  taxonomyVersion,
} from '../../src/vocabulary/categories/categories.ts'
import { t } from '../support/suite.ts'

// The table of domain.md, section 3, as it stands there.
const table = `
| drug-trafficking | class-a-supply, importation, production, cultivation, street-dealing | LE | CS, LIC | M | C |
| county-lines | deal-line, child-criminal-exploitation, cuckooing (label: home takeover), debt-bondage | LE | SG, CS | H | Y |
| human-trafficking | cross-border, internal-movement, organised-immigration-crime | LE | SG | H | Y |
| modern-slavery | forced-labour, domestic-servitude, forced-criminality, adult-sexual-exploitation | LE | SG, EP, LIC | H | Y |
| child-sexual-exploitation | grooming-in-person, grooming-online, indecent-images (label: child sexual abuse images), online-extortion | LE | SG | H | Y |
| theft-robbery | robbery, burglary-series, vehicle-theft, plant-machinery, retail-gang, handling-stolen | LE | CS | M | C |
| fraud-financial-crime | money-laundering, front-business, investment, courier, rogue-trader, illegal-lending, bank-account-misuse, tax-evasion, bribery | LE | TS | M | C |
| firearms-weapons | firearm-held, firearm-supply, weapon-manufacture, knife-supply, explosives | LE | CS | H | C |
| counterfeit-illicit-goods | counterfeit, illicit-tobacco, vapes, alcohol, medicines, unsafe-goods, underage-sales | TS | LE, LIC | L | C |
| cybercrime | unauthorised-access, ransomware, account-takeover, data-theft, illicit-marketplace | LE | TS | M | C |
| property-misuse | unlawful-hmo, unauthorised-use, suspected-brothel, short-let, storage | PE | LE, EP, SG | M | C |
| illegal-venue | unlicensed-sale, unlicensed-event, illegal-gambling, drugs-permitted, unlicensed-taxi | LIC | LE, CS, EP | M | C |
| environmental-crime | organised-fly-tipping, illegal-waste-site, burning, hazardous-waste | EP | PE, LE | L | C |
| antisocial-behaviour | nuisance-premises, intimidation, vehicle-nuisance, public-drinking-or-drug-use | CS | LE, LIC | L | C |
| other-serious-crime | organised-group, corruption, terrorism, kidnap-extortion, prison-supply, wanted-person, wildlife-animal, unsure | LE | CS | M | C |
`
const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))

const agencyOf: Record<string, string> = {
  LE: 'law-enforcement',
  TS: 'trading-standards',
  PE: 'planning-enforcement',
  LIC: 'licensing',
  EP: 'environmental-protection',
  CS: 'community-safety',
  SG: 'safeguarding',
}
const priorityOf: Record<string, string> = { H: 'high', M: 'medium', L: 'low' }
const list = (cell = '') => cell.split(', ')

t.test('the taxonomy is the table of the domain, row by row', async (t) => {
  t.equal(categories.length, 15)
  t.match(taxonomyVersion, /^\d{4}-\d{2}-\d{2}$/)
  for (const [index, [, slug = '', subtypes, lead = '', support, priority = '', sg]] of rows.entries()) {
    const category = categoryBySlug(slug)
    if (!category) throw new Error(`no category ${slug}`)
    const expected = list(subtypes).map((subtype) => /^([\w-]+)(?: \(label: (.+)\))?$/.exec(subtype))
    t.equal(categories[index]?.slug, slug, 'in the order of the table')
    t.same(
      category.subcategories.map((subtype) => subtype.slug),
      expected.map((match) => match?.[1]),
    )
    for (const match of expected.filter((found) => found?.[2])) {
      const subtype = category.subcategories.find((one) => one.slug === match?.[1])
      t.equal(subtype?.name.toLowerCase(), match?.[2])
    }
    t.equal(category.leadAgency, agencyOf[lead])
    t.same(
      category.supportAgencies,
      list(support).map((agency) => agencyOf[agency]),
    )
    t.equal(category.defaultPriority, priorityOf[priority])
    t.equal(category.safeguarding, sg === 'Y' ? 'always' : 'at-risk')
    t.equal(category.attachments, slug !== 'child-sexual-exploitation')
  }
})

t.test('slugs are looked up safely', async (t) => {
  t.equal(categoryBySlug('no-such'), undefined)
  t.equal(categoryBySlug('__proto__'), undefined)
  t.equal(isSubcategoryOf('county-lines', 'cuckooing'), true)
  t.equal(isSubcategoryOf('county-lines', 'robbery'), false)
  t.equal(isSubcategoryOf('constructor', 'name'), false)
  const subtypes = categories.flatMap(({ subcategories }) => subcategories.map(({ slug }) => slug))
  t.equal(new Set(subtypes).size, subtypes.length, 'a sub-type belongs to one category')
  t.equal(agencies.length, 7)
  t.equal(agencyName('nca'), 'National Crime Agency')
  t.equal(agencyName('toString'), undefined)
  const slugs = [...agencies, ...optionalAgencies].map(({ slug }) => slug)
  t.equal(new Set(slugs).size, 15)
})

t.test('the texts keep the rules', async (t) => {
  const about =
    /national(?:ity|s\b)|ethnic|foreign|immigrant|migrant|accent|\bskin\b|dressed|clothing|looks? like/i
  const blame = /\binvolved\b|prostitut|promiscuous|lifestyle|chose |\bown fault|\bgang member/i
  const investigate =
    /find out|take a photo|photograph|film |follow (?:him|her|them)|keep watch|go back|note down|gather evidence|\bask (?:him|her|them)\b/i
  for (const { slug, name, description, signs, subcategories } of categories) {
    t.ok(signs.length >= 4, `${slug} has four signs or more`)
    t.equal(new Set(signs).size, signs.length, `${slug} repeats no sign`)
    const sentences = description.split(/(?<=[.!?]) (?=[A-Z])/).length
    t.ok(sentences >= 2 && sentences <= 5, `${slug} is described in a few sentences, each short`)
    t.ok(
      description.length >= 80 && description.length <= 420,
      `the description of ${slug} has a sane length`,
    )
    for (const sign of signs) t.ok(sign.length >= 30 && sign.length <= 180, sign)
    for (const one of subcategories)
      t.ok(one.description.length >= 30 && one.description.length <= 180, one.slug)
    const names = [name, ...subcategories.map((one) => one.name)]
    t.equal(new Set(names).size, names.length)
    for (const one of names) t.match(one, /^[A-Z].{3,50}$/)
    for (const text of [description, ...signs, ...subcategories.map((one) => one.description)]) {
      t.match(text, /^[A-Z][^\n]*[.)]$/, 'a whole sentence')
      t.notMatch(text, /\s{2}|^\s|\s$/)
      t.notMatch(text, about)
      t.notMatch(text, blame)
      t.notMatch(text, investigate)
    }
  }
})

const signposts = loadSignposts()
const codes = (shown: readonly { code: string }[]) => shown.map(({ code }) => code)
const everywhere = ['police', 'crimestoppers', 'nca']

t.test('the signposts are those of the domain, with their numbers', async (t) => {
  const phones = Object.fromEntries(signposts.map(({ code, phone }) => [code, phone]))
  t.same(phones, {
    emergency: '999',
    police: '101',
    crimestoppers: '0800 555 111',
    childline: '0800 1111',
    nspcc: '0808 800 5000',
    'modern-slavery': '08000 121 700',
    'report-fraud': '0300 123 2040',
    fearless: null,
    hmrc: '0800 788 887',
    'anti-terrorist': '0800 789 321',
    'police-corruption': '0800 085 0000',
    'stop-loan-sharks': '0300 555 2222',
    'children-social-care': null,
    'adult-social-care': null,
    iwf: null,
    nca: null,
  })
  t.ok(Object.isFrozen(signposts) && signposts.every((signpost) => Object.isFrozen(signpost)))
  t.doesNotThrow(() =>
    loadSignposts(JSON.stringify(Object.fromEntries(signposts.map(({ code, ...rest }) => [code, rest])))),
  )
  t.match(signposts[0]?.availability, /British Sign Language.*text relay/)
})

t.test('a report is shown the signposts that its facts call for, urgent ones first', async (t) => {
  const shown = (facts: Partial<Parameters<typeof signpostsFor>[1]>) =>
    codes(signpostsFor(signposts, { category: 'theft-robbery', ...facts }))
  t.same(shown({}), everywhere)
  t.same(shown({ immediateDanger: 'no', riskFlags: ['dog', 'hazard', 'adult-at-risk'] }), everywhere)
  for (const facts of [
    { immediateDanger: 'yes' },
    { immediateDanger: 'unsure' },
    { riskFlags: ['threat-to-life'] },
    { riskFlags: ['weapon'] },
  ] as const) {
    t.same(shown(facts), ['emergency', ...everywhere])
  }
  t.same(shown({ riskFlags: ['child-at-risk'] }), ['police', 'crimestoppers', 'childline', 'nspcc', 'nca'])
  const added = (facts: Partial<Parameters<typeof signpostsFor>[1]>) =>
    shown(facts).filter((code) => !everywhere.includes(code))
  t.same(added({ category: 'county-lines' }), ['childline', 'nspcc', 'fearless'])
  t.same(added({ category: 'child-sexual-exploitation' }), ['childline', 'nspcc', 'fearless', 'iwf'])
  t.same(added({ category: 'modern-slavery' }), ['modern-slavery'])
  t.same(added({ category: 'human-trafficking' }), ['modern-slavery'])
  t.same(added({ category: 'cybercrime' }), ['report-fraud'])
  t.same(added({ category: 'fraud-financial-crime', subcategories: ['tax-evasion', 'illegal-lending'] }), [
    'report-fraud',
    'hmrc',
    'stop-loan-sharks',
  ])
  t.same(added({ category: 'counterfeit-illicit-goods', subcategories: ['vapes'] }), [])
  t.same(added({ category: 'counterfeit-illicit-goods', subcategories: ['alcohol'] }), ['hmrc'])
  t.same(added({ category: 'counterfeit-illicit-goods', subcategories: ['illicit-tobacco'] }), ['hmrc'])
  t.same(added({ category: 'other-serious-crime', subcategories: ['corruption'] }), ['police-corruption'])
  t.equal(shown({ category: 'other-serious-crime', subcategories: ['terrorism'] })[0], 'anti-terrorist')
  t.same(
    shown({
      category: 'other-serious-crime',
      subcategories: ['terrorism'],
      immediateDanger: 'yes',
    }).slice(0, 2),
    ['emergency', 'anti-terrorist'],
  )
})

t.test('a category lists all that a report of it may be shown', async (t) => {
  for (const { slug, subcategories } of categories) {
    const listed = codes(signpostsForCategory(signposts, slug))
    t.equal(listed[0], 'emergency')
    t.ok(listed.includes('fearless'), 'for youth-facing front ends')
    t.equal(new Set(listed).size, listed.length)
    const possible = signpostsFor(signposts, {
      category: slug,
      subcategories: subcategories.map((one) => one.slug),
      riskFlags: ['child-at-risk', 'adult-at-risk', 'threat-to-life'],
      immediateDanger: 'yes',
    })
    t.same(
      listed.filter((code) => code !== 'fearless'),
      codes(possible).filter((code) => code !== 'fearless'),
    )
  }
  t.notOk(codes(signpostsForCategory(signposts, 'theft-robbery')).includes('iwf'))
})

t.test('an operator corrects signposts without a release', async (t) => {
  const corrected = loadSignposts(
    JSON.stringify({
      'children-social-care': {
        phone: '01632 960123',
        availability: 'Office hours; at night and at weekends 01632 960124.',
        checkedOn: '2026-11-01',
      },
      'adult-social-care': { url: 'https://harrowmere.example/adults' },
      hmrc: { phone: null, url: null },
    }),
  )
  const facts = { category: 'fraud-financial-crime', subcategories: ['tax-evasion'] } as const
  const shown = codes(signpostsFor(corrected, { ...facts, riskFlags: ['child-at-risk', 'adult-at-risk'] }))
  t.ok(shown.includes('children-social-care'))
  t.ok(shown.includes('adult-social-care'))
  t.notOk(shown.includes('hmrc'), 'what has neither phone nor address is withdrawn')
  t.equal(corrected.find(({ code }) => code === 'children-social-care')?.checkedOn, '2026-11-01')
  t.equal(signposts.find(({ code }) => code === 'hmrc')?.phone, '0800 788 887', 'the released table stays')
})

t.test('a wrong correction is refused with its rule, and never quoted', async (t) => {
  const broken: [string, RegExp][] = [
    ['SECRET', /valid JSON/],
    ['"SECRET"', /an object by signpost code/],
    ['[]', /an object by signpost code/],
    ['null', /an object by signpost code/],
    ['{"SECRET": {}}', /each key must be one of/],
    ['{"__proto__": {"phone": "SECRET"}}', /each key must be one of/],
    ['{"police": "SECRET"}', /police must be an object/],
    ['{"police": {"SECRET": 1}}', /police may only have/],
    ['{"police": {"code": "SECRET"}}', /police may only have/],
    ['{"police": {"__proto__": "SECRET"}}', /police may only have/],
    ['{"police": {"phone": "SECRET"}}', /police\.phone must be digits/],
    ['{"police": {"phone": 101}}', /police\.phone must be digits/],
    ['{"police": {"url": "http://SECRET.example"}}', /police\.url must be an https/],
    ['{"police": {"url": "javascript:SECRET"}}', /police\.url must be an https/],
    ['{"police": {"url": "https://u:SECRET@a.example"}}', /police\.url must be an https/],
    ['{"police": {"label": " "}}', /police\.label must be one line/],
    ['{"police": {"label": "SECRET\\u0000"}}', /police\.label must be one line/],
    [`{"police": {"reason": "${'SECRET'.repeat(100)}"}}`, /police\.reason must be one line/],
    ['{"police": {"urgent": "SECRET"}}', /police\.urgent must be true or false/],
    ['{"police": {"checkedOn": "2026-02-30"}}', /police\.checkedOn must be a date/],
    ['{"emergency": {"phone": null}}', /emergency must keep a phone number/],
    ['{"emergency": {"urgent": false}}', /emergency must keep a phone number/],
  ]
  for (const [json, rule] of broken) {
    try {
      loadSignposts(json)
      t.fail(json)
    } catch (fault) {
      const { message, cause } = fault as Error
      t.match(message, rule, json)
      t.notMatch(message, /SECRET|2026-02-30|\n/)
      t.equal(cause, undefined)
    }
  }
})

t.test('the notice says when the service is read next', async (t) => {
  t.equal(
    notice('Monday, 9am'),
    'This service is not watched at all times; next read: Monday, 9am. It does not report a crime as a victim and gives no crime number.',
  )
})
