import {
  categories,
  check,
  connect,
  isSottoError,
  mailbox,
  newKey,
  partner,
  prepare,
  report,
  triage,
  type Waiting,
} from '../../client/src/index.ts'
import { flakyProxy } from '../support/flakyProxy.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const proxy = await flakyProxy(t, service.base)
const waits: Waiting[] = []
const sotto = connect(proxy.base, { delay: 10, onWait: (why) => waits.push(why) })
const supervisor = triage(sotto, await service.token('supervisor'))

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function idsInList(): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of supervisor.each('/v1/triage/reports', { query: { limit: 200 } })) ids.push(id)
  return ids
}

/** The code of what is thrown; undefined where nothing is. */
async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (isSottoError(error) ? error.code : String(error)),
  )
}

t.test('a reporter reads, checks, sends, comes back, writes, adds an image and ends contact', async (t) => {
  const { items } = await categories(sotto)
  const category = items.find(({ attachments }) => attachments)?.slug ?? 'property-misuse'
  const draft = sampleReport({ category, narrative: 'I am the caretaker, and I saw twelve people go in.' })
  t.same(
    (await check(sotto, draft)).warnings.map(({ pointer }) => pointer),
    ['/narrative'],
  )
  const { receipt, notice } = await report(sotto, draft)
  t.ok(notice)

  const box = mailbox(sotto, ` “${receipt.toLowerCase().replaceAll('-', ' – ')}” `)
  t.equal(box.receipt, receipt)
  t.match(await box.read(), { messages: [], attachments: [], attachmentsAllowed: true })
  const message = await box.write('The mattresses went out on Tuesday.')
  const image = await box.attach(new Blob([pixel], { type: 'image/png' }))
  t.match(await box.read(), { messages: [message], attachments: [image] })
  await box.end()
  t.equal(await codeOf(box.read()), 'unauthorized')
})

t.test('whatever the network loses, one report arrives, and its receipt with it', async (t) => {
  const before = await idsInList()
  const came = proxy.came.length
  proxy.next('refused', 'answer-lost', 'answer-cut', 'bad-gateway')
  const { receipt } = await report(sotto, sampleReport())

  const tries = proxy.came.slice(came)
  t.equal(tries.length, 5)
  t.equal(new Set(tries.map(({ headers }) => headers['idempotency-key'])).size, 1, 'one key')
  t.equal(new Set(tries.map(({ body }) => body)).size, 1, 'the same bytes')
  t.equal((await idsInList()).length, before.length + 1)
  t.match(await mailbox(sotto, receipt).read(), { messages: [] })
  t.ok(waits.includes('no-answer'), 'the page was told')
})

t.test('what was given up goes on later, from the same bytes', async (t) => {
  const hasty = connect(proxy.base, { attempts: 1 })
  const before = await idsInList()
  const letter = prepare(sampleReport())
  proxy.next('answer-lost')
  t.equal(await codeOf(report(hasty, letter)), 'unreachable')
  await report(hasty, letter)
  t.equal((await idsInList()).length, before.length + 1)
})

t.test('messages, images and the end of contact come once as well', async (t) => {
  const { receipt } = await report(sotto, sampleReport({ category: 'property-misuse' }))
  const box = mailbox(sotto, receipt)
  proxy.next('answer-lost')
  await box.write('One more thing.')
  proxy.next('answer-lost')
  await box.attach(pixel)
  const { messages, attachments } = await box.read()
  t.same([messages.length, attachments.length], [1, 1])
  proxy.next('answer-lost')
  await box.end()
})

t.test('a page that is not from Sotto is no receipt', async (t) => {
  proxy.next('login-page')
  t.equal(await codeOf(report(sotto, sampleReport())), 'unexpected-answer')
})

