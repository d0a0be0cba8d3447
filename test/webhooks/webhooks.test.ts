import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../../src/config.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { allowanceOf, brokenRuleOf, mayBeCalled } from '../../src/domain/webhooks/destination.ts'
import { makeDeliveries } from '../../src/domain/webhooks/makeDeliveries.ts'
import { post, type Resolve } from '../../src/domain/webhooks/post.ts'
import { isPublicAddress } from '../../src/domain/webhooks/publicAddress.ts'
import { retryTime } from '../../src/domain/webhooks/retryAfter.ts'
import { signedHeaders } from '../../src/domain/webhooks/signature.ts'
import { arrivals } from '../../src/jobs/arrivals.ts'
import { deliverSteadily } from '../../src/jobs/deliver.ts'
import { forgetEvents, forgetHours } from '../../src/jobs/forget.ts'
import { createLog } from '../../src/log.ts'
import type { EventPage } from '../../src/schemas/events.ts'
import type { ProblemBody } from '../../src/schemas/problem.ts'
import type { Webhook, WebhookDelivery, WebhookWithSecret } from '../../src/schemas/webhooks.ts'
import { openPool } from '../../src/storage/pool.ts'
import { settleDelivery, takeDue } from '../../src/storage/webhookDeliveries.ts'
import { addDays, dayOf } from '../../src/vocabulary/calendar.ts'
import { eventKinds } from '../../src/vocabulary/eventKinds.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { answer, inTurn, isSigned, startReceiver } from './receiver.ts'

t.setTimeout(600_000)
const receiver = await startReceiver(t)
const elsewhere = await startReceiver(t)
const allowed = `127.0.0.1:${receiver.port}`
// It looks once, at its start: each test delivers by instances of its own, at its own pace.
const environment = { WEBHOOK_ALLOW: allowed }
const service = await startTestService(t, { environment, delivering: { pause: 2 ** 31 - 1 } })
const alex = callerWith(service, await service.token('admin', { name: 'Alex' }))
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const pool = openPool(service.databaseUrl, 'sotto_triage', 8)
const keyring = readKeyringFile(service.keyringFile)
const clock = () => new Date()
const path = '/v1/triage/webhooks'
const reportId = await reportFor(service, tam)

const logLines: string[] = []
const deps = {
  pool,
  keyring,
  audit: auditTrail(pool, keyring, clock),
  clock,
  log: createLog('trace', { write: (line: string) => logLines.push(line) }),
  allowance: allowanceOf([allowed]),
}
/** Patient with a receiver on a busy machine: an attempt that is cut short would be made twice. */
const quick = { pause: 20, timeout: 60_000, delays: [10, 10, 10, 10, 10, 10, 10] }
// What one test leaves, failed or not, no other finds.
t.beforeEach(() => receiver.behave(answer(204)))
t.afterEach(() => asSuperuser(service.databaseUrl, (client) => client.query('DELETE FROM webhooks')))

/** A webhook for what this file does; a full hour that passes meanwhile tells it nothing. */
const add = async (at: string, kinds = ['note-added']) =>
  (
    await alex.call<WebhookWithSecret>('POST', path, {
      body: { url: receiver.url(at), kinds },
      expect: 201,
    })
  ).body
const act = async () => {
  const { body } = await tam.call<{ id: string }>('POST', `/v1/triage/reports/${reportId}/notes`, {
    body: { text: 'a fictional note' },
    expect: 201,
  })
  return body.id
}
const deliveriesOf = async (id: string, query = '') =>
  (
    await alex.call<{ items: WebhookDelivery[]; nextCursor?: string }>(
      'GET',
      `${path}/${id}/deliveries${query}`,
    )
  ).body
const until = async (met: () => boolean | Promise<boolean>) => {
  const end = Date.now() + 120_000
  while (!(await met())) {
    if (Date.now() > end) throw new Error(`not met in time ${logLines.at(-1) ?? ''}`)
    await sleep(20)
  }
}
/** Waits until whoever sends has looked at all that was done before: it has sent what was done since. */
const lookedThrough = async () => {
  const { id } = await add('/marker')
  await act()
  await settledOf(id, 'delivered')
  await alex.call('DELETE', `${path}/${id}`, { expect: 204 })
}
const settledOf = (id: string, status: string, count = 1) =>
  until(async () => (await deliveriesOf(id, `?limit=200&status=${status}`)).items.length === count)

/** The words of a text. */
const words = (text: string) => text.trim().split(/\s+/)

