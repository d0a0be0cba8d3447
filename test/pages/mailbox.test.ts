import { once } from 'node:events'
import { connect } from 'node:net'
import { plain } from '../images/fixtures.ts'
import { keysOf } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { fieldsOf, open, type Page, post, press, textOf, wordsOf } from './browse.ts'

const service = await startTestService(t)
const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'

async function sent(category = 'environmental-crime'): Promise<Page> {
  let page = await press(service, await open(service, '/report'), { category })
  page = await press(service, page, { narrative })
  return press(service, page)
}

async function opened(receipt: string): Promise<Page> {
  return press(service, await open(service, '/mailbox'), { receipt })
}

function formOf({ html }: Page, act: string): string {
  return (
    [...html.matchAll(/<form\b.*?<\/form>/gs)]
      .map(([form]) => form)
      .find((form) => form.includes(`value="${act}"`)) ?? ''
  )
}

async function addImage(page: Page, image: Uint8Array): Promise<Page> {
  const form = new FormData()
  for (const [name, value] of fieldsOf(formOf(page, 'image'))) form.append(name, value)
  form.append('image', new Blob([image], { type: 'image/jpeg' }), 'my-holiday.jpg')
  const encoded = new Response(form)
  const answer = await service.app.inject({
    method: 'POST',
    url: '/mailbox',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    html: answer.body,
    bytes: answer.rawPayload.length,
  }
}

t.test('the receipt is typed once: then messages, a reply, a photo, and the end of contact', async (t) => {
  const receipt = wordsOf((await sent()).html, 'receipt')
  let page = await opened(receipt.toLowerCase().replaceAll('-', ' '))
  t.equal(page.status, 200)
  t.equal(page.bytes, 512 * 1024)
  t.match(textOf(page.html), /Nobody has read it yet\. You told us on \d{1,2} [A-Z][a-z]+ \d{4}\./)
  t.notMatch(page.html, receipt)
  const handle = /name="handle" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
  t.ok(handle.length > 50)

  page = await press(service, page, { text: 'They come <b>at</b> ten.' })
  t.match(page.html, 'They come &lt;b&gt;at&lt;/b&gt; ten.')
  page = await addImage(page, await plain(40, 30).jpeg().toBuffer())
  t.equal(page.status, 200)
  t.match(textOf(page.html), 'Your photo has been added')
  t.match(textOf(page.html), '1 of 10')
  const bad = await addImage(page, Buffer.from('no picture at all'))
  t.equal(bad.status, 400)
  t.match(textOf(bad.html), 'must be a JPEG, PNG or WebP')

  const headers = { authorization: `Bearer ${receipt}` }
  const { messages, attachments } = (await service.inject({ url: '/v1/mailbox', headers })).json()
  t.match(messages, [{ from: 'reporter', text: 'They come <b>at</b> ten.' }])
  t.equal(attachments.length, 1)

  const ended = await press(service, page, {}, 'govuk-button--warning')
  t.match(textOf(ended.html), 'Contact has ended')
  const again = await opened(receipt)
  t.equal(again.status, 401)
  t.match(textOf(again.html), 'No mailbox opens with this code')
})

t.test('a reply sent twice is one, and one too long comes back whole', async (t) => {
  const page = await opened(wordsOf((await sent()).html, 'receipt'))
  await press(service, page, { text: 'Only once.' })
  const twice = await press(service, page, { text: 'Only once.' })
  t.equal(twice.html.split('Only once.').length, 2)
  const long = await press(service, page, { text: 'ä'.repeat(4_001) })
  t.equal(long.status, 400)
  t.match(long.html, 'ä'.repeat(4_001))
  const strange = await press(service, page, { text: 'A\0B' })
  t.equal(strange.status, 400)
  t.match(textOf(strange.html), 'Check “Your message”: a character in it that we cannot keep')
})

t.test('a key of a page is good in its own mailbox alone, and only as a page makes it', async (t) => {
  const mine = await opened(wordsOf((await sent()).html, 'receipt'))
  const theirs = await opened(wordsOf((await sent()).html, 'receipt'))
  const key = /name="key" value="([^"]+)"/.exec(mine.html)?.[1] ?? ''
  await press(service, mine, { text: 'From one of two.' })
  const same = await press(service, theirs, { text: 'From one of two.', key })
  t.match(textOf(same.html), 'Your message has been sent')
  t.equal(same.html.split('From one of two.').length, 2, 'theirs, and in their own mailbox')
  const other = await press(service, await opened(wordsOf((await sent()).html, 'receipt')), {
    text: 'Something else.',
    key,
  })
  t.match(textOf(other.html), 'Your message has been sent', 'nobody learns that it was used elsewhere')
  t.notMatch(other.html, 'From one of two.')
  let page = mine
  for (const text of ['One with no key of ours.', 'Another.'])
    page = await press(service, mine, { text, key: 'a' })
  t.match(textOf(page.html), /has been sent.*Another\..*One with no key of ours\./)
})

t.test('contact that is ended twice has ended', async (t) => {
  const page = await opened(wordsOf((await sent()).html, 'receipt'))
  const ends = [1, 2].map(() => press(service, page, {}, 'govuk-button--warning'))
  for (const { html } of [
    ...(await Promise.all(ends)),
    await press(service, page, {}, 'govuk-button--warning'),
  ])
    t.match(textOf(html), 'Contact has ended')
})

