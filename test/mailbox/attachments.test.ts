import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import sharp from 'sharp'
import type { Mailbox } from '../../src/schemas/mailbox.ts'
import {
  chunk,
  exif,
  plain,
  pngOf,
  profile,
  segment,
  withChunks,
  withRiffChunks,
  withSegments,
  zeros,
} from '../images/fixtures.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { newReporter, type Reporter, told } from './reporter.ts'
import { staffOf } from './staff.ts'

const service = await startTestService(t)
const { base, databaseUrl, keyringFile } = service
const other = await startTestService(t, { databaseUrl, keyringFile })
const staff = staffOf(t, service)
const today = new Date().toISOString().slice(0, 10)
const mebibyte = 1024 * 1024

const bearer = async (
  role: Parameters<typeof service.token>[0],
  as: { name?: string } = {},
  at = service,
) => ({
  authorization: `Bearer ${await at.token(role, as)}`,
})
const [triager, supervisor] = [await bearer('triager'), await bearer('supervisor', { name: 'Sue' })]
const [sueAgain, second] = [await bearer('supervisor', { name: 'Sue' }), await bearer('supervisor')]

interface Listed {
  id: string
  mediaType: string
  bytes: number
  receivedOn: string
  quarantined: boolean
  destruction?: object
}

const pathOf = async (reporter: Reporter) =>
  `${base}/v1/triage/reports/${await staff.reportOf(reporter.keys.lookupId)}/attachments`
const get = (url: string, headers: Record<string, string> = triager, method = 'GET') =>
  patientFetch(url, { method, headers })
const listAt = async (path: string) => ((await (await get(path)).json()) as { items: Listed[] }).items

const small = await plain(64, 48).jpeg().toBuffer()
const thumbnail = await plain(16, 12, '#00ff00').jpeg().toBuffer()
const canary = /CANARY|http:\/\/ns\.adobe\.com|Exif|ICC_PROFILE|iCCP|EXIF|XMP /

/** What a telephone and its programs may write into each kind of image. */
async function telling(): Promise<Record<string, Buffer>> {
  const facts = exif(6, thumbnail)
  const xmp = '<x:xmpmeta><dc:creator>CANARY-xmp</dc:creator></x:xmpmeta>'
  const jpeg = withSegments(
    await plain(64, 48).withIccProfile('p3').jpeg().toBuffer(),
    segment(0xe1, 'Exif\0\0', facts),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', xmp),
    segment(0xe2, 'ICC_PROFILE\0\x01\x01', await profile()),
    segment(0xed, 'Photoshop 3.0\0', 'CANARY-iptc'),
    segment(0xfe, 'CANARY-comment'),
  )
  const png = withChunks(
    await plain(64, 48).png().toBuffer(),
    chunk('eXIf', facts),
    chunk('tEXt', 'Author\0CANARY-text'),
    chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', xmp),
    chunk('tIME', Buffer.from([7, 234, 11, 24, 9, 30, 1])),
  )
  const webp = withRiffChunks(
    await sharp(await plain(64, 48).png().toBuffer())
      .withIccProfile('p3')
      .webp()
      .toBuffer(),
    0x0c,
    {
      EXIF: 'CANARY-exif',
      'XMP ': xmp,
    },
  )
  const trailing = Buffer.from('CANARY-trailing')
  return {
    'image/jpeg': Buffer.concat([jpeg, trailing]),
    'image/png': Buffer.concat([png, trailing]),
    'image/webp': Buffer.concat([webp, trailing]),
  }
}

