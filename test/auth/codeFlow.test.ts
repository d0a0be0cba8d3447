import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { codeFlow } from '../../src/auth/codeFlow.ts'
import { Fault } from '../../src/vocabulary/faults.ts'
import { audience } from '../support/issuer.ts'
import { until } from '../support/patience.ts'
import { t } from '../support/suite.ts'

/** What the service makes of answers of an issuer's token address that no real issuer gives when it is asked to. */

let status = 400
let asked = 0
const held: (() => void)[] = []
let holds = false
const server = createServer((request, response) => {
  if (request.url !== '/token') {
    const document = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    return
  }
  asked += 1
  const answer = () => response.writeHead(status, { 'content-type': 'application/json' }).end()
  if (holds) held.push(answer)
  else answer()
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
t.after(() => void server.close())
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const told: string[] = []
const flow = codeFlow({ issuer, clientId: 'one', audience, whenAway: (reason) => told.push(reason) })

/** What comes of a code: no token, or why it could not be asked for. */
async function tried(): Promise<string> {
  const way = { state: 'a-state', redirect: 'http://localhost/partner/return', ...flow.secrets() }
  try {
    const token = await flow.tokenFor(way, new URLSearchParams({ state: way.state, code: 'made-up' }))
    return token ?? 'no token'
  } catch (error) {
    if (error instanceof Fault) return error.kind
    throw error
  }
}

t.test('an answer that is neither a token nor a refusal is no token', async (t) => {
  for (status of [400, 401, 200, 201, 204, 302, 304]) t.equal(await tried(), 'no token', String(status))
  t.strictSame(told, [])
})

t.test('whoever has the issuer refuse one request shuts out nobody else', async (t) => {
  for (const refusal of [429, 500, 503]) {
    status = refusal
    t.equal(await tried(), 'issuer-away', String(refusal))
    status = 400
    t.equal(await tried(), 'no token', 'the next is asked at once')
  }
  t.equal(told.length, 3, 'it is told all the same')
})

t.test('however many codes come, few are asked for at once', async (t) => {
  asked = 0
  holds = true
  const all = Array.from({ length: 50 }, tried)
  await until(async () => held.length === 4)
  t.equal(await Promise.race(all), 'overloaded', 'a long line is no use to anybody')
  t.equal(asked, 4)
  holds = false
  for (const answer of held) answer()
  const came = await Promise.all(all)
  t.equal(came.filter((one) => one === 'no token').length, 36)
  t.equal(came.filter((one) => one === 'overloaded').length, 14)
})

t.end()
