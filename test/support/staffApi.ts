import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../src/schemas/report.ts'
import { sampleReport } from './reports.ts'
import type { TestService } from './service.ts'

/** A member of staff who calls the service, and expects a status. */
export interface Caller {
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    options?: { body?: unknown; version?: number; headers?: Record<string, string>; expect?: number },
  ): Promise<{ body: T; headers: Headers; code: string | undefined }>
}

/** Somebody with this token. */
export function callerWith(service: Pick<TestService, 'base'>, token: string): Caller {
  return {
    async call<T>(method: string, path: string, options: Parameters<Caller['call']>[2] = {}) {
      const { body, version, headers = {}, expect = 200 } = options
      const ask = () =>
        fetch(`${service.base}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      // What is only read may be asked again where a kept connection was just then closed.
      const patiently = method === 'GET' ? () => ask().catch(ask) : ask
      const { response, text } = await untilTaken(patiently, expect === 503 ? 5_000 : undefined)
      const parsed = text === '' ? undefined : JSON.parse(text)
      assert.equal(response.status, expect, `${method} ${path}: ${text}`)
      if ([409, 410].includes(response.status))
        assert(parsed.detail, `${method} ${path} says in words why not`)
      return { body: parsed as T, headers: response.headers, code: parsed?.code }
    },
  }
}

/** Two supervisors change of a report what one may not alone: the first asks, the second wants the same. */
export async function byTwo(
  [first, second]: readonly [Caller, Caller],
  path: string,
  version: number,
  change: Record<string, unknown>,
): Promise<void> {
  await first.call('PATCH', path, { version, body: { ...change, reason: 'As agreed' }, expect: 202 })
  await second.call('PATCH', path, { version: version + 1, body: { ...change, reason: 'As agreed' } })
}

/** The id of whoever calls. */
export async function idOf(caller: Caller): Promise<string> {
  return (await caller.call<{ id: string }>('GET', '/v1/triage/me')).body.id
}

/** A machine with much else to do makes the service shed load, before it has done anything: a client comes again. */
async function untilTaken(
  ask: () => Promise<Response>,
  milliseconds = 180_000,
): Promise<{ response: Response; text: string }> {
  for (const deadline = Date.now() + milliseconds; ; ) {
    const response = await ask()
    const text = await response.text()
    const isShed = response.status === 503 && (text === '' || JSON.parse(text).code === 'overloaded')
    if (!isShed || Date.now() > deadline) return { response, text }
    await sleep(100)
  }
}

/** Sends a report; tells its receipt. */
export async function report(
  service: Pick<TestService, 'base'>,
  more: Partial<Report> = {},
): Promise<string> {
  const { response, text } = await untilTaken(() =>
    fetch(`${service.base}/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sampleReport(more)),
    }),
  )
  assert.equal(response.status, 201)
  return (JSON.parse(text) as { receipt: string }).receipt
}

/** Sends a report and tells its id, as this member of staff finds it in the list. */
export async function reportFor(
  service: Pick<TestService, 'base'>,
  caller: Caller,
  more: Partial<Report> = {},
): Promise<string> {
  const before = await idsSeenBy(caller)
  await report(service, more)
  const id = (await idsSeenBy(caller)).find((one) => !before.includes(one))
  assert(id !== undefined, 'the new report is listed')
  return id
}

async function idsSeenBy(caller: Caller): Promise<string[]> {
  const { body } = await caller.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?limit=200')
  return body.items.map(({ id }) => id)
}