t.test('of an image nothing but its pixels arrives, from the reporter to staff', async (t) => {
  const reporter = await newReporter(base)
  const path = await pathOf(reporter)
  const images = await telling()
  const answers: Mailbox['attachments'] = []
  for (const [type, image] of Object.entries(images)) {
    t.match(image.toString('latin1'), /CANARY/)
    const answer = await reporter.attach(image, type)
    t.equal(answer.status, 201, type)
    t.equal(answer.headers.get('location'), null)
    answers.push((await answer.json()) as Mailbox['attachments'][number])
  }
  t.strictSame(
    answers.map((answer) => [Object.keys(answer), answer.mediaType]),
    Object.keys(images).map((type) => [['id', 'mediaType', 'bytes'], type]),
  )
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  t.strictSame((await reporter.at(other.base).read()).attachments.sort(byId), answers.toSorted(byId))
  const listed = await listAt(path)
  t.strictSame(
    listed.toSorted(byId),
    answers.map((answer) => ({ ...answer, receivedOn: today, quarantined: false })).sort(byId),
  )
  for (const { id, mediaType, bytes } of listed) {
    const response = await get(`${path}/${id}`)
    const image = Buffer.from(await response.arrayBuffer())
    t.equal(image.length, bytes)
    t.notMatch(image.toString('latin1'), canary, mediaType)
    t.notOk(image.includes(thumbnail.subarray(20)))
    const { format, width, height, exif, icc, xmp, iptc, orientation } = await sharp(image).metadata()
    t.strictSame(
      { format, exif, icc, xmp, iptc, orientation },
      {
        format: mediaType.slice(6),
        exif: undefined,
        icc: undefined,
        xmp: undefined,
        iptc: undefined,
        orientation: undefined,
      },
    )
    t.strictSame(
      [width, height],
      mediaType === 'image/jpeg' ? [48, 64] : [width, height],
      'turned upright first',
    )
  }
})

