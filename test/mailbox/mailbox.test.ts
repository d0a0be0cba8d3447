import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { parseReceipt } from '../../src/crypto/receipt.ts'
import type { Challenge } from '../../src/schemas/challenge.ts'
import type { MailboxMessage } from '../../src/schemas/mailbox.ts'
import { asSuperuser } from '../support/cluster.ts'
import { contentsOf } from '../support/contents.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { keysOf, newReporter, postJson, reporterAt, told } from './reporter.ts'
import { type Staff, staffOf } from './staff.ts'

const service = await startTestService(t)
const { base, databaseUrl, keyringFile } = service
const other = await startTestService(t, { databaseUrl, keyringFile })
const staff: Staff = staffOf(t, service)
const today = new Date().toISOString().slice(0, 10)

const count = (table: string, column: string, id: string) =>
  asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1`, [id])
    return rows[0].n as number
  })

t.test('a receipt opens its mailbox however it is typed; a slip is told, a wrong one is not', async (t) => {
  const { receipt, read } = await newReporter(base)
  const plain = receipt.replaceAll('-', '')
  const spellings = [
    receipt,
    plain,
    receipt.toLowerCase(),
    receipt.replaceAll('-', ' '),
    ` ${plain.replaceAll(/(.{3})/g, '$1 - ')}`,
    plain.replaceAll('0', 'O').replaceAll('1', 'I'),
    plain.replaceAll('0', 'o').replaceAll('1', 'l'),
    plain.replaceAll('1', 'L').toLowerCase(),
  ]
  const mailbox = await read()
  t.strictSame(mailbox, {
    status: 'received',
    receivedOn: today,
    attachmentsAllowed: true,
    messages: [],
    attachments: [],
  })
  for (const spelling of spellings) t.strictSame(await reporterAtRaw(spelling), mailbox, spelling)

  const slips = [
    '',
    '0'.repeat(27),
    `${receipt}0`,
    receipt.replace(/.$/, (symbol) => (symbol === '0' ? '1' : '0')),
  ]
  for (const slip of slips.slice(1)) t.equal(await told(await withReceipt(slip)), '400 validation', slip)
  const refusals = [
    await withReceipt(similar(receipt)),
    await withReceipt('0000-0000-0000-0000-0000-0000-0000'),
    await fetch(`${base}/v1/mailbox`),
    await fetch(`${base}/v1/mailbox`, { headers: { authorization: `Basic ${receipt}` } }),
  ]
  const seen = await Promise.all(
    refusals.map(async (response) => ({ headers: comparable(response), body: await response.text() })),
  )
  for (const one of seen) t.strictSame(one, seen[0], 'wrong, unknown and absent are alike')
  t.equal(refusals[0]?.status, 401)
  t.match(seen[0]?.body, /unauthorized/)
  t.equal(refusals[0]?.headers.get('www-authenticate'), 'Bearer')
})

const withReceipt = (text: string) =>
  fetch(`${base}/v1/mailbox`, { headers: { authorization: `Bearer ${text}` } })
const reporterAtRaw = async (text: string) => (await withReceipt(text)).json()

/** Differs from a receipt in one symbol, and has the right check: nothing but the mailbox is missing. */
function similar(receipt: string): string {
  const secret = receipt.replaceAll('-', '').slice(1, 26)
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  for (const first of alphabet.replace(receipt.charAt(0), '')) {
    for (const high of alphabet) {
      for (const low of alphabet) {
        const candidate = `${first}${secret}${high}${low}`
        if ('canonical' in parseReceipt(candidate)) return candidate
      }
    }
  }
  throw new Error('no receipt is similar')
}

function comparable({ status, headers }: Response) {
  const { date: _, ...rest } = Object.fromEntries(headers)
  return { status, ...rest }
}

t.test('both sides talk, in order, and nobody sees more than coarse status and days', async (t) => {
  const reporter = await newReporter(base, { category: 'child-sexual-exploitation' })
  const first = await reporter.say('The van was there again.')
  t.equal(first.status, 201)
  t.equal(first.headers.get('location'), null)
  const said = (await first.json()) as MailboxMessage
  t.strictSame(said, {
    id: said.id,
    number: 1,
    from: 'reporter',
    sentOn: today,
    text: 'The van was there again.',
  })
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  t.equal((await staff.write(reportId, 'Thank you. Do not investigate or take risks.')).number, 2)
  t.equal((await reporter.say('Understood.')).status, 201)

  const response = await reporter.call('')
  const text = await response.text()
  const mailbox = JSON.parse(text)
  t.equal(Buffer.byteLength(text), 4096)
  t.match(response.headers.get('content-type'), /^application\/json/)
  t.equal(response.headers.get('cache-control'), 'no-store')
  t.strictSame(
    mailbox.messages.map(({ number, from, text }: MailboxMessage) => [number, from, text]),
    [
      [1, 'reporter', 'The van was there again.'],
      [2, 'staff', 'Thank you. Do not investigate or take risks.'],
      [3, 'reporter', 'Understood.'],
    ],
  )
  t.equal(mailbox.attachmentsAllowed, false)
  t.notOk(text.includes(reportId), 'the API never says which report it is')
  t.notMatch(text, /\d\d:\d\d/)
  t.strictSame(await reporter.at(other.base).read(), mailbox, 'another instance shows the same')

  await asSuperuser(databaseUrl, (client) =>
    client.query(
      `INSERT INTO mailboxes SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key,
                    attachments_allowed, 'shared' FROM box_mailboxes WHERE report_id = $1`,
      [reportId],
    ),
  )
  await asSuperuser(databaseUrl, (client) =>
    client.query('DELETE FROM box_mailboxes WHERE report_id = $1', [reportId]),
  )
  t.strictSame(await reporter.read(), { ...mailbox, status: 'shared' }, 'out of the box nothing else changes')
})

t.test('a mailbox is padded to whole steps of 4 KiB', async (t) => {
  const reporter = await newReporter(base)
  for (const [length, bytes] of [
    [3000, 4096],
    [1000, 8192],
    [4000, 12_288],
  ] as const) {
    await reporter.say('x'.repeat(length))
    const response = await reporter.call('')
    t.equal((await response.text()).length, bytes)
  }
})

t.test('reading, HEAD, OPTIONS and failing write nothing, and HEAD and OPTIONS tell nothing', async (t) => {
  const reporter = await newReporter(base)
  await reporter.say('One more thing.')
  const before = await contentsOf(databaseUrl)
  const lines = service.logLines.length
  await reporter.read()
  const head = await reporter.call('', { method: 'HEAD' })
  t.equal(head.status, 200)
  t.equal(await head.text(), '')
  t.equal(head.headers.get('content-length'), '4096')
  t.equal((await withReceipt(similar(reporter.receipt))).status, 401)
  t.equal(
    (
      await fetch(`${base}/v1/mailbox`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${similar(reporter.receipt)}` },
      })
    ).status,
    401,
  )
  t.equal((await reporter.say('')).status, 400)
  t.equal((await reporter.call('/messages', { method: 'POST', body: '{}' })).status, 415)
  t.equal((await reporter.call('?read=true')).status, 400)
  const options = await Promise.all(
    [reporter.receipt, similar(reporter.receipt), 'nonsense'].flatMap((receipt) =>
      ['', '/messages', '/attachments'].map(async (path) => {
        const headers = { authorization: `Bearer ${receipt}` }
        const response = await fetch(`${base}/v1/mailbox${path}`, { method: 'OPTIONS', headers })
        return [path, comparable(response), await response.text()]
      }),
    ),
  )
  t.strictSame(options.slice(3, 6), options.slice(0, 3))
  t.strictSame(options.slice(6), options.slice(0, 3))
  t.match(options, [['', { status: 204, allow: 'DELETE, GET, HEAD, OPTIONS' }, '']])
  t.equal((await reporter.call('/messages')).status, 405, 'there is no list apart')
  t.strictSame(await contentsOf(databaseUrl), before)
  t.equal(service.logLines.length, lines)
})

