import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { rawRequest } from '../support/socket.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
const other = await startTestService(t, { databaseUrl, keyringFile })
const report = JSON.stringify(sampleReport())

const send = (key: string, { body = report, to = service as TestService, url = '/v1/reports' } = {}) =>
  to.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    payload: body,
  })
const count = (table: string) =>
  asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`)
    return rows[0].count as number
  })

t.test('the same key and bytes give the same answer, and no second report', async (t) => {
  const before = await count('box_reports')
  const key = randomUUID()
  const first = await send(key)
  t.equal(first.statusCode, 201)
  t.notOk(first.headers['idempotency-replayed'])
  for (const to of [service, other]) {
    const again = await send(key, { to })
    t.equal(again.statusCode, 201)
    t.equal(again.headers['idempotency-replayed'], 'true')
    t.equal(again.headers['cache-control'], 'no-store')
    t.strictSame(again.json(), first.json())
  }
  t.equal(await count('box_reports'), before + 1)
})

t.test('other bytes under the same key are a mismatch, whatever they are', async (t) => {
  const key = randomUUID()
  await send(key)
  for (const body of [`${report} `, report.replace('fictional', 'other'), '{}', 'null']) {
    for (const to of [service, other]) {
      const { statusCode, body: text } = await send(key, { body, to })
      t.equal(statusCode, 422, body)
      t.match(JSON.parse(text).code, 'idempotency-mismatch')
    }
  }
  t.equal((await send(key, { body: '{' })).statusCode, 400, 'what cannot be read has no body to compare')
})

t.test('only success is kept', async (t) => {
  const key = randomUUID()
  t.equal((await send(key, { body: '{}' })).statusCode, 400)
  t.equal((await send(key)).statusCode, 201)
})

t.test('keys of another call, and no key at all, have nothing to do with it', async (t) => {
  const key = randomUUID()
  const { receipt } = (await send(key)).json()
  t.equal((await send(key, { url: '/v1/reports/check' })).statusCode, 200)
  const message = await service.inject({
    method: 'POST',
    url: '/v1/mailbox/messages',
    headers: { 'idempotency-key': key, authorization: `Bearer ${receipt}` },
    payload: { text: 'A fictional addition.' },
  })
  t.equal(message.statusCode, 201)
  const bare = () => service.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  t.not((await bare()).json().receipt, (await bare()).json().receipt)
})

t.test('a key has 22 to 128 characters of its alphabet', async (t) => {
  for (const length of [22, 128]) t.equal((await send('_'.repeat(length))).statusCode, 201, `${length}`)
  for (const key of ['', 'a', 'a'.repeat(21), 'a'.repeat(129), `${'a'.repeat(30)}+`, `${'a'.repeat(30)} a`]) {
    const response = await send(key)
    t.equal(response.statusCode, 400, key)
    t.equal(response.json().errors[0].pointer, 'header:idempotency-key')
  }
})

t.test('of many at once, at one instance or two, one counts and all get its answer', async (t) => {
  for (const instances of [[service], [service, other]]) {
    const before = await count('box_reports')
    const key = randomUUID()
    const all = Array.from({ length: 20 }, (_, i) =>
      send(key, { to: instances[i % instances.length] ?? service }),
    )
    const answers = await Promise.all(all)
    t.strictSame(new Set(answers.map(({ statusCode }) => statusCode)), new Set([201]))
    t.equal(new Set(answers.map((answer) => answer.json().receipt)).size, 1)
    t.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 1)
    t.equal(await count('box_reports'), before + 1)
  }
})

t.test('repeats among others are answered as before, and the others are taken', async (t) => {
  const before = await count('box_reports')
  const kept = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const key = randomUUID()
      return { key, first: await send(key) }
    }),
  )
  const fresh = Array.from({ length: 20 }, () => randomUUID())
  const [taken, repeated, bare] = await Promise.all([
    Promise.all(fresh.map((key) => send(key, { to: other }))),
    Promise.all(kept.map(({ key }) => send(key, { to: other }))),
    Promise.all(
      fresh.map(() => other.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })),
    ),
  ])
  for (const [index, again] of repeated.entries()) {
    t.equal(again.statusCode, 201)
    t.equal(again.headers['idempotency-replayed'], 'true')
    t.equal(again.body, kept[index]?.first.body)
  }
  for (const { statusCode, headers } of [...taken, ...bare]) {
    t.equal(statusCode, 201)
    t.notOk(headers['idempotency-replayed'])
  }
  t.equal(await count('box_reports'), before + kept.length + taken.length + bare.length)
})

t.test('many keys at once, in two orders, at two instances', async (t) => {
  const keys = Array.from({ length: 25 }, () => randomUUID())
  const there = await Promise.all([
    ...keys.map((key) => send(key)),
    ...keys.toReversed().map((key) => send(key, { to: other })),
  ])
  t.ok(there.every(({ statusCode }) => statusCode === 201))
  t.equal(new Set(there.map((answer) => answer.json().receipt)).size, keys.length)
})

t.test('who goes away while waiting for a twin keeps nobody waiting', async (t) => {
  const key = randomUUID()
  const bytes = rawRequest(
    'POST /v1/reports',
    ['content-type: application/json', `idempotency-key: ${key}`],
    report,
  )
  await asSuperuser(databaseUrl, async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE box_reports IN EXCLUSIVE MODE')
    const sockets: Socket[] = []
    for (let i = 0; i < 3; i++) {
      const socket = connect(service.port, '127.0.0.1')
      sockets.push(socket)
      socket.on('error', () => undefined).resume()
      await once(socket, 'connect')
      socket.write(bytes)
      await sleep(30)
    }
    for (const socket of sockets) socket.destroy()
    await sleep(50)
    await client.query('COMMIT')
  })
  const again = await Promise.race([send(key), sleep(120_000, undefined, { ref: false })])
  t.equal(again?.statusCode, 201)
})

t.test('what is kept is padded, and neither key nor answer is in it', async (t) => {
  const key = `Kp${'x'.repeat(40)}`
  const { receipt } = (await send(key)).json()
  const rows = await asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query(
      'SELECT kept_answers::text AS text, length(answer) AS length FROM kept_answers',
    )
    return rows as { text: string; length: number }[]
  })
  t.ok(rows.length > 30)
  const overhead = 12 + 16
  t.ok(rows.every(({ length }) => (length - overhead) % 4096 === 0))
  for (const secret of [key, receipt]) {
    const hex = Buffer.from(secret).toString('hex')
    t.notOk(rows.some(({ text }) => text.includes(secret) || text.includes(hex)))
  }
})

t.test('the service ends', async (t) => {
  t.strictSame([...service.logLines, ...other.logLines], [])
  await Promise.all([service.close(), other.close()])
})