t.test('an image goes out to be looked at and nothing else', async (t) => {
  const reporter = await newReporter(base)
  await reporter.attach(small)
  const path = await pathOf(reporter)
  const [image] = await listAt(path)
  const response = await get(`${path}/${image?.id}`, {
    ...triager,
    'audit-reason': 'To read the number plate.',
  })
  t.equal(response.status, 200)
  t.match(Object.fromEntries(response.headers), {
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="${image?.id}.jpg"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-length': String(image?.bytes),
  })
  t.equal((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width, 64)
  t.equal(await told(await get(`${path}/${randomUUID()}`)), '404 not-found')
  t.equal(await told(await get(`${path}/x`)), '400 validation')
  const stranger = await pathOf(await newReporter(base))
  t.equal(await told(await get(`${stranger}/${image?.id}`)), '404 not-found', 'not by way of another report')
  t.equal((await get(`${path}/${image?.id}`, { ...triager, accept: 'text/html' })).status, 406)
  t.equal((await get(`${path}/${image?.id}`, { ...triager, accept: 'image/*' })).status, 200)
})

t.test('ten megabytes are taken, and one byte more is refused where the client can read it', async (t) => {
  const reporter = await newReporter(base)
  const padded = (bytes: number) => Buffer.concat([small, Buffer.alloc(bytes - small.length)])
  t.equal(await told(await reporter.attach(padded(10 * mebibyte))), '201')
  for (const bytes of [10 * mebibyte + 1, 40 * mebibyte]) {
    t.equal(await told(await reporter.attach(padded(bytes))), '413 payload-too-large', String(bytes))
  }
  const chunked = (bytes: number) =>
    reporter.call('/attachments', {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Blob([padded(bytes)]).stream(),
      duplex: 'half',
    } as RequestInit)
  t.equal(await told(await chunked(10 * mebibyte)), '201', 'without a length, too')
  t.equal(await told(await chunked(11 * mebibyte)), '413 payload-too-large')
  t.equal((await reporter.read()).attachments.length, 2)
})

t.test(
  'many who never finish take the room from each other, and not from a reporter who sends',
  async (t) => {
    const attacker = await newReporter(base)
    const reporter = await newReporter(base)
    const stalled = Array.from({ length: 6 }, () => {
      const socket = connect(service.port, '127.0.0.1')
      const head = [
        'POST /v1/mailbox/attachments HTTP/1.1',
        'Host: sotto.example',
        `Authorization: Bearer ${attacker.receipt}`,
        'Content-Type: image/jpeg',
        `Content-Length: ${10 * mebibyte}`,
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.write(Buffer.concat([small, Buffer.alloc(9 * mebibyte)]))
      const answer = new Promise<string>((resolve) => {
        socket.once('data', (bytes) => resolve(bytes.toString('latin1')))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(''))
      })
      return { socket, answer }
    })
    t.match(
      await Promise.race(stalled.map(({ answer }) => answer)),
      /^HTTP\/1\.1 503 [\s\S]*retry-after: \d[\s\S]*overloaded/i,
    )
    t.equal(await told(await reporter.attach(small)), '201')
    for (const { socket } of stalled) socket.destroy()
  },
)

t.test('what is no image of the three kinds is refused, and nothing of it is stored', async (t) => {
  const reporter = await newReporter(base)
  const unreadable: Record<string, [Buffer, string]> = {
    empty: [Buffer.alloc(0), 'image/jpeg'],
    noise: [randomBytes(4096), 'image/png'],
    'cut short': [(await plain(640, 480).jpeg().toBuffer()).subarray(0, 2000), 'image/jpeg'],
    SVG: [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'image/png'],
    HEIC: [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'image/jpeg'],
    PDF: [Buffer.from('%PDF-1.7\n%CANARY'), 'image/jpeg'],
    'too many pixels': [pngOf(10_000, 10_000, zeros(1)), 'image/png'],
    'a bomb': [pngOf(7000, 7000, zeros(1)), 'image/png'],
    'a page that begins like an image': [
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<html><script>CANARY')]),
      'image/jpeg',
    ],
  }
  for (const [what, [bytes, type]] of Object.entries(unreadable)) {
    t.equal(await told(await reporter.attach(bytes, type)), '422 image-unreadable', what)
  }
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'imagery/jpeg']) {
    const answer = await reporter.attach(small, type)
    t.equal(answer.headers.get('accept'), 'image/jpeg, image/png, image/webp')
    t.equal(await told(answer), '415 unsupported-media-type', type)
  }
  t.equal(await told(await reporter.attach(small, 'Image/JPEG; x=y')), '201', 'the type is read as HTTP says')
  const polyglot = Buffer.concat([small, Buffer.from('PK\x03\x04CANARY.zip<script>')])
  t.equal(await told(await reporter.attach(polyglot)), '201', 'of a polyglot the image is taken')
  const path = await pathOf(reporter)
  const listed = await listAt(path)
  t.equal(listed.length, 2)
  for (const { id } of listed) {
    t.notMatch(
      Buffer.from(await (await get(`${path}/${id}`)).arrayBuffer()).toString('latin1'),
      /CANARY|script/,
    )
  }
})

t.test('ten images are taken, and no more', async (t) => {
  const reporter = await newReporter(base)
  const tiny = await plain(8, 8).png().toBuffer()
  const attach = (headers = {}, at = base) => reporter.at(at).attach(tiny, 'image/png', headers)
  for (let i = 0; i < 8; i++) t.equal((await attach()).status, 201)
  const key = { 'idempotency-key': randomUUID() }
  const rivals = await Promise.all([
    attach(key),
    attach(key, other.base),
    attach(key),
    attach({}),
    attach({}, other.base),
  ])
  const answers = await Promise.all(rivals.map(told))
  t.equal(answers.filter((answer) => answer === '201').length >= 1, true)
  t.equal((await reporter.read()).attachments.length, 10)
  t.equal(await told(await attach()), '422 limit-reached')
  t.equal((await listAt(await pathOf(reporter))).length, 10)
})

