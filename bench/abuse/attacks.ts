import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'

/** Where the service is, and the receipts of whoever attacks it; the first one's mailbox is full of messages. */
export interface Target {
  url: string
  receipts: readonly string[]
}

/** How often each status was answered; `none` where the connection broke. */
export type Answers = Record<string, number>

/** Goes on until `isOver`. */
export type Attack = (target: Target, isOver: () => boolean) => Promise<Answers>

const mebibyte = 1024 * 1024
const report = JSON.stringify({
  category: 'other-serious-crime',
  narrative: 'A fictional report, sent again and again by somebody who wants the service to fail.',
})
const json = { 'content-type': 'application/json' }

interface Call {
  method: string
  path: string
  headers?: Record<string, string>
  body?: Buffer | string
}

/** Lets `count` connections make calls, each one after another. */
async function inParallel(
  { url }: Target,
  count: number,
  isOver: () => boolean,
  callOf: () => Call,
): Promise<Answers> {
  const answers: Answers = {}
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const one = async () => {
    while (!isOver()) {
      const status = await send(url, callOf(), agent)
      answers[status] = (answers[status] ?? 0) + 1
      // Whoever is refused at once does not come back in the same millisecond.
      if (status === 'none') await sleep(50)
    }
  }
  await Promise.all(Array.from({ length: count }, one))
  agent.destroy()
  return answers
}

function send(url: string, { method, path, headers = {}, body }: Call, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request(`${url}${path}`, { method, headers, agent }, (response) => {
      response.resume()
      response.on('end', () => resolve(String(response.statusCode)))
      response.on('error', () => resolve('none'))
    })
    outgoing.on('error', () => resolve('none'))
    outgoing.setTimeout(30_000, () => outgoing.destroy())
    outgoing.end(body)
  })
}

/** Sends a head or a body byte by byte over many connections, each opened again as soon as it is closed. */
async function trickle(
  { url }: Target,
  count: number,
  isOver: () => boolean,
  [before, after]: [string, string],
): Promise<Answers> {
  const answers: Answers = {}
  const port = Number(new URL(url).port)
  const one = async () => {
    while (!isOver()) {
      const status = await new Promise<string>((resolve) => {
        let said = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(before))
        let at = 0
        const timer = setInterval(() => {
          if (isOver()) socket.destroy()
          else socket.write(after.charAt(at++ % after.length))
        }, 400)
        socket.setEncoding('latin1').on('data', (chunk: string) => {
          said += chunk
        })
        socket.on('error', () => undefined)
        socket.on('close', () => {
          clearInterval(timer)
          resolve(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 'none')
        })
      })
      answers[status] = (answers[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: count }, one))
  return answers
}

const sum = (all: readonly Answers[]): Answers => {
  const total: Answers = {}
  for (const one of all)
    for (const [status, times] of Object.entries(one)) total[status] = (total[status] ?? 0) + times
  return total
}

const authorization = ({ receipts }: Target) => ({ authorization: `Bearer ${receipts[0]}` })

/** Each takes ten images at most. */
const anyMailbox = ({ receipts }: Target) => ({
  authorization: `Bearer ${receipts[Math.floor(Math.random() * receipts.length)]}`,
})

/** A small picture in a file of ten megabytes: most of it is nothing. */
async function tenMegabytes(): Promise<Buffer> {
  const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#446688' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([picture, Buffer.alloc(10 * mebibyte - picture.length)])
}

/** As a telephone takes them: twelve megapixels, some megabytes. */
function photograph(): Promise<Buffer> {
  const [width, height] = [4000, 3000]
  const coarse = randomBytes((width / 8) * (height / 8) * 3)
  return sharp(coarse, { raw: { width: width / 8, height: height / 8, channels: 3 } })
    .resize(width, height)
    .jpeg({ quality: 92 })
    .toBuffer()
}

/** Pixels without any order, in just below ten megabytes: encoded again they are as large. */
function noise(): Promise<Buffer> {
  const side = 1_860
  return sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
}

const attachment = (target: Target, body: Buffer, type = 'image/jpeg'): Call => ({
  method: 'POST',
  path: '/v1/mailbox/attachments',
  headers: { ...anyMailbox(target), 'content-type': type },
  body,
})

export const attacks: Record<string, Attack> = {
  'none (calm)': async (_target, isOver) => {
    while (!isOver()) await sleep(200)
    return {}
  },
  'flood of reports without solutions, 64 connections': (target, isOver) =>
    inParallel(target, 64, isOver, () => ({
      method: 'POST',
      path: '/v1/reports',
      headers: json,
      body: report,
    })),
  'the same, 1,000 connections': (target, isOver) =>
    inParallel(target, 1000, isOver, () => ({
      method: 'POST',
      path: '/v1/reports',
      headers: json,
      body: report,
    })),
  'slow senders, 100 heads and 100 bodies': async (target, isOver) => {
    const head = 'POST /v1/reports HTTP/1.1\r\nHost: sotto.example\r\n'
    return sum(
      await Promise.all([
        trickle(target, 100, isOver, [head, 'x-slow: 1\r\n']),
        trickle(target, 100, isOver, [
          `${head}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n`,
          ' ',
        ]),
      ]),
    )
  },
  '10 MiB as a report, 32 connections': (target, isOver) => {
    const body = Buffer.alloc(10 * mebibyte, ' ')
    return inParallel(target, 32, isOver, () => ({
      method: 'POST',
      path: '/v1/reports',
      headers: json,
      body,
    }))
  },
  '10 MiB images, 64 connections': async (target, isOver) => {
    const body = await tenMegabytes()
    return inParallel(target, 64, isOver, () => attachment(target, body))
  },
  '10 MiB images that never end, 64 connections': async (target, isOver) => {
    const [receipt] = target.receipts
    const body = (await tenMegabytes()).subarray(0, 10 * mebibyte - 65_536).toString('latin1')
    const head = [
      'POST /v1/mailbox/attachments HTTP/1.1',
      'Host: sotto.example',
      `Authorization: Bearer ${receipt}`,
      'Content-Type: image/jpeg',
      `Content-Length: ${10 * mebibyte}`,
    ].join('\r\n')
    return trickle(target, 64, isOver, [`${head}\r\n\r\n${body}`, ' '])
  },
  'bursts of photographs, 24 connections': async (target, isOver) => {
    const body = await photograph()
    return inParallel(target, 24, isOver, () => attachment(target, body))
  },
  'images that stay as large as they can, 24 connections': async (target, isOver) => {
    const body = await noise()
    return inParallel(target, 24, isOver, () => attachment(target, body, 'image/png'))
  },
  '1,000 mailbox reads at once, 200 messages each': (target, isOver) =>
    inParallel(target, 1000, isOver, () => ({
      method: 'GET',
      path: '/v1/mailbox',
      headers: authorization(target),
    })),
  '500 messages at once to one mailbox': (target, isOver) =>
    inParallel(target, 500, isOver, () => ({
      method: 'POST',
      path: '/v1/mailbox/messages',
      headers: { ...authorization(target), ...json },
      body: '{"text":"More."}',
    })),
}
