import { publishTaxonomies } from '../../src/domain/intake/taxonomy.ts'
import { notice, signpostsInLanguage, usualNextRead } from '../../src/domain/signposts/inLanguage.ts'
import { loadSignposts, type Signpost } from '../../src/domain/signposts/signposts.ts'
import { preferredLanguage } from '../../src/plugins/language.ts'
import { t } from '../support/suite.ts'

t.test('all that the public reads is there in Welsh, with the same numbers in it', async (t) => {
  const { en, cy } = publishTaxonomies(loadSignposts())
  t.not(cy.list.version, en.list.version)
  // Names of services, words that are the same, and codes stay as they are.
  const same = /^(Crimestoppers|Report Fraud|Internet Watch Foundation)$/
  for (const category of en.list.items) {
    const welsh = cy.find(category.slug)
    if (welsh === undefined) throw new Error(`no ${category.slug} in Welsh`)
    const pairs = [
      [category.name, welsh.name],
      [category.description, welsh.description],
      ...category.signs.map((sign, at) => [sign, welsh.signs[at]]),
      ...category.subcategories.flatMap(({ name, description, slug }, at) => {
        t.equal(welsh.subcategories[at]?.slug, slug)
        return [
          [name, welsh.subcategories[at]?.name],
          [description, welsh.subcategories[at]?.description],
        ]
      }),
      ...category.signposts.flatMap((one, at) =>
        (['label', 'availability', 'reason'] as const).map((field) => [
          one[field],
          welsh.signposts[at]?.[field],
        ]),
      ),
    ]
    for (const [english = '', other = ''] of pairs) {
      t.ok(other.length > 3 && (other !== english || same.test(english)), `${category.slug}: ${english}`)
      t.strictSame(other.match(/\d+/g), english.match(/\d+/g), other)
    }
    t.equal(welsh.signs.length, category.signs.length)
    const facts = ({ phone, url, code, urgent, checkedOn }: Signpost) => ({
      phone,
      url,
      code,
      urgent,
      checkedOn,
    })
    t.strictSame(welsh.signposts.map(facts), category.signposts.map(facts))
  }
})

t.test('what an operator wrote of a signpost stands in every language', async (t) => {
  const table = loadSignposts('{"police": {"availability": "Office hours."}}')
  const [police] = signpostsInLanguage(
    table.filter(({ code }) => code === 'police'),
    'cy',
  )
  t.match(police, { label: /heddlu/, availability: 'Office hours.' })
  t.match(notice('Monday, 9am', 'cy'), /darllen nesaf: Monday, 9am\./)
  t.match(notice(usualNextRead, 'cy'), /y diwrnod gwaith nesaf/)
})

t.test('a language is chosen as RFC 9110 has it, English where there is none', async (t) => {
  const chosen: [string | undefined, string][] = [
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['cy', 'cy'],
    ['cy-GB', 'cy'],
    ['CY-gb, en;q=0.9', 'cy'],
    ['en-GB,en;q=0.9,cy;q=0.8', 'en'],
    ['en;q=0.5, cy;q=0.8', 'cy'],
    ['fr, cy;q=0.2', 'cy'],
    ['fr-FR, de;q=0.9', 'en'],
    ['cy;q=0', 'en'],
    ['cy; q=0.4, en; q=0.7', 'en'],
    ['cyx, enx', 'en'],
    ['cy;q=zero', 'en'],
    [',;q=,cy', 'cy'],
  ]
  for (const [header, language] of chosen) t.equal(preferredLanguage(header), language, header ?? 'none')
})