t.test('addresses: what is public, and what no webhook reaches', async (t) => {
  const good = `1.1.1.1 93.184.216.34 172.15.0.1 172.32.0.1 100.128.0.1 192.167.1.1 223.255.255.255
    2606:4700:4700::1111 2a00:1450:4009::1 2001:200::1 3ffe::1 3fff:1000::1`
  for (const address of words(good)) t.ok(isPublicAddress(address), address)
  const bad = `0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.0.1
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7
    203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:1.1.1.1 ::ffff:0:1.1.1.1 64:ff9b::7f00:1 64:ff9b::101:101 64:ff9b:1::1 100::1
    2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%lo fec0::1 ff02::1 ffff::1
    localhost 1.1.1 0x7f000001`
  for (const address of [...words(bad), '']) t.notOk(isPublicAddress(address), address)

  const none = allowanceOf([])
  const callable = `https://hooks.example/x https://hooks.example:8443/ https://1.1.1.1/ https://[2606:4700::1]/`
  for (const url of words(callable)) t.ok(mayBeCalled(url, none), url)
  const notCallable = `http://hooks.example/ http://1.1.1.1/ ftp://hooks.example/ file:///etc/passwd hooks.example
    //hooks.example/ https:// https://user@hooks.example/ https://u:p@hooks.example/ https://hooks.example/#x
    https://127.0.0.1/ https://127.1/ https://2130706433/ https://0x7f.1/ https://0177.0.0.1/ https://１２７.0.0.1/
    https://[::1]/ https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[64:ff9b::7f00:1]/
    https://169.254.169.254/latest/meta-data https://hooks.example/${'x'.repeat(2048)}
    https://localhost/x https://LOCALHOST/ https://localhost./ https://localhost:8443/ https://a.localhost/ https://%6cocalhost/
    https://ｌocalhost/ https://printer.local/ https://db.internal/ https://nas.home.arpa/ https://intranet/ https://intranet:8443/x
    https://127.0.0.1./ https://[::]/ https://@hooks.example/ https://:@hooks.example/ https://hooks.example@127.0.0.1/
    https://hooks.example/# https://hooks.example:0/ https://hooks.example:65536/ https:hooks.example https:/hooks.example/x
    https:\\\\hooks.example\\x https://hooks.example\\@127.0.0.1/ javascript:alert(1) data:text/plain,x ws://hooks.example/`
  for (const url of words(notCallable)) t.notOk(mayBeCalled(url, none), url)
  const good1 = 'https://hooks.example/x'
  for (const space of [' ', '\t', '\n', '\r', '\u00a0', '\u200b', '\u2028', '\ufeff', '\u0000', '\u202e'])
    for (const url of [space + good1, good1 + space, good1.replace('.', `.${space}`), `${good1}?a=${space}b`])
      t.match(brokenRuleOf(url, none), /spaces/, encodeURI(url))
  t.ok(mayBeCalled('HTTPS://HOOKS.EXAMPLE/x?y=1&z=@', none))
  t.ok(mayBeCalled('https://bücher.example/x', none))

  const list = 'n8n.internal, relay.internal:8080,10.1.0.0/16,10.9.9.9,fd00:1::/32'
  const some = allowanceOf(loadConfig({ WEBHOOK_ALLOW: list }).webhookAllow)
  const allowedToo = `http://n8n.internal/x http://n8n.internal:5678/ http://relay.internal:8080/ http://10.1.2.3/
    https://10.9.9.9/ https://[fd00:1::5]/`
  for (const url of words(allowedToo)) t.ok(mayBeCalled(url, some), url)
  const stillNot = `http://relay.internal/ http://relay.internal:80/ http://10.2.2.3/ https://10.9.9.8/
    https://[fd00:2::5]/`
  for (const url of words(stillNot)) t.notOk(mayBeCalled(url, some), url)
  t.same(loadConfig({ WEBHOOK_ALLOW: '' }).webhookAllow, [])
  for (const wrong of [
    'a b',
    ',',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    'https://x',
    'x:0',
    'x/y',
    '10.0.0.0/8/8',
  ])
    t.throws(() => loadConfig({ WEBHOOK_ALLOW: wrong }), { message: /^WEBHOOK_ALLOW must list/ }, wrong)
})