t.test('ending contact destroys mailbox and messages, and leaves the report', async (t) => {
  const reporter = await newReporter(base)
  await reporter.say('First.')
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  await staff.write(reportId, 'Second.')
  const mailboxId = await asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT id FROM listed_mailboxes WHERE report_id = $1', [reportId])
    return rows[0].id as string
  })
  const opened = await staff.open(reportId)
  const ended = await reporter.end()
  t.equal(ended.status, 204)
  t.equal(await ended.text(), '')
  for (const call of [
    reporter.call(''),
    reporter.end(),
    reporter.say('Third.'),
    reporter.at(other.base).call(''),
  ]) {
    t.equal(await told(await call), '401 unauthorized')
  }
  const places = [
    ['listed_mailboxes', 'id'],
    ['listed_reporter_messages', 'mailbox_id'],
    ['staff_messages', 'mailbox_id'],
    ['listed_mailbox_batch_keys', 'mailbox_id'],
  ] as const
  for (const [table, column] of places) t.equal(await count(table, column, mailboxId), 0, table)
  const orphans = await asSuperuser(databaseUrl, (client) =>
    client.query(`SELECT FROM listed_batch_keys k
                   WHERE NOT EXISTS (SELECT FROM listed_reports r WHERE r.batch_id = k.batch_id)
                     AND NOT EXISTS (SELECT FROM listed_reporter_messages m WHERE m.batch_id = k.batch_id)
                     AND NOT EXISTS (SELECT FROM staff_messages s WHERE s.batch_id = k.batch_id)`),
  )
  t.equal(orphans.rowCount, 0, 'nor the keys that would have opened them')
  t.strictSame(await staff.open(reportId), opened, 'the report is as it was')
  await t.rejects(staff.write(reportId, 'Are you there?'), { message: 'gone' })
})

