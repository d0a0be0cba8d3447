import { jsonOf } from './answers.ts'
import type { components } from './contract.ts'
import { newKey } from './random.ts'
import { send } from './send.ts'
import type { Service } from './service.ts'

type Schemas = components['schemas']

/** A report as it goes over the wire: the bytes, and the key under which they may come any number of times. */
export interface Prepared {
  readonly key: string
  readonly bytes: string
}

export interface Options {
  /** Ends the call, also while it waits. It rejects with the signal's reason. */
  signal?: AbortSignal
}

/**
 * Fixes the bytes of a report and a key for them. Keep both in memory until `report` has resolved: sent again after a
 * failure, even minutes later, they give one report and the same receipt.
 */
export function prepare(draft: Schemas['ReportDraft']): Prepared {
  return { key: newKey(), bytes: JSON.stringify(draft) }
}

/**
 * Sends a report. Resolves only once it is durable, with the receipt, which is shown once and can be asked for by nobody.
 * After `unreachable` the report may have arrived: send the same `Prepared` again.
 */
export async function report(
  service: Service,
  draft: Schemas['ReportDraft'] | Prepared,
  { signal }: Options = {},
): Promise<Schemas['Acceptance']> {
  const { key, bytes } = 'bytes' in draft ? draft : prepare(draft)
  const received = await send(service, {
    method: 'POST',
    path: '/v1/reports',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: bytes,
    isRepeatable: true,
    signal,
  })
  return jsonOf(received)
}

/** Phrases of a draft that give the reporter away, and who else can help. Nothing is kept or logged. */
export async function check(
  service: Service,
  draft: Schemas['ReportDraft'],
  { signal }: Options = {},
): Promise<Schemas['DraftCheck']> {
  const received = await send(service, {
    method: 'POST',
    path: '/v1/reports/check',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(draft),
    isRepeatable: true,
    signal,
  })
  return jsonOf(received)
}

/** What can be reported, with signs to look for, sub-types, and whether images are taken. */
export async function categories(
  service: Service,
  { signal }: Options = {},
): Promise<Schemas['CategoryList']> {
  return jsonOf(await send(service, { method: 'GET', path: '/v1/categories', isRepeatable: true, signal }))
}
