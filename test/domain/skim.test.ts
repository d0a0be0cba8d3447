import fc from 'fast-check'
import { matcherOf, searchFor } from '../../src/domain/search/matches.ts'
import { skimmer } from '../../src/domain/search/skim.ts'
import { termsOf } from '../../src/domain/text/terms.ts'
import type { Report } from '../../src/schemas/report.ts'
import { sampleReport } from '../support/reports.ts'
import { rounds } from '../support/rounds.ts'
import { t } from '../support/suite.ts'

/** Signs that folding, escaping or a term treats in a way of its own, among others. */
const sign = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcdeABCDE0123456789 ') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '"',
        '\\',
        '/',
        '\n',
        '\t',
        '\r',
        '\b',
        '\f',
        '  ',
        '-',
        '‑',
        '–',
        '(',
        ')',
        '+44',
        '0',
        '.',
        ',',
        ':',
        '{',
        '}',
      ],
      ...[
        '’',
        'ß',
        'ſ',
        'İ',
        'ı',
        'Σ',
        'ς',
        'é',
        'e\u0301',
        'ŵ',
        '\u200b',
        '\u00ad',
        '\u00a0',
        '٣',
        'ك',
        'ک',
        '😀',
        '\u2028',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
)
const text = fc.array(sign, { minLength: 1, maxLength: 60 }).map((signs) => signs.join(''))

const texts = fc.tuple(text, text, text)

function reportOf([narrative, description, address]: readonly [string, string, string]): Report {
  return { ...sampleReport({ narrative }), entities: [{ kind: 'item', description }], places: [{ address }] }
}

/** What somebody may look for who has read the report: a piece of it, as it stands or written in another way. */
const sought = (written: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...written),
      fc.nat(),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom<(piece: string) => string>(
        (piece) => piece,
        (piece) => `"${piece.replaceAll('"', '')}"`,
        (piece) => piece.toUpperCase(),
        (piece) => piece.replace(/[^\p{L}\p{N}]/gu, ''),
        (piece) => piece.normalize('NFD'),
      ),
    )
    .map(([whole, at, length, asWritten]) =>
      asWritten(whole.slice(at % whole.length, (at % whole.length) + length)),
    )

t.test('what a search finds in a report, its bytes are never passed over for', async (t) => {
  let found = 0
  let passed = 0
  fc.assert(
    fc.property(
      texts.chain((written) => fc.tuple(fc.constant(written), sought(written), fc.boolean())),
      ([written, q, inNumbers]) => {
        const one = reportOf(written)
        const terms = termsOf(q)
        const search = searchFor(terms)
        const json = JSON.stringify({ report: one, proposals: [], mailbox: {} })
        const bytes = Buffer.from(
          inNumbers
            ? json.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
            : json,
        )
        const mayHold = skimmer([search])(bytes)
        if (!mayHold) passed += 1
        if (!matcherOf(one).holds(search)) return true
        found += 1
        return mayHold
      },
    ),
    { numRuns: rounds(800, 20_000), seed: 20_261_129 },
  )
  t.ok(found > 150, 'many of them were found')
  t.ok(passed > 0, 'and some passed over')
})

t.test('nearly every other report is passed over', (t) => {
  const mayHold = skimmer([searchFor(termsOf('zzyzx quux'))])
  const passed = ['plain', 'in “quotes”, with\nlines', 'a neighbour\'s "house"'].filter(
    (narrative) => !mayHold(Buffer.from(JSON.stringify({ report: sampleReport({ narrative }) }))),
  )
  t.equal(passed.length, 3)
  t.ok(mayHold(Buffer.from('{"other":1}')), 'what is not as intake seals it is read whole')
  t.ok(mayHold(Buffer.from('{"report":{"narrative":"\\u007azyzxquux"}}')))
  t.end()
})

t.end()