t.test(
  'a name that leads to loopback is refused when the connection is made, and nothing arrives',
  async (t) => {
    const before = receiver.at('/name').length
    const sending = { headers: {}, body: '{}', timeout: 2_000, signal: new AbortController().signal }
    // https to a name may be asked for; where it leads is only known then.
    const resolve: Resolve = (_name, _options, give) => give(null, [{ address: '127.0.0.1', family: 4 }])
    const named = `https://hooks.example:${receiver.port}/name`
    t.ok(mayBeCalled(named, allowanceOf([])))
    t.same(await post({ ...sending, url: named, allowance: allowanceOf([]), resolve }), {
      failure: 'address-refused',
    })
    const url = `https://localhost:${receiver.port}/name`
    t.same(await post({ ...sending, url, allowance: allowanceOf([]) }), { failure: 'address-refused' })
    t.same(await post({ ...sending, url: url.replace('https', 'http'), allowance: allowanceOf([]) }), {
      failure: 'address-refused',
    })
    t.equal(receiver.at('/name').length, before)
    const allowance = allowanceOf([`localhost:${receiver.port}`])
    t.same(await post({ ...sending, url: url.replace('https', 'http'), allowance }), { status: 204 })
    t.equal(receiver.at('/name').length, before + 1)
    t.same(await post({ ...sending, url, allowance }), { failure: 'not-reached' }, 'what is not TLS')
    t.same(await post({ ...sending, url: 'https://no-such-host.invalid/', allowance }), {
      failure: 'not-reached',
    })
  },
)