t.test('a problem says its code, where and why', async (t) => {
  try {
    await report(sotto, { ...sampleReport(), narrative: '' })
    t.fail('it was taken')
  } catch (error) {
    if (!isSottoError(error, 'validation')) throw error
    t.equal(error.status, 400)
    t.match(error.errors, [{ pointer: '/narrative' }])
    t.match(error.message, '/narrative')
  }
  t.equal(await codeOf(mailbox(sotto, '0000-0000-0000-0000-0000-0000-0000').read()), 'unauthorized')
  t.equal(await codeOf(triage(sotto, 'nobody').get('/v1/triage/me')), 'unauthorized')
  const { key } = prepare(sampleReport())
  await report(sotto, { key, bytes: JSON.stringify(sampleReport()) })
  const other = {
    key,
    bytes: JSON.stringify(sampleReport({ narrative: 'Another text, under the same key.' })),
  }
  t.equal(await codeOf(report(sotto, other)), 'idempotency-mismatch')
})

t.test('an abort ends a call that waits, with the reason of whoever aborts', async (t) => {
  const reason = new Error('left the page')
  const controller = new AbortController()
  const patient = connect(proxy.base, { onWait: () => controller.abort(reason) })
  proxy.next('refused')
  await t.rejects(report(patient, sampleReport(), { signal: controller.signal }), reason)
})

t.test('under load', async (t) => {
  const guarded = await startTestService(t, { environment: { CHALLENGE: 'always', RATE_LIMIT: '12' } })
  const told: Waiting[] = []
  const loaded = connect(guarded.base, { patience: 500, onWait: (why) => told.push(why) })

  t.test('a challenge is solved without a word, and what was asked for is done once', async (t) => {
    const { receipt } = await report(loaded, sampleReport())
    t.same(told, ['challenge'])
    t.match(await mailbox(loaded, receipt).read(), { messages: [] })
  })

  t.test('who is to wait longer than there is patience is told at once', async (t) => {
    try {
      for (let call = 0; call < 12; call++) await categories(loaded)
      t.fail('all were let in')
    } catch (error) {
      if (!isSottoError(error, 'rate-limited')) throw error
      t.ok((error.retryAfter ?? 0) >= 1)
    }
  })
})

t.test('staff list, open, change by version and are told why not', async (t) => {
  await report(sotto, sampleReport())
  const [id = ''] = await idsInList()
  const reason = 'Erste Lektüre, 初読'
  const opened = await supervisor.get('/v1/triage/reports/{id}', { path: { id }, reason })
  t.equal(opened.body.id, id)
  const { etag = '' } = opened
  const changed = await supervisor.patch('/v1/triage/reports/{id}', {
    path: { id },
    ifMatch: etag,
    body: { status: 'screening' },
  })
  t.equal(changed.status, 200)
  t.not(changed.etag, etag)

  const stale = supervisor.patch('/v1/triage/reports/{id}', {
    path: { id },
    ifMatch: etag,
    body: { priority: 'low' },
  })
  t.equal(await codeOf(stale), 'precondition-failed')

  const key = newKey()
  const note = { path: { id }, body: { text: 'Seen.' }, key }
  const first = await supervisor.post('/v1/triage/reports/{id}/notes', note)
  const again = await supervisor.post('/v1/triage/reports/{id}/notes', note)
  t.same([first.isReplay, again.isReplay], [false, true])
  t.same(again.body, first.body)
})

t.test('a change by version whose answer is lost is not sent again unseen', async (t) => {
  const [id = ''] = await idsInList()
  const { etag = '' } = await supervisor.get('/v1/triage/reports/{id}', { path: { id } })
  proxy.next('answer-lost')
  const change = supervisor.patch('/v1/triage/reports/{id}', {
    path: { id },
    ifMatch: etag,
    body: { priority: 'high' },
  })
  t.equal(await codeOf(change), 'unreachable')
  t.equal((await supervisor.get('/v1/triage/reports/{id}', { path: { id } })).body.priority, 'high')
})

t.test('a list is walked to its end, page after page', async (t) => {
  await report(sotto, sampleReport())
  await report(sotto, sampleReport())
  const all = await idsInList()
  const paged: string[] = []
  for await (const { id } of supervisor.each('/v1/triage/reports', { query: { limit: 1 } })) paged.push(id)
  t.same(paged, all)
})

t.test('a partner agency reads what was sent to it, which is nothing yet', async (t) => {
  const housing = partner(sotto, async () => service.token('partner', { agency: 'housing' }))
  t.same((await housing.get('/v1/partner/disseminations')).body.items, [])
})

t.end()
