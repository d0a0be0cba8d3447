import { connect, mailbox, partner, report, type Staff, triage } from '../../../client/src/index.ts'
import type { ReportPatch } from '../../schemas/casework.ts'
import type { Report } from '../../schemas/report.ts'
import type { SubmissionDraft } from '../../schemas/submissions.ts'
import type { DemoTokens } from './people.ts'

type Triage = Staff<'/v1/triage'>
type Category = Report['category']

/** What others saw: each names a thing that one of the sample reports names too, so that they are linked. */
const alike: readonly Report[] = [
  {
    category: 'modern-slavery',
    narrative:
      'Men are driven from 14 Marrow Close, BS99 1AA, to the car wash at six each morning. None has a key.',
    places: [{ address: '14 Marrow Close', postcode: 'BS99 1AA', role: 'scene' }],
    entities: [{ kind: 'vehicle', registration: 'ZZ19 AAB' }],
  },
  {
    category: 'drug-trafficking',
    narrative:
      'A grey hatchback, ZZ19 AAB, waits by the lock-ups at night; bags go in and out. 07700 900417 is on a card.',
    entities: [
      { kind: 'vehicle', registration: 'ZZ19 AAB' },
      { kind: 'phone', number: '07700 900417' },
    ],
  },
  {
    category: 'antisocial-behaviour',
    narrative: 'The same shop sells laughing gas. The same shop sells laughing gas. Do something.',
  },
]

const shared: SubmissionDraft = {
  category: 'county-lines',
  narrative:
    'A family that we support says that a boy of fourteen stays at the flat on Tanner’s Rise for days.',
  knowledge: 'told',
  riskFlags: ['child-at-risk'],
  entities: [{ kind: 'phone', number: '07700 900417' }],
  source: { basis: 'told-by-a-person', protect: true, note: 'Please do not write to the family.' },
}

/** Nobody has read these yet. */
const unread: readonly Category[] = ['firearms-weapons', 'child-sexual-exploitation']
const grade = { source: 2, intelligence: 'D', handling: 'C' } as const

/**
 * Does a day's work on a service that runs, as people of every role: so that whoever opens the console finds reports at
 * every stage, links, things that wait for a second person, products and their answers, and a question to a provider.
 */
export async function fillDesk(base: string, tokens: DemoTokens): Promise<void> {
  const service = connect(base, { attempts: 10, delay: 100 })
  const officer = triage(service, tokens.officer)
  const supervisor = triage(service, tokens.supervisor)
  for (const one of alike) await report(service, one)
  const writer = await report(service, {
    category: 'fraud-financial-crime',
    narrative:
      'Somebody who says that he is of the bank sends a driver for the card. It happened to a friend of mine.',
  })
  const enforcers = partner(service, tokens.partner)
  await enforcers.post('/v1/partner/submissions', { body: shared })

  const newest = await byCategory(officer)
  const me = (await officer.get('/v1/triage/me')).body.id
  for (const [category, ids] of newest)
    if (!unread.includes(category)) for (const id of ids) await change(officer, id, { status: 'screening' })
  await passOn(officer, supervisor, enforcers, first(newest, 'property-misuse'), me)
  await urgently(officer, first(newest, 'county-lines'))
  await askBack(officer, supervisor, first(newest, 'fraud-financial-crime'), me)
  await mailbox(service, writer.receipt).write('It was on a Tuesday, and he came on a red scooter.')
  await draft(
    officer,
    first(newest, 'modern-slavery'),
    'People who wash cars may be kept in a house, and driven to work each morning.',
  )
  await closeTogether(officer, newest.get('antisocial-behaviour') ?? [])
  await change(supervisor, first(newest, 'firearms-weapons'), {
    conflictOfInterest: ['licensing'],
    reason: 'A relative of a person named works there',
  })
  await change(officer, first(newest, 'child-sexual-exploitation'), { restricted: true })
  await confirmLinks(officer, newest.get('drug-trafficking') ?? [])
}

/** What came today and nobody has read. */
async function byCategory(staff: Triage): Promise<Map<Category, string[]>> {
  const query = { status: ['received' as const], receivedFrom: today(), limit: 200 }
  const { body } = await staff.get('/v1/triage/reports', { query })
  const found = new Map<Category, string[]>()
  for (const { id, category } of body.items) found.set(category, [...(found.get(category) ?? []), id])
  return found
}

function first(found: ReadonlyMap<Category, string[]>, category: Category): string {
  return found.get(category)?.[0] ?? ''
}

/** Changes a report as it is now. */
async function change(staff: Triage, id: string, body: ReportPatch): Promise<void> {
  const { etag = '' } = await staff.get('/v1/triage/reports/{id}', { path: { id }, reason: 'Demonstration' })
  await staff.patch('/v1/triage/reports/{id}', { path: { id }, ifMatch: etag, body })
}