t.test('signatures are those of Standard Webhooks', async (t) => {
  // The example of the specification's reference libraries.
  const headers = signedHeaders(
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    new Date(1614265330_000),
    '{"test": 2432232314}',
  )
  t.same(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

t.test('admins alone keep webhooks; the secret is shown once, and stored for nobody to read', async (t) => {
  const key = { 'idempotency-key': randomUUID() }
  const draft = { url: receiver.url('/kept'), kinds: ['report-changed'] }
  const first = await alex.call<WebhookWithSecret>('POST', path, { body: draft, headers: key, expect: 201 })
  const again = await alex.call<WebhookWithSecret>('POST', path, { body: draft, headers: key, expect: 201 })
  t.same(again.body, first.body)
  t.equal(again.headers.get('idempotency-replayed'), 'true')
  const { secret, ...shown } = first.body
  t.match(secret, /^whsec_/)
  t.equal(first.headers.get('location'), `${path}/${shown.id}`)
  t.equal(first.headers.get('etag'), '"1"')
  const one = `${path}/${shown.id}`
  t.same((await alex.call('GET', one)).body, shown)
  t.same((await alex.call('GET', path)).body, { items: [shown] })
  for (const other of [tam, sade]) await other.call('GET', path, { expect: 403 })

  for (const [url, rule] of [
    ['http://hooks.example/', /https/],
    ['https://127.0.0.1/', /public address/],
    ['https://localhost/x', /public address/],
    ['https://u:p@hooks.example/', /no user/],
    [' https://example.org/x', /no spaces/],
    ['https://hooks.example/#x', /no fragment/],
    ['x', /begins with https/],
  ] as const) {
    for (const [method, at] of [
      ['POST', path],
      ['PATCH', one],
    ] as const) {
      const { body } = await alex.call<ProblemBody>(method, at, { body: { url }, expect: 400 })
      t.match(body.errors, [{ pointer: '/url', code: 'bad-url', message: rule }], url)
      t.equal(body.errors?.length, 1)
    }
  }
  for (const body of [{}, { ...draft, secret }, { ...draft, kinds: [] }])
    await alex.call('POST', path, { body, expect: 400 })
  for (const wrong of ['X', 'report-received', 'Report-changed', 'report-changed ', 'ping', '*', null, 7]) {
    const kinds = ['note-added', wrong]
    for (const [method, at] of [
      ['POST', path],
      ['PATCH', one],
    ] as const) {
      const { body } = await alex.call<ProblemBody>(method, at, { body: { ...draft, kinds }, expect: 400 })
      t.same(
        body.errors?.map(({ pointer }) => pointer),
        ['/kinds/1'],
        String(wrong),
      )
      if (typeof wrong === 'string') t.same(body.errors?.[0]?.allowed, eventKinds, String(wrong))
    }
  }

  const active = { active: false }
  await alex.call('PATCH', one, { body: active, version: 2, expect: 412 })
  await alex.call('PATCH', one, { body: { url: 'http://10.0.0.1/' }, version: 1, expect: 400 })
  await alex.call('PATCH', `${path}/${randomUUID()}`, { body: active, version: 1, expect: 404 })
  const changed = await alex.call<Webhook>('PATCH', one, { body: { active: false, kinds: null }, version: 1 })
  t.same(changed.body, { ...shown, version: 2, active: false, kinds: null })
  await alex.call('DELETE', one, { expect: 204 })
  await alex.call('GET', one, { expect: 404 })
  await alex.call('DELETE', one, { expect: 404 })

  const made: string[] = []
  for (let i = 0; i < 20; i += 1) made.push((await add(`/bounded/${i}`)).id)
  await alex.call('POST', path, { body: draft, expect: 422 })
  for (const id of made) await alex.call('DELETE', `${path}/${id}`, { expect: 204 })
  const trail = await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query<{ target: string }>(
      `SELECT target FROM audit_records WHERE action = 'administration' AND target LIKE $1 ORDER BY seq`,
      [`webhook/${shown.id}/%`],
    )
    return rows.map(({ target }) => target.split('/')[2])
  })
  t.same(trail, ['added', 'changed', 'deleted'])
  const stored = await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM batch_keys b
      WHERE NOT EXISTS (SELECT FROM reports r WHERE r.batch_id = b.batch_id)
        AND NOT EXISTS (SELECT FROM casework c WHERE c.batch_id = b.batch_id)`)
    return rows[0].n
  })
  t.equal(stored, 0, 'keys went with what they opened')
})

t.test('two instances, and a receiver that fails in every way: an event arrives', async (t) => {
  const hook = await add('/flaky')
  // One step is to be cut short; on a busy machine another may be as well.
  const times = { ...quick, timeout: 3_000, delays: Array.from({ length: 30 }, () => 10) }
  const instances = [deliverSteadily(deps, times), deliverSteadily(deps, times)]
  t.teardown(() => Promise.all(instances.map((one) => one.stop())))
  receiver.behave(
    inTurn(
      answer(500),
      (response) => setTimeout(() => response.end(), 5 * times.timeout),
      (response) => response.destroy(),
      answer(302, { location: elsewhere.url('/caught') }),
      (response) => {
        response.writeHead(503)
        const more = () => {
          if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more))
        }
        more()
      },
      (response) => {
        response.socket?.write('nonsense\r\n\r\n')
        response.socket?.end()
      },
      answer(204),
    ),
  )
  await act()
  await settledOf(hook.id, 'delivered')
  const [flaky] = (await deliveriesOf(hook.id)).items
  t.match(flaky, { status: 'delivered', lastStatus: 204, failure: null, kind: 'note-added' })
  t.ok(Number(flaky?.attempts) >= 7)
  const tries = receiver.at('/flaky')
  t.ok(tries.length >= 7)
  t.equal(new Set(tries.map(({ headers }) => headers['webhook-id'])).size, 1)
  t.ok(tries.every((message) => isSigned(hook.secret, message)))
  t.equal(elsewhere.at('/caught').length, 0, 'no redirect was followed')
  const [message] = tries
  t.same(JSON.parse(message?.body ?? ''), {
    type: 'note-added',
    timestamp: flaky?.at,
    data: { id: flaky?.event },
  })
  t.match(message?.headers, { 'content-type': 'application/json', 'user-agent': 'Sotto-Webhooks/1' })
  t.notMatch(JSON.stringify(message), reportId)
})

t.test('two instances send each event to each webhook once', async (t) => {
  const hook = await add('/all')
  const other = await add('/other')
  const instances = [deliverSteadily(deps, quick), deliverSteadily(deps, quick)]
  t.teardown(() => Promise.all(instances.map((one) => one.stop())))
  const acts = 60
  // A pool of ten on a busy machine: whoever waits too long for a connection is told to come again.
  for (let done = 0; done < acts; done += 10) await Promise.all(Array.from({ length: 10 }, () => act()))
  const hooks = [hook, other]
  await until(async () => {
    const found = await Promise.all(hooks.map(({ id }) => deliveriesOf(id, '?limit=200&status=delivered')))
    return found.every(({ items }) => items.length === acts)
  })
  for (const { id } of hooks) {
    const { items } = await deliveriesOf(id, '?limit=200')
    t.ok(items.every(({ status, attempts }) => status === 'delivered' && attempts === 1))
  }
  for (const at of ['/all', '/other']) t.equal(receiver.at(at).length, acts)
  const events = receiver.at('/other').map(({ body }) => JSON.parse(body).data.id)
  t.equal(new Set(events).size, acts)
  t.equal(receiver.at('/all').filter((one) => isSigned(other.secret, one)).length, 0)

  // Page by page, the newest first.
  const paged: WebhookDelivery[] = []
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await deliveriesOf(other.id, `?limit=25${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    paged.push(...page.items)
    cursor = page.nextCursor
  }
  t.same(
    paged.map(({ event }) => event),
    [...events].sort((a, b) => b - a),
  )

  // A change holds from its moment on: nothing of before is lost, nothing of between comes later.
  await act()
  await alex.call('PATCH', `${path}/${other.id}`, { version: 1, body: { active: false } })
  await act()
  await alex.call('PATCH', `${path}/${other.id}`, { version: 2, body: { active: true } })
  await act()
  // Deliveries are made in order, for all webhooks at once: with these, all are.
  await settledOf(hook.id, 'delivered', acts + 3)
  await settledOf(other.id, 'delivered', acts + 2)
  t.equal((await deliveriesOf(other.id, '?limit=200')).items.length, acts + 2)
  t.equal(receiver.at('/other').length, acts + 2)
})

t.test('both secrets sign for a day after a rotation, then the new one alone', async (t) => {
  let ahead = 0
  const later = { ...deps, clock: () => new Date(Date.now() + ahead) }
  const hook = await add('/rotated')
  const one = `${path}/${hook.id}`
  const key = { 'idempotency-key': randomUUID() }
  const { body: rotated } = await alex.call<WebhookWithSecret>('POST', `${one}/secret`, {
    headers: key,
    expect: 201,
  })
  const { body: twin } = await alex.call<WebhookWithSecret>('POST', `${one}/secret`, {
    headers: key,
    expect: 201,
  })
  t.same(twin, rotated, 'asked again, the same secret')
  t.not(rotated.secret, hook.secret)
  t.equal(rotated.version, 2)
  const sender = deliverSteadily(later, quick)
  t.teardown(sender.stop)
  await act()
  await until(() => receiver.at('/rotated').length === 1)
  const [both] = receiver.at('/rotated')
  t.ok(both && isSigned(hook.secret, both) && isSigned(rotated.secret, both))
  t.equal(String(both?.headers['webhook-signature']).split(' ').length, 2)
  ahead = 24 * 3_600_000 + 60_000
  await act()
  await until(() => receiver.at('/rotated').length === 2)
  t.equal(String(receiver.at('/rotated')[1]?.headers['webhook-signature']).split(' ').length, 1)
})

t.test(
  'a receiver says when to come again, in seconds or as a date, and is believed for a day',
  async (t) => {
    const now = new Date('2026-11-28T12:00:00.500Z')
    const at = (text: string | undefined) => retryTime(text, now)?.toISOString()
    for (const [text, expected] of [
      ['120', '2026-11-28T12:02:00.500Z'],
      [' 120 ', '2026-11-28T12:02:00.500Z'],
      ['Sat, 28 Nov 2026 12:10:00 GMT', '2026-11-28T12:10:00.000Z'],
      ['Saturday, 28-Nov-26 12:10:00 GMT', '2026-11-28T12:10:00.000Z'],
      ['Sat Nov 28 12:10:00 2026', '2026-11-28T12:10:00.000Z'],
      ['99999999999999999999', '2026-11-29T12:00:00.500Z'],
      ['Fri, 31 Dec 9999 23:59:59 GMT', '2026-11-29T12:00:00.500Z'],
    ] as const)
      t.equal(at(text), expected, text)
    const none = ['0', '-5', '1.5', '1e3', '0x10', 'soon', '', '120, 120', 'Sat, 28 Nov 2026 11:00:00 GMT']
    for (const text of [undefined, ...none, '2026-11-28T13:00:00Z', 'Sat, 99 Nov 2026 12:10:00 GMT'])
      t.equal(at(text), undefined, String(text))

    let ahead = 0
    const later = { ...deps, clock: () => new Date(Date.now() + ahead) }
    const [hook, other] = [await add('/patient'), await add('/other-than-patient')]
    const sender = deliverSteadily(later, quick)
    t.teardown(sender.stop)
    receiver.behave((response, message) =>
      (message.path === '/patient' ? answer(503, { 'retry-after': '120' }) : answer(204))(response, message),
    )
    const start = Date.now()
    await act()
    await until(async () => (await deliveriesOf(hook.id)).items[0]?.lastStatus === 503)
    const [waiting] = (await deliveriesOf(hook.id)).items
    t.ok(Date.parse(waiting?.nextAttemptAt ?? '') >= start + 120_000, 'though a try would be due in 10 ms')
    await act()
    await settledOf(other.id, 'delivered', 2)
    await lookedThrough()
    t.equal(receiver.at('/patient').length, 1, 'nor is anything else sent there meanwhile')
    receiver.behave(answer(204))
    ahead = 125_000
    await settledOf(hook.id, 'delivered', 3)
    t.equal(receiver.at('/patient').length, 4)
  },
)

t.test('a receiver is left alone from another instance too, until its webhook is changed', async (t) => {
  const hook = await add('/left-alone')
  const one = deliverSteadily(deps, quick)
  receiver.behave(answer(429, { 'retry-after': '3600' }))
  await act()
  await until(async () => (await deliveriesOf(hook.id)).items[0]?.lastStatus === 429)
  await one.stop()
  receiver.behave(answer(204))
  const another = deliverSteadily(deps, quick)
  t.teardown(another.stop)
  await act()
  await lookedThrough()
  t.equal(receiver.at('/left-alone').length, 1)
  await alex.call('PATCH', `${path}/${hook.id}`, { version: 1, body: { url: receiver.url('/moved') } })
  await until(() => receiver.at('/moved').length > 0)
})

t.test('what tells of an arrival leaves no time behind when its receiver asks to wait', async (t) => {
  const hook = await add('/arrival-waits', ['something-new'])
  t.teardown(() => forgetHours(pool, addDays(dayOf(new Date()), 2)))
  const sender = deliverSteadily(deps, quick)
  t.teardown(sender.stop)
  receiver.behave(answer(503, { 'retry-after': '3600' }))
  await reportFor(service, tam)
  await arrivals(pool).tell(new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000))
  await until(async () => (await deliveriesOf(hook.id)).items[0]?.lastStatus === 503)
  await sender.stop()
  const { rows } = await asSuperuser(service.databaseUrl, (client) =>
    client.query('SELECT not_before FROM webhooks WHERE id = $1', [hook.id]),
  )
  t.same(rows, [{ not_before: null }])
})