t.test('a message has 1 to 4,000 characters, counted as code points, and any character', async (t) => {
  const reporter = await newReporter(base)
  const texts = ['x', '😀'.repeat(4000), '\u202eمرحبا\n\t"\\', ' x ']
  for (const text of texts) t.equal((await reporter.say(text)).status, 201)
  for (const text of ['', ' ', '\u200b\n', '😀'.repeat(4001), 'a\u0000b', '\ud800']) {
    t.equal(await told(await reporter.say(text)), '400 validation')
  }
  for (const body of [{}, { text: 1 }, { text: 'x', deviceId: 'y' }, [], null]) {
    const response = await reporter.call('/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    t.equal(await told(response), '400 validation')
  }
  t.strictSame(
    (await reporter.read()).messages.map(({ text }) => text),
    texts,
    'all read back as they were sent',
  )
})

t.test('messages that come at once, at two instances, are numbered without gap or repeat', async (t) => {
  const reporter = await newReporter(base)
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  const answers = await Promise.all([
    ...Array.from({ length: 30 }, (_, i) => reporter.at(i % 2 ? base : other.base).say(`Text ${i}.`)),
    ...Array.from({ length: 5 }, async (_, i) => {
      await staff.write(reportId, `Answer ${i}.`)
      return undefined
    }),
  ])
  t.ok(answers.every((answer) => answer === undefined || answer.status === 201))
  const { messages } = await reporter.read()
  t.strictSame(
    messages.map(({ number }) => number),
    Array.from({ length: 35 }, (_, i) => i + 1),
  )
})

t.test('200 messages are taken, and then no more; a repeat is still answered', async (t) => {
  const reporter = await newReporter(base)
  for (let i = 0; i < 19; i++) await Promise.all(Array.from({ length: 10 }, () => reporter.say('More.')))
  const key = { 'idempotency-key': randomUUID() }
  for (let i = 0; i < 9; i++) await reporter.say('More.')
  // The last place, wanted by twins at two instances: whoever comes second must not be told that it is taken.
  const twins = await Promise.all(
    [base, other.base, base, other.base].map((at) => reporter.at(at).say('The last.', key)),
  )
  t.strictSame(
    twins.map(({ status }) => status),
    [201, 201, 201, 201],
  )
  t.equal(await told(await reporter.say('One too many.')), '422 limit-reached')
  t.equal(
    await told(await reporter.say('One too many.', { 'idempotency-key': randomUUID() })),
    '422 limit-reached',
  )
  t.equal(await told(await reporter.say('The last.', key)), '201')
  t.equal((await reporter.read()).messages.length, 200)
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  await staff.write(reportId, 'Staff can still answer.')
  t.equal((await reporter.read()).messages.length, 201)
})

t.test('the same key and bytes add one message, however often and wherever they arrive', async (t) => {
  const reporter = await newReporter(base)
  const key = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => reporter.at(i % 2 ? base : other.base).say('Once.', key)),
  )
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
  t.equal(new Set(bodies).size, 1)
  t.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
  t.equal((await reporter.read()).messages.length, 1)
  t.equal(await told(await reporter.say('Twice.', key)), '422 idempotency-mismatch')
  t.equal(
    await told(
      await reporter.call('/messages', {
        method: 'POST',
        headers: { ...key, 'content-type': 'application/json' },
        body: '{',
      }),
    ),
    '400 malformed-json',
  )
  t.equal(
    await told(await reporter.say('', key)),
    '422 idempotency-mismatch',
    'told before what is wrong with it',
  )
  for (const bad of ['short', 'x'.repeat(129), 'ä'.repeat(30), `${'x'.repeat(30)} `.replace(' ', '.')]) {
    const sent = { 'idempotency-key': Buffer.from(bad).toString('latin1') }
    t.equal(await told(await reporter.say('Once.', sent)), '400 validation')
  }
  const stranger = await newReporter(base)
  const theirs = await stranger.say('Once.', key)
  t.equal(theirs.status, 201)
  t.equal(theirs.headers.get('idempotency-replayed'), null, 'a key belongs to the receipt that it came with')
  await reporter.end()
  t.equal(
    await told(await reporter.say('Once.', key)),
    '401 unauthorized',
    'an ended mailbox answers nothing again',
  )
})

