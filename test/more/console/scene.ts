import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Report } from '../../../src/schemas/report.ts'
import { plain } from '../../images/fixtures.ts'
import { sendReport } from './open.ts'

const samples = new URL('../../../../fixtures/reports.json', import.meta.url)

/** What a desk has to do with: reports that share things, an item that waits, one that was sent, a message, an image. */
export interface Scene {
  /** The report that most of it belongs to. */
  report: string
}

type Json = Record<string, unknown>

/** Calls as somebody; the service itself says whether it was right. */
export function as(base: string, token: string) {
  return async (
    method: string,
    path: string,
    body?: Json,
    more: Record<string, string> = {},
  ): Promise<Json> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
}

const narrative =
  'My brother Dex keeps twelve people at 14 Marrow Close, Z99 1ZZ, and takes their passports. Call him on 07700 900417.'

export async function setScene(base: string, tokens: Record<string, string>): Promise<Scene> {
  const { triager = '', supervisor = '' } = tokens
  const reports: Report[] = JSON.parse(readFileSync(samples, 'utf8'))
  for (const one of reports) await sendReport(base, one)
  const entities = [{ kind: 'vehicle', registration: 'ZZ19 AAB' }]
  const receipt = await sendReport(base, { category: 'modern-slavery', narrative, entities })
  await addImage(base, receipt)
  const officer = as(base, triager)
  const chief = as(base, supervisor)
  const { items } = await officer('GET', '/v1/triage/reports?category=modern-slavery&limit=200')
  const ids = (items as { id: string }[]).map(({ id }) => id)
  const report = await theOneWith(officer, ids)
  const path = `/v1/triage/reports/${report}`
  await officer('PATCH', path, { status: 'screening' }, { 'if-match': '"1"' })
  await officer('PATCH', path, { status: 'sanitising', deconfliction: 'clear' }, { 'if-match': '"2"' })
  const assessment = { threat: 'Exploitation.', decision: 'Pass it on.', rationale: 'People are at risk.' }
  await officer('PUT', `${path}/assessment`, assessment, { 'if-match': '"0"' })
  await officer('PATCH', path, { status: 'graded' }, { 'if-match': '"3"' })
  const grade = { source: 2, intelligence: 'D', handling: 'C' }
  const approved = {
    kind: 'fact',
    title: 'Suspected exploitation',
    grade,
    text: 'Workers may be held in a house.',
  }
  const item = await officer('POST', `${path}/items`, approved)
  await chief('POST', `${path}/items/${item.id}/approval`, { approved: true }, { 'if-match': '"1"' })
  await chief('PATCH', path, { status: 'approved' }, { 'if-match': '"4"' })
  await chief('POST', `${path}/disseminations`, {
    agency: 'safeguarding',
    items: [item.id],
    gateway: 'modern-slavery-2015-s52',
    basis: 'dpa-part-3',
    purpose: 'To look after those who are there.',
    necessity: 'Nobody else can.',
    proportionality: 'It names nobody.',
    leadOrInformation: 'lead',
  })
  await officer('POST', `${path}/items`, {
    ...approved,
    title: 'A house in Marrow Close',
    text: 'It is said that he takes their passports at 14 Marrow Close.',
  })
  await officer('POST', `${path}/notes`, { text: 'Rang the outreach team; they know the street.' })
  await officer('POST', `${path}/messages`, { text: 'Thank you. Please find out who the landlord is.' })
  await officer('POST', `${path}/outcomes`, {
    type: 'person-safeguarded',
    on: '2026-01-05',
    quantity: 3,
    fourP: 'protect',
  })
  await chief(
    'PATCH',
    path,
    { conflictOfInterest: ['licensing'], reason: 'A relative works there' },
    { 'if-match': '"6"' },
  )
  await shareSomething(officer, path)
  return { report }
}

function dayBefore(now: Date): string {
  return new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)
}

/** Links are proposed of what left the box, soon after. */
async function shareSomething(officer: ReturnType<typeof as>, path: string): Promise<void> {
  const { items } = await officer('GET', '/v1/triage/reports?category=county-lines')
  for (const { id } of items as { id: string }[])
    await officer(
      'PATCH',
      `/v1/triage/reports/${id}`,
      // Somebody should have looked yesterday.
      { status: 'screening', attentionBy: dayBefore(new Date()) },
      { 'if-match': '"1"' },
    )
  for (let tries = 0; tries < 100; tries++) {
    const links = await officer('GET', `${path}/links`)
    if ((links.items as unknown[]).length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('two reports that name one vehicle are linked')
}

async function theOneWith(officer: ReturnType<typeof as>, ids: readonly string[]): Promise<string> {
  for (const id of ids) {
    const { report } = await officer('GET', `/v1/triage/reports/${id}`)
    if ((report as Report).narrative === narrative) return id
  }
  throw new Error('the report is listed')
}

async function addImage(base: string, receipt: string): Promise<void> {
  const answer = await fetch(`${base}/v1/mailbox/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${receipt}`, 'content-type': 'image/jpeg' },
    body: new Uint8Array(await plain(400, 300).jpeg().toBuffer()),
  })
  assert.equal(answer.status, 201)
}