t.test(
  'a ping is sent when an admin asks, signed, whatever kinds are wanted, and tells nothing',
  async (t) => {
    const hook = await add('/ping', ['item-refused'])
    const sender = deliverSteadily(deps, quick)
    t.teardown(sender.stop)
    const at = `${path}/${hook.id}/test`
    const headers = { 'idempotency-key': randomUUID() }
    const { body: sent } = await alex.call<WebhookDelivery>('POST', at, { headers, expect: 201 })
    t.match(sent, { kind: 'ping', event: null, status: 'pending', attempts: 0 })
    t.same(
      (await alex.call('POST', at, { headers, expect: 201 })).body,
      sent,
      'once, however often it is asked',
    )
    await settledOf(hook.id, 'delivered')
    const [message, more] = receiver.at('/ping')
    t.equal(more, undefined)
    t.ok(message && isSigned(hook.secret, message))
    t.same(JSON.parse(message?.body ?? ''), { type: 'ping', timestamp: sent.at, data: {} })
    t.equal(message?.headers['webhook-id'], sent.id)
    await alex.call('POST', `${path}/${hook.id}/deliveries/${sent.id}/replay`)
    await until(() => receiver.at('/ping').length === 2)
    await alex.call('POST', at, { expect: 201 })
    await settledOf(hook.id, 'delivered', 2)
    const listed = (await deliveriesOf(hook.id, '?limit=1')).items
    t.equal(listed.length, 1)
    const { body: events } = await tam.call<EventPage>('GET', '/v1/triage/events?limit=200', {
      headers: { accept: 'application/json' },
    })
    t.notOk(JSON.stringify(events).includes('"ping"'), 'it is no event')
    for (const other of [tam, sade]) await other.call('POST', at, { expect: 403 })
    await alex.call('POST', `${path}/${randomUUID()}/test`, { expect: 404 })
    await alex.call('PATCH', `${path}/${hook.id}`, { version: 1, body: { active: false } })
    await alex.call('POST', at, { expect: 409 })
  },
)

