import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, toClientConfig } from 'pg-connection-string'
import { makeKeyring, writeKeyringFile } from '../../src/crypto/keyring.ts'
import type { Acceptance } from '../../src/schemas/intake.ts'
import type { MailboxAttachment, MailboxMessage } from '../../src/schemas/mailbox.ts'
import { plain } from '../images/fixtures.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { until } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'
import { t } from '../support/suite.ts'
import { newReporter, postJson, reporterAt } from './reporter.ts'

/*
 * A service whose database commits, and which dies before it hears of it. Between the two stands a proxy that lets
 * every word of the database through, until the statement that commits has been handed on.
 */

const { url } = await cloneDatabase(t)
const folder = mkdtempSync(join(tmpdir(), 'sotto-lost-'))
const keyringFile = join(folder, 'keyring.json')
writeKeyringFile(keyringFile, makeKeyring(new Date().toISOString().slice(0, 10)))

let isHolding = false
const commits = /put-(batch(-unless-repeated)?|message|attachment)(?!-)|COMMIT/

const sockets = new Set<Socket>()
const proxy = createServer((service) => {
  const { host = '', port } = toClientConfig(parse(url))
  const database = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host)
  let isHeld = false
  service.on('data', (bytes) => {
    if (isHolding && commits.test(bytes.toString('latin1'))) isHeld = true
    database.write(bytes)
  })
  database.on('data', (bytes) => {
    if (!isHeld) service.write(bytes)
  })
  for (const [one, other] of [
    [service, database],
    [database, service],
  ] as const) {
    sockets.add(one)
    one.on('error', () => undefined)
    one.on('close', () => {
      sockets.delete(one)
      other.destroy()
    })
  }
})
proxy.listen(0, '127.0.0.1')
await once(proxy, 'listening')

function throughProxy(): string {
  const address = new URL(url)
  address.searchParams.delete('host')
  address.hostname = '127.0.0.1'
  address.port = String((proxy.address() as AddressInfo).port)
  return address.href
}

let child: ChildProcess | undefined

async function startService(): Promise<string> {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url))
  child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: throughProxy(),
      MIGRATION_DATABASE_URL: url,
      KEYRING_FILE: keyringFile,
      DATA_DIR: folder,
      PORT: '0',
      RATE_LIMIT: '0',
      CHALLENGE: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += chunk
    const port = /"port":(\d+),/.exec(said)?.[1]
    if (port !== undefined) return `http://127.0.0.1:${port}`
  }
  throw new Error('the service ended before it listened')
}

async function killService(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const countKept = () =>
  asSuperuser(url, async (client) => {
    const { rows } = await client.query('SELECT count(*)::int AS kept FROM kept_answers')
    return rows[0].kept as number
  })

t.after(async () => {
  await killService()
  for (const socket of sockets) socket.destroy()
  proxy.close()
  rmSync(folder, { recursive: true, force: true })
})

t.test(
  'who repeats a call whose answer died with the service gets the answer that was committed',
  async (t) => {
    const first = await startService()
    const { receipt } = await newReporter(first)
    const jpeg = await plain(64, 48).jpeg().toBuffer()
    const keys = [1, 2, 3].map(() => ({ 'idempotency-key': randomUUID() }))
    const calls = [
      (base: string) => postJson(`${base}/v1/reports`, sampleReport(), keys[0]),
      (base: string) => reporterAt(base, receipt).say('Nobody answered.', keys[1]),
      (base: string) => reporterAt(base, receipt).attach(jpeg, 'image/jpeg', keys[2]),
    ]
    await Promise.all([reporterAt(first, receipt).read(), reporterAt(first, receipt).read()])
    isHolding = true
    // The picture first, since it takes long: the service does not wait for its database for ever.
    const lost = calls.toReversed().map(async (call, sent) => {
      await until(async () => (await countKept()) >= Math.min(sent, 1))
      return (await call(first)).status
    })
    const outcomes = Promise.allSettled(lost)
    await until(async () => (await countKept()) === 3)
    await killService()
    isHolding = false
    for (const outcome of await outcomes) {
      const wasTold = outcome.status === 'fulfilled' ? outcome.value : 'nothing'
      t.ok(['nothing', 503].includes(wasTold), `all three were committed, and none was told so: ${wasTold}`)
    }

    const second = await startService()
    const answers = await Promise.all(calls.map((call) => call(second)))
    for (const answer of answers) {
      t.equal(answer.status, 201)
      t.equal(answer.headers.get('idempotency-replayed'), 'true')
    }
    const [report, message, image] = (await Promise.all(answers.map((answer) => answer.json()))) as [
      Acceptance,
      MailboxMessage,
      MailboxAttachment,
    ]
    const mailbox = await reporterAt(second, receipt).read()
    t.strictSame(mailbox.messages, [message])
    t.strictSame(mailbox.attachments, [image])
    t.strictSame((await reporterAt(second, report.receipt).read()).messages, [])
    const { rows } = await asSuperuser(url, (client) => client.query('SELECT FROM listed_reports'))
    t.equal(rows.length, 2, 'the report is there once')
  },
)

t.end()
