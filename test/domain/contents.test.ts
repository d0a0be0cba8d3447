import fc from 'fast-check'
import { type AssociatedData, newDataKey, sealBody } from '../../src/crypto/seal.ts'
import { settle } from '../../src/domain/acts/proposed.ts'
import { parseSubmission } from '../../src/domain/acts/submission.ts'
import { matchesIn, pastSearchIn } from '../../src/domain/audit/mayHaveMet.ts'
import { associatedDataOf } from '../../src/domain/envelope/associatedData.ts'
import { contentParser, openContent } from '../../src/domain/envelope/content.ts'
import { parseReport, type SealedContent } from '../../src/domain/envelope/sealedReport.ts'
import { parseMessage } from '../../src/domain/mailbox/messageContent.ts'
import { proposeRouting } from '../../src/domain/routing/routing.ts'
import { parseProduct } from '../../src/domain/sharing/product.ts'
import { caseworkParsers } from '../../src/domain/triage/caseworkContents.ts'
import { ReportDraft } from '../../src/schemas/report.ts'
import { SealedImageFacts, SealedOutcome, SealedSubmitter, SealedWebhook } from '../../src/schemas/sealed.ts'
import type { StoredRecord } from '../../src/storage/auditTrail.ts'
import type { SealedKindName } from '../../src/vocabulary/sealedKinds.ts'
import { anyValue, type Schema } from '../support/anyValue.ts'
import { badContents, badReports } from '../support/badContents.ts'
import { sampleReport } from '../support/reports.ts'
import { t } from '../support/suite.ts'

/** Whatever a seal opens to, it is read as what it should be, or not at all. */

fc.configureGlobal({ seed: 20_261_128, numRuns: 200 })

type Parser = (opened: Uint8Array) => unknown
/** Beside casework every kind that is sealed as an object: an image is pixels, a reason words, and the record of a product is opened by nobody. */
const parsers: Record<string, Parser> = {
  ...({
    report: parseReport,
    reporterMessage: parseMessage,
    staffMessage: parseMessage,
    draft: parseMessage,
    imageFacts: contentParser(SealedImageFacts),
    product: parseProduct,
    outcome: contentParser(SealedOutcome),
    submission: parseSubmission,
    submitter: contentParser(SealedSubmitter),
    webhook: contentParser(SealedWebhook),
  } satisfies Record<
    Exclude<SealedKindName, 'casework' | 'image' | 'auditReason' | 'productRecord'>,
    Parser
  >),
  ...caseworkParsers,
}
/** Of these, everything may be left out. */
const mayBeEmpty = ['outcome', 'assessment']

const honest: SealedContent = {
  report: sampleReport(),
  proposals: [],
  mailbox: {
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    sealingKey: 'A'.repeat(43),
    signingKey: 'B'.repeat(43),
  },
}
const bytesOf = (content: unknown) =>
  content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content))

t.test('every kind of content refuses what is nothing of it', async (t) => {
  for (const [kind, parse] of Object.entries(parsers)) {
    for (const [how, content] of Object.entries(badContents)) {
      if (how === 'an empty object' && mayBeEmpty.includes(kind)) continue
      t.equal(parse(bytesOf(content)), undefined, `${kind}: ${how}`)
    }
  }
  for (const [how, change] of Object.entries(badReports)) {
    t.equal(parseReport(bytesOf(change(honest))), undefined, how)
  }
  const large = { text: 'x'.repeat(5 * 1024 * 1024) }
  t.equal(parseMessage(bytesOf(large)), undefined, 'too large to be parsed')
})

t.test('any bytes and any JSON throw nothing, and are read only as what fits', async (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
      Object.values(parsers).every((parse) => parse(bytes) === undefined),
    ),
  )
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const bytes = bytesOf(value)
      return Object.entries(parsers).every(
        ([kind, parse]) =>
          mayBeEmpty.includes(kind) || parse(bytes) === undefined || typeof value === 'object',
      )
    }),
  )
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('report', 'proposals', 'mailbox'), (value, part) => {
      const read = parseReport(bytesOf({ ...honest, [part]: value }))
      return read === undefined || JSON.stringify(read) === JSON.stringify({ ...honest, [part]: value })
    }),
  )
  t.pass('any of them')
})