t.test('the same key and bytes add one image, at once and at two instances', async (t) => {
  const reporter = await newReporter(base)
  const key = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      reporter.at(i % 2 ? base : other.base).attach(small, 'image/jpeg', key),
    ),
  )
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
  t.equal(new Set(await Promise.all(answers.map((answer) => answer.text()))).size, 1)
  t.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
  t.equal((await reporter.read()).attachments.length, 1)
  t.equal(await told(await reporter.attach(thumbnail, 'image/jpeg', key)), '422 idempotency-mismatch')
  t.equal(await told(await reporter.say('Not an image.', key)), '201', 'a key belongs to its call')
})

t.test('where images could be of abuse none is taken, and the reporter is told where to turn', async (t) => {
  const reporter = await newReporter(base, { category: 'child-sexual-exploitation' })
  const refused = await reporter.attach(small)
  t.equal(refused.status, 422)
  t.match(await refused.json(), { code: 'attachments-refused', detail: /report\.iwf\.org\.uk/ })
  t.equal((await reporter.read()).attachmentsAllowed, false)
  t.equal((await listAt(await pathOf(reporter))).length, 0)
})

t.test('one act stops all use of an image, and admits it and its report', async (t) => {
  const reporter = await newReporter(base)
  await reporter.attach(small)
  await reporter.attach(thumbnail)
  const path = await pathOf(reporter)
  const reportId = path.split('/').at(-2) ?? ''
  const shown = await reporter.read()
  const [image, untouched] = await listAt(path)
  const before = await stored(reportId)
  t.strictSame(before.places, ['box_attachments', 'box_attachments', 'box_mailboxes', 'box_reports'])

  const stop = (headers: Record<string, string> = triager) =>
    get(`${path}/${image?.id}/quarantine`, headers, 'POST')
  const answer = await stop({ ...triager, 'audit-reason': 'It may be unlawful.' })
  t.equal(answer.status, 200)
  t.strictSame(await answer.json(), { ...image, quarantined: true })
  const after = await stored(reportId)
  t.strictSame(after.places, ['attachments', 'box_attachments', 'mailboxes', 'reports'])
  const kept = before.batches.filter((batch) => after.batches.includes(batch))
  t.equal(kept.length, 2, 'of what was committed with it only the other image keeps its batches')

  t.strictSame(await (await stop(supervisor)).json(), { ...image, quarantined: true }, 'the same again')
  t.equal(await told(await get(`${path}/${image?.id}`)), '409 conflict')
  t.equal(await told(await get(`${path}/${image?.id}`, supervisor)), '409 conflict')
  t.equal(await told(await get(`${path}/${image?.id}`, triager, 'HEAD')), '409')
  t.equal((await get(`${path}/${untouched?.id}`)).status, 200, 'other images are not touched')
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  t.strictSame(
    (await reporter.read()).attachments.sort(byId),
    shown.attachments.sort(byId),
    'the reporter sees no difference',
  )
  t.equal((await reporter.say('Still here.')).status, 201)
  t.equal((await listAt(path)).find(({ id }) => id === image?.id)?.quarantined, true)
  t.equal(
    (await staff.open(reportId)).report.category,
    'other-serious-crime',
    'the report opens under its new key',
  )

  t.strictSame(await acts(image?.id), [['alteration', 'triager', true]], 'recorded once, with the reason')
})

