import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { sampleReport } from '../../support/reports.ts'
import { hasPrograms } from '../packages.ts'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { ask, open } from './ask.ts'
import { type Kind, kinds, type RunningProxy, withProxy } from './proxy.ts'
import { tracesOf } from './traces.ts'

/** What a minute and client may ask of the service here. */
const limit = 12
/** A port on which nobody listens. */
const nobody = 9

export const runProxies: Step = {
  name: 'proxies: a photo of 10 MiB leaves no byte on a disk, limits see the client, nothing is written of who asks',
  async run() {
    await withService(
      async ({ base, tokens }) => {
        const upstream = Number(new URL(base).port)
        const { supervisor = '' } = await tokens()
        for (const [index, kind] of kinds.entries()) {
          if (!(await hasPrograms({ [kind.package]: kind.program, openssl: '/usr/bin/openssl' }))) continue
          const from = (host: number) => `127.${index + 1}.0.${host}`
          await withProxy(kind, upstream, async (proxy) => {
            await passesPhotos(proxy, from)
            await limitsEachClient(proxy, from)
            await waitsForSlowSenders(proxy, from(40))
            await streamsEvents(proxy, supervisor)
          })
          await withProxy(kind, nobody, (proxy) => writesNothing(proxy, from(50)))
        }
        await isSeenWhereItIsKept(upstream)
      },
      { TRUST_PROXY: '127.0.0.1', RATE_LIMIT: String(limit) },
    )
  },
}

const json = { 'content-type': 'application/json' }

async function newReceipt(proxy: RunningProxy, from: string): Promise<string> {
  const body = [Buffer.from(JSON.stringify(sampleReport()))]
  const { status, text } = await ask(proxy.ports.public, '/v1/reports', {
    method: 'POST',
    headers: json,
    body,
    from,
  })
  assert.equal(status, 201, text)
  return JSON.parse(text).receipt
}

/** Noise, which no compression makes smaller: a little under 10 MiB. */
async function bigPhoto(): Promise<Buffer> {
  const [width, height] = [1_860, 1_860]
  const noise = randomBytes(width * height * 3)
  return sharp(noise, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

/** Sends it but for its end, and tells where its bytes lie then and afterwards. */
async function sendPhoto(proxy: RunningProxy, receipt: string, photo: Buffer, from: string) {
  const needles = [2_000, 500_000, 5_000_000, 9_000_000].map((start) => photo.subarray(start, start + 64))
  const places: string[] = []
  const look = async () => void places.push(...(await tracesOf(needles, proxy.pid, proxy.places)))
  const { status, text } = await ask(proxy.ports.public, '/v1/mailbox/attachments', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${receipt}`,
      'content-type': 'image/png',
      'content-length': String(photo.length),
    },
    body: [photo.subarray(0, -1_000), photo.subarray(-1_000)],
    beforeLast: look,
    from,
  })
  await look()
  return { status, text, places }
}

async function passesPhotos(proxy: RunningProxy, from: (host: number) => string): Promise<void> {
  const receipt = await newReceipt(proxy, from(1))
  const photo = await bigPhoto()
  assert.ok(photo.length > 9.8 * 2 ** 20 && photo.length <= 10 * 2 ** 20, `${photo.length} bytes`)
  const { status, text, places } = await sendPhoto(proxy, receipt, photo, from(1))
  assert.equal(status, 201, text)
  assert.deepEqual(places, [])
  const tooBig = await ask(proxy.ports.public, '/v1/mailbox/attachments', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${receipt}`,
      'content-type': 'image/png',
      'content-length': String(12 * 2 ** 20),
    },
    from: from(1),
  })
  assert.equal(tooBig.status, 413, tooBig.text)
}

/** What the client says of itself in a header changes nothing. */
async function limitsEachClient(proxy: RunningProxy, from: (host: number) => string): Promise<void> {
  const asked = async (host: number, round: number) =>
    (
      await ask(proxy.ports.public, '/v1/categories', {
        from: from(host),
        headers: {
          'x-forwarded-for': `203.0.113.${round}`,
          forwarded: `for=203.0.113.${round}`,
          'x-real-ip': `203.0.113.${round}`,
        },
      })
    ).status
  const answers: number[] = []
  for (let round = 1; round <= limit + 1; round++) answers.push(await asked(10, round))
  assert.deepEqual([...new Set(answers)], [200, 429])
  assert.equal(await asked(11, 1), 200, 'another client is let in')
}

/** A phone at 1 KB/s. */
async function waitsForSlowSenders(proxy: RunningProxy, from: string): Promise<void> {
  const text = Buffer.from(JSON.stringify(sampleReport({ narrative: 'It is written slowly. '.repeat(400) })))
  const pieces = Array.from({ length: Math.ceil(text.length / 1_024) }, (_, i) =>
    text.subarray(i * 1_024, (i + 1) * 1_024),
  )
  const headers = { ...json, 'content-length': String(text.length) }
  const { status } = await ask(proxy.ports.public, '/v1/reports', {
    method: 'POST',
    headers,
    body: pieces,
    gap: 1_000,
    from,
  })
  assert.equal(status, 201)
}

async function streamsEvents(proxy: RunningProxy, token: string): Promise<void> {
  const response = await open(proxy.ports.staff, '/v1/triage/events', {
    name: 'triage.example.org',
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
  })
  assert.equal(response.statusCode, 200)
  // While the answer goes on, its first lines have come.
  for await (const piece of response) {
    assert.match(String(piece), /^(:|id|event|data|retry)/m)
    break
  }
  response.destroy()
}

/** A service that is away makes a proxy talk: not of who asked, nor what. */
async function writesNothing(proxy: RunningProxy, from: string): Promise<void> {
  const { status } = await ask(proxy.ports.public, '/v1/canary-of-a-path', { from })
  assert.ok(status >= 502 && status <= 504, String(status))
  const needles = ['canary-of-a-path', from].map((text) => Buffer.from(text))
  assert.deepEqual(await tracesOf(needles, proxy.pid, proxy.places), [])
  for (const needle of needles) assert.ok(!proxy.output().includes(needle.toString()), proxy.output())
}

/** As nginx is without the lines for it: the look finds the photo, or finding nothing would say nothing. */
async function isSeenWhereItIsKept(upstream: number): Promise<void> {
  const nginx = kinds.find(({ name }) => name === 'nginx') as Kind
  if (!(await hasPrograms({ [nginx.package]: nginx.program }))) return
  await withProxy(
    nginx,
    upstream,
    async (proxy) => {
      const receipt = await newReceipt(proxy, '127.9.0.1')
      const { places } = await sendPhoto(proxy, receipt, await bigPhoto(), '127.9.0.1')
      assert.ok(places.length > 0, 'it was seen on the disk')
    },
    { 'proxy_request_buffering off;': 'proxy_request_buffering on;' },
  )
}
