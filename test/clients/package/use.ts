import {
  categories,
  connect,
  events,
  exported,
  isSottoError,
  mailbox,
  type OpenMailbox,
  pastEvents,
  report,
  type Service,
  triage,
  type Waiting,
} from 'sotto-client'

/** A front end's whole life and a console's first minute, by the package as it is published, in Node and in a browser. */
export async function use(base: string, token: string, pixel: Uint8Array): Promise<string[]> {
  const waits: Waiting[] = []
  const sotto = connect(base, { onWait: (why) => waits.push(why) })
  const { box, did } = await reporter(sotto, pixel)
  const challenged = waits.includes('challenge') ? ['solved a challenge'] : []
  return [...challenged, ...did, ...(await staff(sotto, token)), ...(await end(box))]
}

async function reporter(sotto: Service, pixel: Uint8Array) {
  const { items } = await categories(sotto)
  const category = items.find(({ attachments }) => attachments)?.slug
  if (category === undefined) throw new Error('no category takes images')
  const { receipt } = await report(sotto, { category, narrative: 'Around twelve people live in one house.' })
  const box = mailbox(sotto, `Receipt: ${receipt.toLowerCase()}.`)
  await box.write('The mattresses went out on Tuesday.')
  await box.attach(new Blob([pixel.slice()], { type: 'image/png' }))
  const { messages, attachments } = await box.read()
  return { box, did: [`${messages.length} message, ${attachments.length} image`] }
}

async function staff(sotto: Service, token: string): Promise<string[]> {
  const caller = triage(sotto, token)
  const query = { status: ['received' as const], limit: 1 }
  for await (const { id } of caller.each('/v1/triage/reports', { query })) await screen(caller, id)
  let after = 0
  for await (const event of pastEvents(sotto, token))
    if (event.kind === 'report-changed') after = event.id - 1
  const did: string[] = []
  for await (const event of events(sotto, token, { after })) {
    did.push(event.kind)
    break
  }
  let taken = 0
  for await (const one of exported(sotto, token, { reason: 'Import' }))
    if (one.status === 'screening') taken++
  if (taken > 0) did.push('exported')
  return did
}

async function screen(caller: ReturnType<typeof triage>, id: string): Promise<void> {
  const path = { id }
  const { etag } = await caller.get('/v1/triage/reports/{id}', { path, reason: 'Première lecture' })
  if (etag === undefined) throw new Error('no version')
  const change = { path, ifMatch: etag, body: { status: 'screening' as const } }
  const changed = await caller.patch('/v1/triage/reports/{id}', change)
  // Two supervisors are needed for some changes: the first is told so by 202.
  if (changed.status !== 200) throw new Error('it waits for another')
}

async function end(box: OpenMailbox): Promise<string[]> {
  await box.end()
  try {
    await box.read()
  } catch (error) {
    if (!isSottoError(error)) throw error
    switch (error.code) {
      case 'unauthorized':
        return [`${error.status satisfies number}: contact has ended`]
      case 'validation':
        return error.errors.map(({ pointer, message }) => `${pointer} ${message}`)
      case 'unreachable':
        return [error.from satisfies 'client']
    }
  }
  return []
}

/** What must not compile. */
export function wrong(base: string): void {
  const caller = triage(connect(base), 'token')
  // @ts-expect-error no such category
  void report(connect(base), { category: 'gossip', narrative: 'Something.' })
  // @ts-expect-error no such call
  void caller.get('/v1/triage/gossip')
  // @ts-expect-error which report?
  void caller.get('/v1/triage/reports/{id}')
  // @ts-expect-error by which version?
  void caller.patch('/v1/triage/reports/{id}', { path: { id: '' }, body: { priority: 'high' } })
  // @ts-expect-error not a list
  void caller.each('/v1/triage/me')
}