t.test(
  'a reason on record may be any words: it is a search, or what one may have met, only where it says so',
  async (t) => {
    const record: StoredRecord = {
      ...{
        seq: '7',
        at: new Date(0),
        actor: 'Tam',
        role: 'triager',
        action: 'consultation',
        target: 'search',
      },
      ...{ recipients: [], hash: Buffer.alloc(32) },
      ...{ reasonId: null, reasonBatchId: null, reasonWrappedKey: null, reasonBody: null },
    }
    const shown = (reason: string) => {
      const search = pastSearchIn(record, reason)
      const met = matchesIn('search/7/may-have-met', reason)
      return (
        (search === undefined || Number(search.terms?.length) > 0) &&
        (met === undefined || met.every((id) => typeof id === 'string'))
      )
    }
    fc.assert(fc.property(fc.string(), shown))
    fc.assert(fc.property(fc.jsonValue(), (value) => shown(JSON.stringify(value))))
    for (const part of ['q', 'filters', 'mayHaveMet'])
      fc.assert(fc.property(fc.jsonValue(), (value) => shown(JSON.stringify({ q: 'kiln', [part]: value }))))
    t.equal(matchesIn('search/7/may-have-met', '{"mayHaveMet":[null]}'), undefined)
    t.same(matchesIn('search/7/may-have-met', '{"mayHaveMet":["an id"]}'), ['an id'])
  },
)

t.test('whatever the schema takes is read back as it was', async (t) => {
  fc.assert(
    fc.property(anyValue(ReportDraft as Schema), (report) => {
      const bytes = bytesOf({ ...honest, report })
      t.strictSame(parseReport(bytes), JSON.parse(bytes.toString()))
    }),
    { numRuns: 50 },
  )
})

t.test('what does not open is undefined, as what does not fit', async (t) => {
  const place: AssociatedData = associatedDataOf('report', {
    id: honest.mailbox.id,
    receivedOn: '2026-11-28',
  })
  const key = newDataKey()
  const body = sealBody(key, place, bytesOf(honest), 1024)
  t.same(openContent(key, place, body, parseReport), honest)
  t.equal(openContent(newDataKey(), place, body, parseReport), undefined)
  t.equal(openContent(key, { ...place, version: 2 }, body, parseReport), undefined)
  t.equal(openContent(key, place, body.subarray(1), parseReport), undefined)
})

t.test('the stricter holds, whatever stands in the clear', async (t) => {
  const clear = fc.record({
    category: fc.constantFrom('drug-trafficking', 'county-lines', 'other-serious-crime'),
    priority: fc.integer({ min: 1, max: 3 }),
    leadAgency: fc.constantFrom('law-enforcement', 'licensing', 'housing'),
    supportAgencies: fc.subarray(['safeguarding', 'licensing', 'housing']),
    restricted: fc.boolean(),
  })
  const facts = fc.record({
    category: fc.constantFrom('property-misuse', 'county-lines', 'other-serious-crime'),
    subcategories: fc.subarray(['corruption', 'unlawful-hmo', 'terrorism']),
    riskFlags: fc.subarray(['child-at-risk', 'weapon']),
  })
  fc.assert(
    fc.property(clear, facts, fc.subarray(['housing']), (said, about, agencies) => {
      const configured = new Set<string>(agencies)
      const derived = proposeRouting(about, configured)
      const holds = settle(said, about, configured) ?? said
      const rank = { low: 1, medium: 2, high: 3 }[derived.priority]
      return (
        holds.category === about.category &&
        holds.restricted === (said.restricted || derived.restricted) &&
        holds.priority === Math.max(said.priority, rank) &&
        JSON.stringify(settle(holds, about, configured) ?? holds) === JSON.stringify(holds)
      )
    }),
  )
  const honestly = proposeRouting(honest.report, new Set())
  const { category, leadAgency, supportAgencies, restricted } = honestly
  const asProposed = { category, priority: 2, leadAgency, supportAgencies: [...supportAgencies], restricted }
  t.equal(settle(asProposed, honest.report, new Set()), undefined, 'what intake proposed stays')
})

t.end()