t.test('whoever reads a webhook while it changes finds it, as before or after', async (t) => {
  const { id } = await add('/read')
  const one = `${path}/${id}`
  let isChanging = true
  const changing = (async () => {
    for (let version = 1; version <= 40; version += 1)
      await alex.call('PATCH', one, { version, body: { active: version % 2 === 0 } })
    isChanging = false
  })()
  const read = async () => {
    while (isChanging) {
      await alex.call('GET', one)
      t.equal((await alex.call<{ items: Webhook[] }>('GET', path)).body.items.length, 1)
    }
  }
  await Promise.all([changing, read(), read(), read()])
})

t.test('what fails for good is a dead letter, and is sent once more when an admin says so', async (t) => {
  const hook = await add('/dead')
  const sender = deliverSteadily(deps, { ...quick, delays: [10, 10] })
  t.teardown(sender.stop)
  receiver.behave(answer(500))
  await act()
  await settledOf(hook.id, 'dead')
  const [dead] = (await deliveriesOf(hook.id, '?status=dead&status=pending')).items
  t.match(dead, { attempts: 3, lastStatus: 500, nextAttemptAt: null })
  t.equal(receiver.at('/dead').length, 3)
  receiver.behave(answer(200))
  const replay = `${path}/${hook.id}/deliveries/${dead?.id}/replay`
  t.match((await alex.call('POST', replay)).body, { status: 'pending', attempts: 0 })
  await settledOf(hook.id, 'delivered')
  t.equal(receiver.at('/dead').at(-1)?.headers['webhook-id'], dead?.id)
  await alex.call('POST', `${path}/${hook.id}/deliveries/${randomUUID()}/replay`, { expect: 404 })

  receiver.behave(answer(410))
  await act()
  await until(async () => (await alex.call<Webhook>('GET', `${path}/${hook.id}`)).body.active === false)
  t.match((await alex.call('GET', `${path}/${hook.id}`)).body, { version: 2, active: false })
  receiver.behave(answer(204))
  const count = receiver.at('/dead').length
  await act()
  await lookedThrough()
  t.equal(receiver.at('/dead').length, count, 'nothing more goes to a receiver that is gone')
})

