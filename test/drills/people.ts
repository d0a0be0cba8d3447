import assert from 'node:assert/strict'
import { sampleReport } from '../support/reports.ts'
import { callerWith } from '../support/staffApi.ts'

/** What a reporter and staff do in a drill, over HTTP alone. */

/** Sends a report; gives its receipt. */
export async function send(base: string, narrative: string): Promise<string> {
  const response = await fetch(`${base}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sampleReport({ narrative })),
  })
  assert.equal(response.status, 201)
  const { receipt } = (await response.json()) as { receipt: string }
  return receipt
}

/** What the mailbox of a receipt shows. */
export async function readMailbox(base: string, receipt: string): Promise<{ messages: { text: string }[] }> {
  const response = await fetch(`${base}/v1/mailbox`, { headers: { authorization: `Bearer ${receipt}` } })
  assert.equal(response.status, 200)
  return (await response.json()) as { messages: { text: string }[] }
}

type Listed = { items: { id: string }[]; nextCursor?: string }

/** The ids of every report that this person sees. */
export async function everyReport(base: string, token: string): Promise<string[]> {
  const { call } = callerWith({ base }, token)
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await call<Listed>('GET', `/v1/triage/reports?limit=200&sort=received${cursor}`)
    ids.push(...body.items.map(({ id }) => id))
    if (body.nextCursor === undefined) return ids
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`
  }
}

/** Opens a report; gives its text. */
export async function openReport(base: string, token: string, id: string): Promise<string> {
  const { body } = await callerWith({ base }, token).call<{ report: { narrative: string } }>(
    'GET',
    `/v1/triage/reports/${id}`,
  )
  return body.report.narrative
}

/** Writes to the reporter, by one person and approved by another. */
export async function writeTo(
  base: string,
  [writer, approver]: readonly [string, string],
  id: string,
  text: string,
) {
  const path = `/v1/triage/reports/${id}/messages`
  const { body } = await callerWith({ base }, writer).call<{ id: string; version: number }>('POST', path, {
    body: { text },
    expect: 201,
  })
  await callerWith({ base }, approver).call('POST', `${path}/${body.id}/approval`, {
    body: { approved: true },
    version: body.version,
  })
}
