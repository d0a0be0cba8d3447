import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { newRawKeyPair } from '../../src/crypto/rawKeys.ts'
import { signAttestation } from '../../src/crypto/sign.ts'
import { organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import { seal } from '../../src/domain/envelope/seal.ts'
import { attestationOf } from '../../src/domain/envelope/signing.ts'
import { statedOfDraft } from '../../src/domain/mailbox/statedOf.ts'
import type { Conversation, ConversationMessage, MessageLock } from '../../src/schemas/conversation.ts'
import type { Report } from '../../src/schemas/report.ts'
import { safetyMessages } from '../../src/vocabulary/standing.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const triagerToken = await service.token('triager', { name: 'Tam' })
const tam = callerWith(service, triagerToken)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const sadeAgain = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const staff = staffOf(t, service)

const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(service.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows)

const question = 'Thank you. Is anybody in danger at the moment, as far as you know?'
const standing = 'Do not investigate or take risks'

/** A report whose reporter still has the receipt, and the calls about it. */
async function talk(report: Partial<Report> = {}) {
  const reporter = await newReporter(service.base, report)
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  const path = `/v1/triage/reports/${reportId}/messages`
  return {
    reporter,
    reportId,
    path,
    list: async (query = '') => (await tam.call<Conversation>('GET', `${path}${query}`)).body,
    write: async (text: string, expect = 201, by = tam) =>
      by.call<ConversationMessage>('POST', path, { body: { text }, expect }),
    decide: async (id: string, body: object = { approved: true }, expect = 200, by = sade) =>
      by.call<ConversationMessage>('POST', `${path}/${id}/approval`, { version: 1, body, expect }),
    unlock: async (reason = 'Advice was taken.', expect = 200) =>
      sade.call<MessageLock>('POST', `${path}/unlock`, { body: { reason }, expect }),
    unread: async () =>
      (await tam.call<{ unreadMessages: number }>('GET', `/v1/triage/reports/${reportId}`)).body
        .unreadMessages,
    flags: async () =>
      (await tam.call<{ flags: string[] }>('GET', `/v1/triage/reports/${reportId}`)).body.flags,
    inMailbox: async () => (await reporter.read()).messages.map(({ text }) => text),
  }
}

t.test('a message goes out once a supervisor who did not write it approves it', async (t) => {
  const at = await talk()
  await at.reporter.say('It is worse at weekends.')
  const { body: draft, headers } = await at.write(question)
  t.match(draft, { from: 'staff', status: 'pending', text: question, warnings: [], version: 1 })
  t.equal(headers.get('etag'), '"1"')
  t.strictSame(await at.inMailbox(), ['It is worse at weekends.'], 'the reporter sees nothing of a draft')

  const unconditional = await sade.call('POST', `${at.path}/${draft.id}/approval`, {
    body: { approved: true },
    expect: 428,
  })
  t.equal(unconditional.code, 'precondition-required')
  const { body: sent } = await at.decide(draft.id)
  t.match(sent, { status: 'sent', number: 2, sentOn: /^\d{4}-/, version: 1 })
  t.ok(sent.text.startsWith(question) && sent.text.includes(standing))
  t.strictSame(await at.inMailbox(), ['It is worse at weekends.', sent.text])
  t.strictSame((await at.decide(draft.id)).body, sent, 'the same again changes nothing')
  const late = await at.decide(draft.id, { approved: false, reason: 'Changed my mind.' }, 409)
  t.equal(late.code, 'conflict', 'what is sent cannot be refused')

  const { items, locked, ended } = await at.list()
  t.strictSame(
    items.map(({ from, number }) => `${number} ${from}`),
    ['1 reporter', '2 staff'],
  )
  t.strictSame([locked, ended], [false, false])
})

t.test(
  'nobody approves what they wrote, even with a second token, and a triager approves nothing',
  async (t) => {
    const at = await talk()
    const { body: draft } = await at.write(question, 201, sade)
    for (const herself of [sade, sadeAgain]) {
      t.equal((await at.decide(draft.id, { approved: true }, 403, herself)).code, 'four-eyes')
    }
    t.equal((await at.decide(draft.id, { approved: true }, 403, tam)).code, 'forbidden')
    t.equal((await at.decide(draft.id, { approved: true }, 200, bea)).body.status, 'sent')
  },
)

t.test('nobody approves what they wrote under another’s hand', async (t) => {
  const at = await talk()
  const { body: first } = await at.write(question, 201, bea)
  const refusal = { approved: false, reason: 'Say it otherwise.' }
  for (const text of [question, `${question.toUpperCase()}!`, question.replaceAll('a', '\u0430')]) {
    const { body: again } = await at.write(text)
    t.equal((await at.decide(again.id, { approved: true }, 403, bea)).code, 'four-eyes', 'saved again')
  }
  await at.decide(first.id, refusal)
  const rewritten = await tam.call<ConversationMessage>('POST', at.path, {
    body: { text: 'Thank you. Are you safe?', origin: first.id },
    expect: 201,
  })
  t.equal(rewritten.body.authors?.length, 2)
  t.equal((await at.decide(rewritten.body.id, { approved: true }, 403, bea)).code, 'four-eyes', 'rewritten')
  const { body: sent } = await at.decide(rewritten.body.id)
  t.strictSame(await at.inMailbox(), [sent.text])
  const { body: repeated } = await at.write('Thank you. Are you safe?', 201, bea)
  t.equal((await at.decide(repeated.id, { approved: true }, 403, bea)).code, 'four-eyes')
  const { body: copied } = await at.write('Thank you: are you safe?')
  t.equal((await at.decide(copied.id, { approved: true }, 403, bea)).code, 'four-eyes', 'sent before')
  const origin = { text: 'Hello.', origin: randomUUID() }
  await tam.call('POST', at.path, { body: origin, expect: 400 })
  t.notMatch(JSON.stringify(await at.reporter.read()), /authors|origin/, 'the reporter learns of no author')
})

t.test('a refusal says why, and is final', async (t) => {
  const at = await talk()
  const { body: draft } = await at.write(question)
  t.equal((await at.decide(draft.id, { approved: false }, 400)).code, 'validation')
  const refusal = { approved: false, reason: 'We have asked this before.' }
  t.equal((await at.decide(draft.id, refusal)).body.status, 'refused')
  t.equal((await at.decide(draft.id, refusal)).body.status, 'refused')
  t.equal((await at.decide(draft.id, { approved: true }, 409)).code, 'conflict')
  t.strictSame(await at.inMailbox(), [])
})

t.test('what repeats the report is not sent, and what tasks the reporter only with a reason', async (t) => {
  const at = await talk({
    narrative: 'A man called Dorin sells them from a silver van behind the Osier Arms.',
    entities: [{ kind: 'vehicle', registration: 'ZZ99 ZZZ' }],
  })
  const { body: repeating } = await at.write('Did you see zz99zzz again?')
  t.strictSame(repeating.warnings, [{ code: 'repeats-identifier', start: 12, end: 19 }])
  const refused = await sade.call<{ code: string; errors: { pointer: string; code: string }[] }>(
    'POST',
    `${at.path}/${repeating.id}/approval`,
    { version: 1, body: { approved: true, reason: 'It is needed.' }, expect: 409 },
  )
  t.match(refused.body, { code: 'conflict', errors: [{ pointer: '/text', code: 'repeats-identifier' }] })
  t.notMatch(JSON.stringify(refused.body), /zz99/i)

  const { body: asking } = await at.write('Please find out what time it begins.')
  t.match(asking.warnings, [{ code: 'tasking' }])
  t.equal((await at.decide(asking.id, { approved: true }, 400)).code, 'validation')
  const reasoned = { approved: true, reason: 'Means: from the notice that is on the public board.' }
  t.equal((await at.decide(asking.id, reasoned)).body.status, 'sent')
  t.equal((await at.inMailbox()).length, 1)
})

t.test('unread messages are counted until they are read, in the box and out of it', async (t) => {
  const at = await talk()
  await at.reporter.say('One.')
  await at.reporter.say('Two.')
  t.equal(await at.unread(), 2)
  const { items } = await at.list('?limit=1')
  t.equal(items.length, 1)
  t.equal(await at.unread(), 1, 'what was not shown is unread')
  await at.list()
  t.equal(await at.unread(), 0)
  const { body } = await tam.call<{ items: { id: string; unreadMessages: number }[] }>(
    'GET',
    '/v1/triage/reports?limit=200',
  )
  t.equal(body.items.find(({ id }) => id === at.reportId)?.unreadMessages, 0)
  const left = await sql('SELECT id FROM box_reporter_messages WHERE report_id = $1', [at.reportId])
  t.strictSame(left, [], 'they have left the box')
  t.strictSame(await at.inMailbox(), ['One.', 'Two.'], 'and their reporter still opens them')
})

t.test(
  'while somebody is at the mailbox a conversation is read as it lies there, and nothing counts as read',
  async (t) => {
    const at = await talk()
    await at.reporter.say('It is worse at weekends.')
    const boxed = () => sql('SELECT FROM box_reporter_messages WHERE report_id = $1', [at.reportId])
    await asSuperuser(service.databaseUrl, async (client) => {
      await client.query('BEGIN')
      await client.query('SELECT take_mailbox_turn($1)', [at.reporter.keys.lookupId])
      t.match(await at.list(), { items: [{ text: 'It is worse at weekends.' }], locked: false, ended: false })
      t.equal(await at.unread(), 1)
      t.equal((await boxed()).length, 1)
      await client.query('COMMIT')
    })
    t.match(await at.list(), { items: [{ text: 'It is worse at weekends.' }] })
    t.equal(await at.unread(), 0)
    t.equal((await boxed()).length, 0)
  },
)

t.test('a page at a time, both sides in order', async (t) => {
  const at = await talk()
  await at.reporter.say('One.')
  const { body: draft } = await at.write(question)
  await at.decide(draft.id)
  await at.reporter.say('Two.')
  const { body: pending } = await at.write(question)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page: Conversation = await at.list(`?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    seen.push(
      ...page.items.map(({ id, from, number }) => (id === pending.id ? 'draft' : `${number} ${from}`)),
    )
    cursor = page.nextCursor
  } while (cursor !== undefined)
  t.strictSame(seen, ['1 reporter', '2 staff', '3 reporter', 'draft'])
  await tam.call('GET', `${at.path}?cursor=x`, { expect: 400 })
})

t.test(
  'after three messages of the reporter all is locked until a supervisor unlocks with a reason',
  async (t) => {
    const at = await talk()
    const { body: earlier } = await at.write(question)
    for (const text of ['One.', 'Two.', 'Three.']) await at.reporter.say(text)
    t.equal((await at.write(question, 409)).code, 'locked')
    t.strictSame(await at.flags(), ['chisReview'], 'the refusal leaves the flag behind')
    t.equal((await at.decide(earlier.id, { approved: true }, 409)).code, 'locked')
    t.match(await at.list(), { locked: true, lockedFor: ['replies'] })

    await sql('UPDATE reports SET chis_review = false WHERE id = $1', [at.reportId])
    t.equal(
      (await at.write(question, 409)).code,
      'locked',
      'clearing the flag behind the service lifts nothing',
    )

    await tam.call('POST', `${at.path}/unlock`, { body: { reason: 'No.' }, expect: 403 })
    await sade.call('POST', `${at.path}/unlock`, { body: {}, expect: 400 })
    t.strictSame((await at.unlock()).body, { locked: false, lockedFor: [] })
    t.strictSame((await at.unlock()).body, { locked: false, lockedFor: [] }, 'the same again changes nothing')
    t.strictSame(await at.flags(), [])
    t.equal((await at.decide(earlier.id)).body.status, 'sent')
    await at.reporter.say('Four.')
    await at.write(question)
    t.equal((await at.list()).locked, false, 'the counter starts anew')

    const { body } = await sade.call<{ items: { target: string; reason?: string }[] }>(
      'GET',
      `/v1/triage/reports/${at.reportId}/history?limit=200`,
    )
    const unlocks = body.items.filter(({ target }) => target.endsWith('/messages/unlock'))
    t.strictSame(
      unlocks.map(({ reason }) => reason),
      ['Advice was taken.'],
    )
    t.ok(body.items.some(({ target }) => target.endsWith('/messages/lock/replies')))
  },
)

t.test('REPLY_LIMIT says how many', async (t) => {
  const { databaseUrl, keyringFile } = service
  const strict = await startTestService(t, { databaseUrl, keyringFile, environment: { REPLY_LIMIT: '1' } })
  const caller = callerWith(strict, await strict.token('triager'))
  const at = await talk()
  await at.reporter.say('One.')
  const { code } = await caller.call('POST', at.path, { body: { text: question }, expect: 409 })
  t.equal(code, 'locked')
})

t.test('signs of a child, or of a relationship with the subject, lock at once', async (t) => {
  const lockedFor = async (report: Partial<Report>, ...said: string[]) => {
    const at = await talk(report)
    for (const text of said) await at.reporter.say(text)
    t.equal((await at.write(question, 409)).code, 'locked')
    return (await at.list()).lockedFor
  }
  t.strictSame(await lockedFor({}, "I'm 14 and scared."), ['under-18'])
  t.strictSame(await lockedFor({ narrative: "I'm in year 9 and they sell to people in my class." }), [
    'under-18',
  ])
  t.strictSame(await lockedFor({}, "Dw i'n 14 oed."), ['under-18'])
  t.strictSame(await lockedFor({}, 'He told me again where it is.'), ['relationship'])
  t.strictSame(await lockedFor({}, 'I asked her about it.', 'He showed me the room.'), ['relationship'])
  const once = await talk()
  await once.reporter.say('I asked her about it.')
  await once.write(question)
  t.equal((await once.list()).locked, false, 'once is not again')
})

t.test('what the reporter says between draft and approval counts', async (t) => {
  const at = await talk()
  const { body: draft } = await at.write(question)
  await at.reporter.say('Next time I see him I will ask.')
  t.equal((await at.decide(draft.id, { approved: true }, 409)).code, 'locked')
  t.equal((await at.decide(draft.id, { approved: false, reason: 'Locked.' })).body.status, 'refused')
})

t.test('the fixed safety messages go out at once, whatever is locked', async (t) => {
  const at = await talk()
  await at.reporter.say("I'm 12.")
  t.equal((await at.list()).locked, true)
  const { safetyMessages: offered } = await at.list()
  t.strictSame(offered, safetyMessages)
  for (const { text } of offered) {
    const { body } = await at.write(text)
    t.match(body, { status: 'sent' })
  }
  const received = (await at.inMailbox()).slice(1)
  t.equal(received.length, offered.length)
  t.ok(received.every((text) => text.includes(standing)))
  t.equal((await at.write(`${offered[0]?.text} Also, who is he?`, 409)).code, 'locked', 'only as they are')
})

t.test('a Welsh report is answered with the standing words in both languages', async (t) => {
  const at = await talk({ language: 'cy' })
  const { body: draft } = await at.write('Diolch. A oes rhywun mewn perygl?')
  const { body: sent } = await at.decide(draft.id)
  t.match(sent.text, /Peidiwch ag ymchwilio na mentro/)
  t.ok(sent.text.includes(standing))
})

t.test('after the reporter has ended contact there is nobody to write to', async (t) => {
  const at = await talk()
  await at.reporter.say('One.')
  const { body: draft } = await at.write(question)
  await at.reporter.end()
  const [safety] = safetyMessages
  for (const text of [question, safety?.text ?? '']) t.equal((await at.write(text, 410)).code, 'gone')
  t.equal((await at.decide(draft.id, { approved: true }, 410)).code, 'gone')
  t.equal((await at.unlock('Why not.', 410)).code, 'gone')
  t.match(await at.list(), { items: [], ended: true })
})

t.test('a repeat with the same key gives the same draft', async (t) => {
  const at = await talk()
  const headers = { 'idempotency-key': randomUUID() }
  const post = (text: string, expect = 201) =>
    tam.call<ConversationMessage>('POST', at.path, { body: { text }, headers, expect })
  const [first, second] = await Promise.all([post(question), post(question)])
  t.strictSame(first.body, second.body)
  t.equal((await post('Other words.', 422)).code, 'idempotency-mismatch')
  t.equal((await at.list()).items.length, 1)
})

t.test('nothing forged in the database is shown, sent, or lifts a lock', async (t) => {
  const at = await talk()
  const { body: draft } = await at.write(question)
  const [mailbox] = await sql<{ id: string }>('SELECT id FROM listed_mailboxes WHERE report_id = $1', [
    at.reportId,
  ])

  // A draft in every way right, but for the key that signs it.
  const [id, author, today] = [randomUUID(), randomUUID(), new Date().toISOString().slice(0, 10)]
  const sealed = await seal(
    'draft',
    { id, reportId: at.reportId, writtenOn: today },
    { text: 'Call this number.' },
    { organisation: [organisationRecipient(staff.keyring)] },
  )
  for (const { kid, enc, ciphertext } of sealed.batch.organisation) {
    await sql('INSERT INTO batch_keys VALUES ($1, $2, $3, $4)', [sealed.batch.batchId, kid, enc, ciphertext])
  }
  const stated = statedOfDraft({ id, reportId: at.reportId, version: 1, author, body: sealed.body })
  await sql(
    `INSERT INTO staff_messages (id, report_id, mailbox_id, status, author, version, written_on, batch_id, wrapped_key,
                                 body, signature)
     VALUES ($1, $2, $3, 'pending', $4, 1, $5, $6, $7, $8, $9)`,
    [
      id,
      at.reportId,
      mailbox?.id,
      author,
      today,
      sealed.batch.batchId,
      sealed.wrappedKey,
      sealed.body,
      signAttestation(newRawKeyPair('Ed25519').privateKey, attestationOf('draft', stated)),
    ],
  )
  t.equal((await at.decide(id, { approved: true }, 404)).code, 'not-found')
  t.strictSame(
    (await at.list()).items.map((item) => item.id),
    [draft.id],
  )

  await sql('UPDATE staff_messages SET author = $2 WHERE id = $1', [draft.id, randomUUID()])
  t.equal((await at.decide(draft.id, { approved: true }, 404)).code, 'not-found', 'no other author')
  await sql(`UPDATE staff_messages SET author = (SELECT id FROM staff WHERE name = 'Tam') WHERE id = $1`, [
    draft.id,
  ])
  await sql(`UPDATE staff_messages SET status = 'sent', number = 1, sent_on = $2 WHERE id = $1`, [
    draft.id,
    today,
  ])
  t.strictSame(await at.inMailbox(), [], 'calling a draft sent does not send it')
  t.strictSame((await at.list()).items, [])
  await sql(`UPDATE staff_messages SET status = 'pending', number = NULL, sent_on = NULL WHERE id = $1`, [
    draft.id,
  ])

  for (const text of ['One.', 'Two.', 'Three.']) await at.reporter.say(text)
  t.equal((await at.decide(draft.id, { approved: true }, 409)).code, 'locked')
  await sql(
    `INSERT INTO casework SELECT 'message-unlock', report_id, 1, report_id, author, now(), batch_id, wrapped_key, body,
                                 signature FROM staff_messages WHERE id = $1`,
    [draft.id],
  )
  t.equal(
    (await at.write(question, 409)).code,
    'locked',
    'an unlock that the service did not sign unlocks nothing',
  )
  await at.unlock()

  // Once sent, it can be put back to be sent again: it is not.
  const [kept] = await sql<Record<string, unknown>>('SELECT * FROM staff_messages WHERE id = $1', [draft.id])
  const keys = await sql<Record<string, unknown>>('SELECT * FROM batch_keys WHERE batch_id = $1', [
    kept?.batch_id,
  ])
  t.equal((await at.decide(draft.id)).body.status, 'sent')
  const old = await sql('SELECT * FROM batch_keys WHERE batch_id = $1', [kept?.batch_id])
  t.strictSame(old, [], 'the key of the draft is destroyed')
  for (const { batch_id, kid, enc, ciphertext } of keys) {
    await sql('INSERT INTO batch_keys VALUES ($1, $2, $3, $4)', [batch_id, kid, enc, ciphertext])
  }
  await sql(
    `UPDATE staff_messages SET status = 'pending', number = NULL, sent_on = NULL, batch_id = $2, wrapped_key = $3,
            body = $4, signature = $5 WHERE id = $1`,
    [draft.id, kept?.batch_id, kept?.wrapped_key, kept?.body, kept?.signature],
  )
  t.equal((await at.decide(draft.id, { approved: true }, 404)).code, 'not-found')
})

t.test('a message that was re-pointed goes nowhere', async (t) => {
  const [at, other] = [await talk(), await talk()]
  const { body: draft } = await at.write(question)
  await other.list()
  await sql('UPDATE staff_messages SET report_id = $2 WHERE id = $1', [draft.id, other.reportId])
  t.equal((await other.decide(draft.id, { approved: true }, 404)).code, 'not-found')
  await sql('UPDATE staff_messages SET report_id = $2 WHERE id = $1', [draft.id, at.reportId])
  const stranger = newRawKeyPair('X25519').publicKey
  await sql('UPDATE mailboxes SET sealing_key = $2 WHERE report_id = $1', [at.reportId, stranger])
  t.equal((await at.decide(draft.id, { approved: true }, 409)).code, 'conflict')
  t.equal((await at.write(question, 409)).code, 'conflict')
})

t.test('a report that one may not see has no conversation', async () => {
  const at = await talk({ category: 'other-serious-crime', subcategories: ['corruption'] })
  await tam.call('GET', at.path, { expect: 404 })
  await at.write(question, 404)
})

t.test('a reporter who ends contact while staff write for the first time is not in their way', async (t) => {
  for (let round = 0; round < 10; round += 1) {
    const at = await talk()
    await at.reporter.say('One.')
    const [written, ended] = await Promise.all([
      patientFetch(`${service.base}${at.path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${triagerToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: question }),
      }),
      at.reporter.end(),
    ])
    t.ok([201, 410].includes(written.status), `${written.status}`)
    t.equal(ended.status, 204)
    const left = await sql('SELECT id FROM staff_messages WHERE report_id = $1', [at.reportId])
    t.strictSame(left, [])
  }
})

t.end()