t.test('what an instance took and did not finish is sent by another, under the same id', async (t) => {
  const hook = await add('/lost')
  await act()
  await makeDeliveries(pool, keyring, clock())
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000)
  t.same(await takeDue(pool.query, hook.id, { limit: 5, now: at(-60), lostAt: at(0) }), [], 'not due then')
  const lost = { limit: 5, now: clock(), lostAt: at(3_600) }
  const [taken, more] = await takeDue(pool.query, hook.id, lost)
  t.equal(more, undefined)
  t.same(await takeDue(pool.query, hook.id, lost), [], 'taken by one')
  let ahead = 0
  const sender = deliverSteadily({ ...deps, clock: () => at(ahead) }, quick)
  t.teardown(sender.stop)
  await lookedThrough()
  t.notOk(
    receiver.at('/lost').some(({ headers }) => headers['webhook-id'] === taken?.id),
    'not before it counts as lost',
  )
  ahead = 3_601
  await until(() => receiver.at('/lost').length === 2)
  // That of the marker, which came after it, and went before.
  const [, again] = receiver.at('/lost')
  t.equal(again?.headers['webhook-id'], taken?.id)
  await settledOf(hook.id, 'delivered', 2)
  // The first comes back after all: it changes nothing any more.
  if (taken !== undefined) await settleDelivery(pool.query, { ...taken, status: 'dead' })
  t.match(
    (await deliveriesOf(hook.id)).items.find(({ id }) => id === taken?.id),
    { status: 'delivered', attempts: 2 },
  )
})

t.test('a webhook written into or changed in the database is sent nothing', async (t) => {
  const hook = await add('/genuine')
  const sender = deliverSteadily(deps, quick)
  t.teardown(sender.stop)
  const forged = randomUUID()
  await asSuperuser(service.databaseUrl, async (client) => {
    // The best forgery there is: a copy of a genuine row, key and signature and all.
    await client.query(
      `INSERT INTO webhooks SELECT $2, version, active, kinds, since, author, sealed_on, batch_id, wrapped_key, body, signature
         FROM webhooks WHERE id = $1`,
      [hook.id, forged],
    )
  })
  await act()
  await until(() => receiver.at('/genuine').length === 1)
  const { body } = await alex.call<{ items: Webhook[] }>('GET', path)
  t.same(
    body.items.map(({ id }) => id),
    [hook.id],
  )
  await alex.call('GET', `${path}/${forged}`, { expect: 404 })
  for (const change of [
    `kinds = '{item-approved}'`,
    'active = NOT active',
    'since = since - 1',
    `author = 'x'`,
  ]) {
    await asSuperuser(service.databaseUrl, async (client) => {
      await client.query(`CREATE TEMP TABLE kept AS SELECT * FROM webhooks WHERE id = '${hook.id}'`)
      await client.query(`UPDATE webhooks SET ${change} WHERE id = '${hook.id}'`)
      await alex.call('GET', `${path}/${hook.id}`, { expect: 404 })
      await client.query(`DELETE FROM webhooks WHERE id = '${hook.id}'`)
      await client.query('INSERT INTO webhooks SELECT * FROM kept')
    })
  }
  // Deliveries of one event are made at once, for every webhook that gets any.
  const counted = await asSuperuser(service.databaseUrl, (client) =>
    client.query('SELECT count(*)::int AS n FROM webhook_deliveries WHERE webhook_id = $1', [forged]),
  )
  t.equal(counted.rows[0].n, 0)
})

t.test('what was done on a restricted report goes nowhere, not even what was waiting', async (t) => {
  const hook = await add('/restricted', ['report-changed', 'note-added'])
  const id = await reportFor(service, tam)
  const report = `/v1/triage/reports/${id}`
  receiver.behave(answer(503))
  let ahead = 0
  const later = { ...deps, clock: () => new Date(Date.now() + ahead) }
  const sender = deliverSteadily(later, { ...quick, delays: [3_600_000] })
  t.teardown(sender.stop)
  await tam.call('PATCH', report, { version: 1, body: { status: 'screening' } })
  const waiting = async () =>
    (await deliveriesOf(hook.id)).items.filter(
      ({ kind, lastStatus }) => kind === 'report-changed' && lastStatus === 503,
    )
  await until(async () => (await waiting()).length === 1)
  await sade.call('PATCH', report, { version: 2, body: { restrictedTo: [] } })
  receiver.behave(answer(204))
  ahead = 2 * 3_600_000
  await act()
  await settledOf(hook.id, 'delivered')
  await until(async () => (await deliveriesOf(hook.id)).items.length === 1)
  const told = receiver.at('/restricted').map(({ body }) => JSON.parse(body).type)
  t.same(told, ['report-changed', 'note-added'])
})