t.test('the same key and bytes add one report, twenty at once, and lead to one mailbox', async (t) => {
  const key = { 'idempotency-key': randomUUID() }
  const report = sampleReport()
  const send = (at: string) => postJson(`${at}/v1/reports`, report, key)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => send(i % 2 ? base : other.base)))
  const receipts = new Set(
    await Promise.all(answers.map(async (answer) => ((await answer.json()) as { receipt: string }).receipt)),
  )
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
  t.equal(receipts.size, 1)
  t.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
  await reporterAt(base, [...receipts][0] ?? '').read()
  t.equal(
    await told(await postJson(`${base}/v1/reports`, sampleReport({ language: 'cy' }), key)),
    '422 idempotency-mismatch',
  )
})

t.test('a client that goes away in the middle has its message once, and can ask for it again', async (t) => {
  const reporter = await newReporter(base)
  const key = { 'idempotency-key': randomUUID() }
  const body = JSON.stringify({ text: 'Lost on the way.' })
  const headers = { authorization: `Bearer ${reporter.receipt}`, 'content-type': 'application/json', ...key }
  const outgoing = request(`${base}/v1/mailbox/messages`, { method: 'POST', headers })
  outgoing.on('error', () => undefined)
  await asSuperuser(databaseUrl, async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE mailboxes')
    outgoing.end(body)
    await sleep(50)
    outgoing.destroy()
    await sleep(50)
    await client.query('ROLLBACK')
  })
  const again = await Promise.all([
    reporter.say('Lost on the way.', key),
    reporter.say('Lost on the way.', key),
  ])
  t.strictSame(
    again.map(({ status }) => status),
    [201, 201],
  )
  t.equal((await reporter.read()).messages.length, 1)
})

t.test('of a solution that was spent nothing is stored but a hash', async (t) => {
  const asking = await startTestService(t, {
    databaseUrl,
    keyringFile,
    environment: { CHALLENGE: 'always' },
  })
  const reporter = await newReporter(base)
  const challenge = (await (await fetch(`${asking.base}/v1/challenges`)).json()) as Challenge
  const solution = await solveChallenge({ challenge, deriveKey })
  const solved = btoa(JSON.stringify({ challenge, solution }))
  t.equal(await told(await reporter.at(asking.base).say('Solved.')), '403 challenge-required')
  t.equal(await told(await reporter.at(asking.base).say('Solved.', { 'challenge-solution': solved })), '201')
  t.equal(
    await told(await reporter.at(asking.base).say('Again.', { 'challenge-solution': solved })),
    '403 challenge-spent',
  )
  const stored = JSON.stringify(await contentsOf(databaseUrl))
  const { nonce, salt, keyPrefix, keySignature } = challenge.parameters
  for (const secret of [
    solved.slice(0, 40),
    nonce,
    salt,
    keyPrefix,
    keySignature,
    challenge.signature,
    solution?.derivedKey,
  ]) {
    const bytes = Buffer.from(String(secret))
    for (const form of [String(secret), bytes.toString('hex'), bytes.toString('base64').slice(0, -4)]) {
      t.notOk(stored.includes(form))
    }
  }
  t.match(stored, /"public.spent_challenges_(even|odd)":\["/, 'it was spent')
})

t.test('nothing that is stored leads back to a receipt', async (t) => {
  const reporter = await newReporter(base)
  await reporter.say('A text that nobody may find.')
  const stored = JSON.stringify(await contentsOf(databaseUrl))
  const { ed25519, x25519 } = keysOf(reporter.receipt)
  const secrets = [
    reporter.receipt,
    reporter.receipt.replaceAll('-', ''),
    reporter.receipt.replaceAll('-', '').slice(0, 26),
    'A text that nobody',
    Buffer.from('A text that nobody').toString('hex'),
    Buffer.from(reporter.receipt).toString('hex'),
    x25519.privateKey.toString('hex'),
    ed25519.privateKey.toString('hex'),
  ]
  for (const secret of secrets) t.notOk(stored.includes(secret))
  t.ok(stored.includes(x25519.publicKey.toString('hex')), 'the search would have found it')
})

t.end()
