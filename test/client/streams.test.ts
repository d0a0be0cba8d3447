import {
  connect,
  events,
  exported,
  isSottoError,
  pastEvents,
  report,
  type StaffEvent,
  triage,
} from '../../client/src/index.ts'
import { flakyProxy } from '../support/flakyProxy.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const proxy = await flakyProxy(t, service.base)
const sotto = connect(proxy.base, { delay: 10 })
const token = await service.token('supervisor')
const supervisor = triage(sotto, token)

await report(sotto, sampleReport())
await report(sotto, sampleReport())
const ids: string[] = []
for await (const { id } of supervisor.each('/v1/triage/reports')) ids.push(id)
const [id = ''] = ids

/** Writes a note, which is an event. */
async function note(): Promise<void> {
  await supervisor.post('/v1/triage/reports/{id}/notes', { path: { id }, body: { text: 'Seen.' } })
}

async function past(after?: number): Promise<StaffEvent[]> {
  const all: StaffEvent[] = []
  for await (const event of pastEvents(sotto, token, after === undefined ? {} : { after })) all.push(event)
  return all
}

t.test('an import takes what happened, and the next one what happened since', async (t) => {
  await note()
  await note()
  const all = await past()
  t.ok(all.length >= 2)
  t.ok(all.every((event) => event.id > 0))
  const after = all.at(-1)?.id ?? 0
  t.same(await past(after), [])
  await note()
  t.equal((await past(after)).length, 1)
})

t.test('a stream goes on after a break where it was, and misses nothing', async (t) => {
  const after = (await past()).at(-1)?.id ?? 0
  for (let count = 0; count < 3; count++) await note()
  const seen: number[] = []
  for await (const event of events(sotto, token, { after })) {
    seen.push(event.id)
    if (seen.length === 2) {
      proxy.next('refused', 'bad-gateway')
      proxy.breakLines()
    }
    if (seen.length === 3) break
  }
  t.same(
    seen,
    (await past(after)).map((event) => event.id),
  )
})

t.test('a stream ends by the signal of its reader, and throws where the token opens nothing', async (t) => {
  const reason = new Error('closed')
  const controller = new AbortController()
  const after = (await past()).at(-1)?.id ?? 0
  await note()
  const reading = (async () => {
    for await (const _ of events(sotto, token, { after, signal: controller.signal })) controller.abort(reason)
  })()
  await t.rejects(reading, reason)
  const refused = (async () => {
    for await (const _ of events(sotto, 'nobody')) t.fail('no event for nobody')
  })()
  await t.rejects(refused, { code: 'unauthorized' })
})

t.test('an export gives every report, and says if it was cut', async (t) => {
  const taken: string[] = []
  for await (const one of exported(sotto, token, { reason: 'Import' })) taken.push(one.id)
  t.same(taken.toSorted(), ids.toSorted())

  proxy.next('answer-cut')
  const cut = (async () => {
    for await (const one of exported(sotto, token, { reason: 'Import' })) t.ok(one.id)
  })()
  await t.rejects(cut)
  t.ok(await cut.catch((error: unknown) => isSottoError(error, 'cut-short')))
})

t.end()