t.test('something new is told of the hour, once, and forgotten with it', async (t) => {
  const hook = await add('/new', ['something-new'])
  const instances = [deliverSteadily(deps, quick), deliverSteadily(deps, quick)]
  t.teardown(() => Promise.all(instances.map((one) => one.stop())))
  await reportFor(service, tam)
  const hour = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000)
  const day = dayOf(new Date(hour.getTime() - 1))
  await arrivals(pool).tell(hour)
  // An hour that passes while this test runs is told as well, by the service itself.
  const toldOfIt = () => receiver.at('/new').filter(({ body }) => body.includes(hour.toISOString()))
  await until(() => toldOfIt().length === 1)
  await lookedThrough()
  const [message, more] = toldOfIt()
  t.equal(more, undefined)
  const { type, timestamp, data } = JSON.parse(message?.body ?? '')
  t.same([type, timestamp, Object.keys(data)], ['something-new', hour.toISOString(), ['id']])
  const hours = () =>
    asSuperuser(service.databaseUrl, async (client) => {
      const { rows } = await client.query(
        'SELECT count(*)::int AS n FROM webhook_deliveries WHERE arrival AND at = $1',
        [hour],
      )
      return rows[0].n
    })
  await forgetHours(pool, day)
  t.equal(await hours(), 1, 'today’s stay, as they were')
  const ofIt = (await deliveriesOf(hook.id)).items.filter(({ at }) => at === hour.toISOString())
  t.match(ofIt, [{ status: 'delivered', attempts: 1, lastStatus: 204 }])
  await forgetHours(pool, addDays(day, 1))
  t.equal(await hours(), 0)
  t.equal(toldOfIt().length, 1)
  const logged = await asSuperuser(service.databaseUrl, (client) =>
    client.query(`SELECT relpersistence FROM pg_class WHERE relname = 'webhook_deliveries_of_arrivals'`),
  )
  t.equal(logged.rows[0].relpersistence, 'u')
  await forgetEvents(pool, '2027-06-01')
  t.same(logLines, [], 'none of it was worth a line')
})

t.test('every answer is as the contract says', async (t) => {
  const authorization = `Bearer ${await service.token('admin', { name: 'Alex' })}`
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    at: string,
    payload?: object,
    version?: number,
  ) => {
    const headers = { authorization, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) }
    const answered = await service.inject({ method, url: at, headers, ...(payload && { payload }) })
    return { status: answered.statusCode, body: answered.body === '' ? {} : JSON.parse(answered.body) }
  }
  const { body: hook } = await ask('POST', path, { url: receiver.url('/contract') })
  const one = `${path}/${hook.id}`
  await act()
  await makeDeliveries(pool, keyring, clock())
  const { body: deliveries } = await ask('GET', `${one}/deliveries?status=pending&status=dead`)
  t.match(deliveries.items, [{ kind: 'note-added', status: 'pending', attempts: 0, lastStatus: null }])
  const asked = [
    await ask('GET', path),
    await ask('GET', one),
    await ask('POST', `${one}/deliveries/${deliveries.items[0]?.id}/replay`),
    await ask('POST', `${one}/test`),
    await ask('PATCH', one, { url: receiver.url('/contract/2') }, 1),
    await ask('POST', `${one}/secret`),
    await ask('GET', `${one}/deliveries?cursor=x`),
    await ask('GET', `${one}/deliveries?status=lost`),
    await ask('PATCH', one, { active: true }),
    await ask('PATCH', one, { active: true }, 1),
    await ask('DELETE', one),
    await ask('POST', `${one}/secret`),
    await ask('GET', `${one}/deliveries`),
  ]
  t.same(
    asked.map(({ status }) => status),
    [200, 200, 200, 201, 200, 201, 400, 400, 200, 412, 204, 404, 404],
  )
})

t.test('the service does so by itself, with nothing of an answer in its log', async (t) => {
  const { databaseUrl, keyringFile } = service
  const twin = await startTestService(t, { databaseUrl, keyringFile, environment })
  const hook = await add('/itself')
  await act()
  await settledOf(hook.id, 'delivered')
  t.notMatch(twin.logLines.join('\n'), /127\.0\.0\.1|whsec_|itself/)
})

t.teardown(() => pool.close())