async function assess(staff: Triage, id: string, threat: string): Promise<void> {
  const body = {
    threat,
    decision: 'Pass on what is needed.',
    rationale: 'Within the powers of those who act.',
  }
  await staff.put('/v1/triage/reports/{id}/assessment', { path: { id }, ifMatch: '"0"', body })
}

async function draft(staff: Triage, id: string, text: string): Promise<string> {
  const body = { kind: 'fact', title: text.split(' ').slice(0, 6).join(' '), text, grade } as const
  return (await staff.post('/v1/triage/reports/{id}/items', { path: { id }, body })).body.id
}

const terms = {
  gateway: 'cda-1998-s115',
  basis: 'dpa-part-3',
  purpose: 'So that somebody looks at the house.',
  necessity: 'Nobody else has the power to enter it.',
  proportionality: 'It names nobody.',
  leadOrInformation: 'lead',
} as const

/** From the first reading to what came of it. */
async function passOn(
  officer: Triage,
  supervisor: Triage,
  enforcers: Staff<'/v1/partner'>,
  id: string,
  assignee: string,
): Promise<void> {
  const path = { id }
  await change(officer, id, { status: 'sanitising', assignee, deconfliction: 'clear' })
  await assess(officer, id, 'Fire, overcrowding, and people who cannot leave.')
  await officer.post('/v1/triage/reports/{id}/notes', {
    path,
    body: { text: 'The register has no licence for it.' },
  })
  await change(officer, id, { status: 'graded' })
  const itemId = await draft(officer, id, 'A family home in Marrow Close may be let to about a dozen people.')
  const at = { path: { id, itemId }, ifMatch: '"1"' }
  await supervisor.post('/v1/triage/reports/{id}/items/{itemId}/approval', {
    ...at,
    body: { approved: true },
  })
  await change(supervisor, id, { status: 'approved' })
  const product = { ...terms, agency: 'planning-enforcement', items: [itemId], tellReporter: true }
  const { body } = await supervisor.post('/v1/triage/reports/{id}/disseminations', { path, body: product })
  const there = { path: { disseminationId: body.id } }
  await enforcers.post('/v1/partner/disseminations/{disseminationId}/acknowledgement', there)
  const on = today()
  const outcome = {
    type: 'notice-served',
    on,
    detail: 'A notice to keep the house from being overcrowded.',
  } as const
  await enforcers.post('/v1/partner/disseminations/{disseminationId}/outcomes', { ...there, body: outcome })
}

/** What could not wait: sent before anybody approved it, and so to be reviewed. */
async function urgently(officer: Triage, id: string): Promise<void> {
  const item = await draft(officer, id, 'A child may be kept in a flat above a closed shop for days.')
  const product = {
    ...terms,
    agency: 'safeguarding',
    items: [item],
    urgent: true,
    reason: 'Rang them at 09:10.',
  }
  await officer.post('/v1/triage/reports/{id}/disseminations', { path: { id }, body: product })
}

/** One message that was sent, and one that waits for somebody else to approve it. */
async function askBack(officer: Triage, supervisor: Triage, id: string, assignee: string): Promise<void> {
  const path = { id }
  await change(officer, id, { assignee })
  const sent = { text: 'Thank you. On which day of the week was it?' }
  const { body } = await officer.post('/v1/triage/reports/{id}/messages', { path, body: sent })
  await supervisor.post('/v1/triage/reports/{id}/messages/{messageId}/approval', {
    path: { id, messageId: body.id },
    ifMatch: `"${body.version}"`,
    body: { approved: true },
  })
  const waits = { text: 'Did anybody else see the driver?' }
  await officer.post('/v1/triage/reports/{id}/messages', { path, body: waits })
}

/** A selection of hoaxes, which a supervisor is to confirm. */
async function closeTogether(officer: Triage, ids: string[]): Promise<void> {
  for (const id of ids) await assess(officer, id, 'None that can be seen.')
  const body = { ids, closeReason: 'insufficient', rationale: 'Nothing in it can be looked into.' } as const
  await officer.post('/v1/triage/reports/closures', { body })
}

/** What reports share is found once they have left the box; confirmed by a person, it stands in the watch list. */
async function confirmLinks(officer: Triage, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    for (const link of await linksSoon(officer, id)) {
      if (!('version' in link)) continue
      const path = { id, linkId: link.id }
      const body = { decision: 'confirmed', independence: 'likely' } as const
      await officer.put('/v1/triage/reports/{id}/links/{linkId}', {
        path,
        ifMatch: `"${link.version}"`,
        body,
      })
    }
  }
}

async function linksSoon(officer: Triage, id: string) {
  for (let tries = 0; tries < 40; tries++) {
    const { body } = await officer.get('/v1/triage/reports/{id}/links', { path: { id } })
    if (body.items.length > 0) return body.items
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return []
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