t.test(
  'an image is destroyed by two supervisors, once quarantined, who say on whose instruction',
  async (t) => {
    const reporter = await newReporter(base)
    await reporter.attach(small)
    const path = await pathOf(reporter)
    const [image] = await listAt(path)
    const url = `${path}/${image?.id}`
    const instruction = { 'audit-reason': 'Police instruction of 24 November, reference F-1.' }
    const destroy = (as: Record<string, string>) => get(url, { ...as, ...instruction }, 'DELETE')
    t.equal(await told(await destroy(supervisor)), '409 conflict')
    await get(`${url}/quarantine`, triager, 'POST')
    t.equal(await told(await destroy(triager)), '403 forbidden')
    t.equal(await told(await get(url, supervisor, 'DELETE')), '400 validation')

    const first = await destroy(supervisor)
    t.equal(first.status, 202)
    t.match(await first.json(), { id: image?.id, quarantined: true, destruction: { on: today } })
    for (const herself of [supervisor, sueAgain]) {
      t.equal(
        (await destroy(herself)).status,
        202,
        'the same again changes nothing, with another token either',
      )
    }
    const [waiting] = await listAt(path)
    t.match(waiting, { destruction: { by: { name: 'Sue' }, on: today } })
    const isListed = async (pending: boolean) => {
      const answer = await get(`${base}/v1/triage/reports?limit=200&pending=${pending}`)
      const { items } = (await answer.json()) as { items: { id: string }[] }
      return items.some(({ id }) => path.includes(id))
    }
    t.same([await isListed(true), await isListed(false)], [true, false], 'its report is listed as pending')
    const events = await service.inject({
      url: '/v1/triage/events?limit=200',
      headers: { ...supervisor, accept: 'application/json' },
    })
    const needed = { kind: 'confirmation-needed', object: image?.id }
    const { items } = events.json() as { items: (typeof needed)[] }
    t.match(
      items.filter(({ object }) => object === image?.id).map(({ kind }) => kind),
      ['attachment-quarantined', 'confirmation-needed'],
      'another is told of it, once',
    )

    t.equal(await told(await get(`${url}/destruction`, triager, 'DELETE')), '403 forbidden')
    t.equal(await told(await get(`${url}/destruction`, second, 'DELETE')), '204', 'taken back')
    t.same([await isListed(true), await isListed(false)], [false, true])
    t.equal(await told(await get(`${url}/destruction`, second, 'DELETE')), '404 not-found')
    t.equal((await destroy(second)).status, 202, 'then it begins anew')
    await asSuperuser(databaseUrl, (client) =>
      client.query(`UPDATE image_destructions SET asked_by = gen_random_uuid()`),
    )
    t.equal((await destroy(second)).status, 202, 'a request that was changed by hand is none')
    t.equal(await told(await destroy(supervisor)), '204')
    t.equal(await told(await destroy(second)), '404 not-found')
    t.equal(await told(await get(url, supervisor)), '404 not-found')
    t.strictSame(await listAt(path), [])
    t.strictSame((await reporter.read()).attachments, [])
    t.strictSame(await acts(image?.id), [
      ['alteration', 'triager', false],
      ['alteration', 'supervisor', true],
      ['alteration', 'supervisor', false],
      ['alteration', 'supervisor', true],
      ['alteration', 'supervisor', true],
      ['erasure', 'supervisor', true],
    ])
  },
)

t.test('a request to destroy an image lapses, and under a hold it takes the police reference', async (t) => {
  const reporter = await newReporter(base)
  await reporter.attach(small)
  const path = await pathOf(reporter)
  const [image] = await listAt(path)
  const url = `${path}/${image?.id}`
  await get(`${url}/quarantine`, triager, 'POST')
  const destroy = (as: Record<string, string>, reason: string) =>
    get(url, { ...as, 'audit-reason': reason }, 'DELETE')
  t.equal((await destroy(supervisor, 'No longer needed')).status, 202)
  await asSuperuser(databaseUrl, (client) =>
    client.query('UPDATE reports SET legal_hold = true WHERE id = $1', [path.split('/').at(-2)]),
  )
  for (const vague of ['No longer needed', 'The police said so', 'Poli%63e%20%41%42%43']) {
    const refused = await destroy(second, vague)
    t.equal(refused.status, 400, vague)
    t.match(await refused.json(), { errors: [{ code: 'reference-required' }] })
  }
  t.equal((await listAt(path)).length, 1)

  const later = await startTestService(t, {
    databaseUrl,
    keyringFile,
    clock: () => new Date(Date.now() + 15 * 86_400_000),
  })
  const there = url.replace(base, later.base)
  const [one, two] = [await bearer('supervisor', {}, later), await bearer('supervisor', {}, later)]
  const reason = { 'audit-reason': 'Police reference 42/1234/26' }
  t.equal((await get(there, { ...one, ...reason }, 'DELETE')).status, 202, 'what lapsed is asked for anew')
  t.equal((await get(there, { ...two, ...reason }, 'DELETE')).status, 204)
  t.strictSame(await listAt(path), [])
})