t.test(
  'what was changed and sent again from an older page is not lost, and not said to be sent',
  async (t) => {
    const page = await opened(wordsOf((await sent()).html, 'receipt'))
    await press(service, page, { text: 'First answer.' })
    const other = await press(service, page, { text: 'Second, corrected answer.' })
    t.equal(other.status, 400)
    t.match(textOf(other.html), 'Your first message came. This one has not been sent yet')
    t.notMatch(textOf(other.html), 'Your message has been sent')
    t.match(other.html, /<textarea[^>]*>Second, corrected answer\.</)
    const both = await press(service, other)
    t.match(textOf(both.html), /has been sent.*Second, corrected answer\..*First answer\./)

    await addImage(page, await plain(40, 30).jpeg().toBuffer())
    const image = await addImage(page, await plain(41, 30).jpeg().toBuffer())
    t.match(textOf(image.html), /Your first photo came\. This one has not been added yet.*1 of 10/)
  },
)

t.test('photos can be added from the page of the receipt, and none where they are refused', async (t) => {
  const page = await press(service, await sent())
  t.match(textOf(page.html), 'Photos that you have added: 0 of 10')
  const refusing = await sent('child-sexual-exploitation')
  t.notMatch(refusing.html, 'name="handle"', 'nothing leads to them from the receipt')
  t.match(textOf((await opened(wordsOf(refusing.html, 'receipt'))).html), 'We cannot take photos')
})

t.test('a form without a photo is read to one MiB, and a page says when it is longer', async (t) => {
  const page = await post(service, '/mailbox', [['text', 'x'.repeat(1_100_000)]])
  t.equal(page.status, 413)
  t.match(page.headers['content-type'], 'text/html')
})

t.test('what acts in a message instead of being shown is made visible, and other scripts stay', async (t) => {
  const receipt = wordsOf((await sent()).html, 'receipt')
  const { write, reportOf } = staffOf(t, service)
  await write(await reportOf(keysOf(receipt).lookupId), 'Meet\u202E us\u009B31m\u2066 there\nשלום مرحبا')
  const { html } = await opened(receipt)
  t.match(html, 'Meet\uFFFD us\uFFFD31m\uFFFD there\nשלום مرحبا')
  t.notMatch(html, /[\u0080-\u009F\u202A-\u202E\u2066-\u2069]/)
})

t.test(
  'a slip of the pen, an unknown receipt and an old handle are each told, without what was typed',
  async (t) => {
    const page = await open(service, '/mailbox')
    t.match(
      textOf((await press(service, page, { receipt: 'ABC' })).html),
      'Enter your code. It must be 28 letters',
    )
    const unknown = await press(service, page, { receipt: '0000-0000-0000-0000-0000-0000-0000' })
    t.equal(unknown.status, 401)
    t.notMatch(unknown.html, '0000-0000')
    const old = await press(service, await sent(), { handle: 'x'.repeat(120) })
    t.match(textOf(old.html), 'closes after 15 minutes')
  },
)

t.test('a reply that was typed for longer than the mailbox stays open is still there', async (t) => {
  const receiptPage = await sent()
  const text = 'A fictional reply,\nwith "quotes" and <angles>'
  const send = async (fields: Record<string, string>) => {
    const answer = await fetch(`${service.base}/mailbox`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    })
    return { status: answer.status, body: await answer.text() }
  }
  const old = await send({ handle: 'x'.repeat(120), act: 'reply', text })
  t.equal(old.status, 400)
  t.match(old.body, 'name="typed"')
  t.notMatch(old.body, '<angles>', 'as text')
  const receipt = textOf(receiptPage.html).match(/(?:[0-9A-Z]{4}-\s*){6}[0-9A-Z]{4}/)?.[0] ?? ''
  const opened = await send({ receipt, typed: text })
  t.equal(opened.status, 200)
  t.match(
    opened.body,
    /<textarea[^>]*>A fictional reply,\nwith &quot;quotes&quot; and &lt;angles&gt;<\/textarea>/,
  )
})

const head = '--between\r\ncontent-disposition: form-data; name="handle"\r\n\r\nabc\r\n'
const image =
  '--between\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
const asMultipart = { 'content-type': 'multipart/form-data; boundary=between' }
const pagesWithPhotos = ['/mailbox', '/cy/mailbox', '/partner/', '/partner/report', '/partner/report/send']

t.test('a form with photos that is cut or is none is a bad request', async (t) => {
  const bodies: readonly (readonly [string, string, Record<string, string>])[] = [
    ['no boundary', head, { 'content-type': 'multipart/form-data' }],
    ['nothing of the kind', 'abc', asMultipart],
    ['a part whose head is cut', '--between\r\ncontent-disposition: form-d', asMultipart],
    ['a field that is cut', head.slice(0, -4), asMultipart],
    ['an image that is not closed', `${head}${image}`, asMultipart],
    ['an image that is cut', `${head}${image}${'x'.repeat(2_000)}`, asMultipart],
  ]
  for (const url of pagesWithPhotos)
    for (const [what, payload, headers] of bodies) {
      const { statusCode } = await service.app.inject({ method: 'POST', url, payload, headers })
      t.ok(statusCode >= 400 && statusCode < 500, `${what} at ${url}: ${statusCode}`)
    }
})

t.test('an upload that breaks off leaves no line', async (t) => {
  const before = service.logLines.length
  const { port } = new URL(service.base)
  for (const url of pagesWithPhotos) {
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    const gone = once(socket, 'close')
    socket.write(
      `POST ${url} HTTP/1.1\r\nhost: a\r\ncontent-type: ${asMultipart['content-type']}\r\ncontent-length: 90000\r\n\r\n${head}${image}`,
      () => socket.resetAndDestroy(),
    )
    await gone
  }
  // What came before them has been answered when this has.
  await open(service, '/mailbox')
  t.same(service.logLines.slice(before), [])
})

t.end()