t.test('to list images is a consultation, and so is HEAD', async (t) => {
  const reporter = await newReporter(base)
  const path = await pathOf(reporter)
  const recorded = async () => {
    const target = `report/${path.split('/').at(-2)}/attachments`
    const { rows } = await asSuperuser(databaseUrl, (client) =>
      client.query('SELECT action, role FROM audit_records WHERE target = $1 ORDER BY seq', [target]),
    )
    return rows.map(({ action, role }) => `${action} ${role}`)
  }
  t.strictSame(await recorded(), [])
  await get(path)
  t.strictSame(await recorded(), ['consultation triager'])
  await get(path, supervisor, 'HEAD')
  t.strictSame(await recorded(), ['consultation triager', 'consultation supervisor'])
})

t.test('partners, auditors and admins get to no image, and each try is recorded', async (t) => {
  const reporter = await newReporter(base)
  await reporter.attach(small)
  const path = await pathOf(reporter)
  const [image] = await listAt(path)
  for (const role of ['partner', 'auditor', 'admin'] as const) {
    const headers = await bearer(role)
    for (const [url, method] of [
      [path, 'GET'],
      [`${path}/${image?.id}`, 'GET'],
      [`${path}/${image?.id}/quarantine`, 'POST'],
      [`${path}/${image?.id}`, 'DELETE'],
    ] as const) {
      t.equal(await told(await get(url, headers, method)), '403 forbidden', `${role} ${method}`)
    }
  }
  for (const headers of [{}, { authorization: `Bearer ${reporter.receipt}` }]) {
    t.equal(
      await told(await get(`${path}/${image?.id}`, headers as Record<string, string>)),
      '401 unauthorized',
    )
  }
  const denied = await asSuperuser(databaseUrl, (client) =>
    client.query("SELECT count(*)::int AS n FROM audit_records WHERE action = 'denied' AND role = 'auditor'"),
  )
  t.equal(denied.rows[0].n, 4)
  t.equal((await acts(image?.id)).length, 0)
})

/** In which tables a report, its mailbox and images lie, and under which batches. */
function stored(reportId: string): Promise<{ places: string[]; batches: string[] }> {
  return asSuperuser(databaseUrl, async (client) => {
    const places: string[] = []
    const batches: string[] = []
    for (const [table, column] of [
      ['attachments', 'report_id'],
      ['box_attachments', 'report_id'],
      ['box_mailboxes', 'report_id'],
      ['box_reports', 'id'],
      ['mailboxes', 'report_id'],
      ['reports', 'id'],
    ] as const) {
      const { rows } = await client.query(`SELECT * FROM ${table} WHERE ${column} = $1`, [reportId])
      places.push(...rows.map(() => table))
      batches.push(...rows.flatMap((row) => [row.batch_id, row.meta_batch_id]).filter(Boolean))
    }
    return { places, batches }
  })
}

/** What the trail says of an image, beside being looked at: the act, by whom, whether with a reason. */
function acts(id = ''): Promise<[string, string, boolean][]> {
  return asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT action, role, reason_body IS NOT NULL AS reason FROM audit_records
        WHERE target LIKE $1 AND action <> 'consultation' ORDER BY seq`,
      [`%/attachment/${id}%`],
    )
    return rows.map(({ action, role, reason }) => [action, role, reason])
  })
}

t.end()
