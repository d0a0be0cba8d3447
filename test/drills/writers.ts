import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sampleReport } from '../support/reports.ts'

/** Front ends that send one report after the other, and send each again until it is acknowledged. */
export interface Writers {
  /** Receipts that were acknowledged, one for each report. */
  receipts: string[]
  /** How many answers there were that were no 201, by status. */
  refused: Map<string, number>
  /** Answers of 503 without a Retry-After. */
  rude: number
  /** How many acknowledgements were those of a call that had gone through before. */
  replayed: number
  /** The longest time without any acknowledgement since this was last asked, in seconds. */
  longestGap(): number
  /** Resolves at the next acknowledgement. */
  next(): Promise<void>
  /** Lets everybody finish what they began. */
  stop(): Promise<void>
}

export function startWriters(bases: readonly string[], count: number, pause = 100): Writers {
  let isOver = false
  let last = performance.now()
  let longest = 0
  const heard = new Set<() => void>()
  const writers: Writers = {
    receipts: [],
    refused: new Map(),
    rude: 0,
    replayed: 0,
    longestGap() {
      const seconds = Math.max(longest, performance.now() - last) / 1_000
      longest = 0
      last = performance.now()
      return Math.round(seconds * 10) / 10
    },
    next: () => new Promise((resolve) => heard.add(resolve)),
    async stop() {
      isOver = true
      await Promise.all(all)
    },
  }

  function acknowledged(receipt: string, isReplay: boolean): void {
    writers.receipts.push(receipt)
    if (isReplay) writers.replayed++
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    for (const resolve of heard) resolve()
    heard.clear()
  }

  async function one(at: number): Promise<void> {
    await sleep(at * 7)
    while (!isOver) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
      const body = JSON.stringify(sampleReport({ narrative: `A fictional report, ${randomUUID()}.` }))
      while (!(await sendOnce(`${bases[at % bases.length]}/v1/reports`, { method: 'POST', headers, body })))
        await sleep(200)
      await sleep(pause)
    }
  }

  async function sendOnce(url: string, request: RequestInit): Promise<boolean> {
    const response = await fetch(url, request).catch(() => undefined)
    if (response?.status === 201) {
      const { receipt } = (await response.json()) as { receipt: string }
      acknowledged(receipt, response.headers.get('idempotency-replayed') === 'true')
      return true
    }
    const status = response === undefined ? 'no answer' : String(response.status)
    writers.refused.set(status, (writers.refused.get(status) ?? 0) + 1)
    if (response?.status === 503 && response.headers.get('retry-after') === null) writers.rude++
    await response?.arrayBuffer()
    return false
  }

  const all = Array.from({ length: count }, (_, at) => one(at))
  return writers
}

/** How many of these receipts open no mailbox. */
export async function unopened(base: string, receipts: readonly string[], atOnce = 8): Promise<number> {
  let lost = 0
  const queue = [...receipts]
  const work = async () => {
    for (let receipt = queue.pop(); receipt !== undefined; ) {
      const response = await fetch(`${base}/v1/mailbox`, { headers: { authorization: `Bearer ${receipt}` } })
      await response.arrayBuffer()
      // Whoever is asked to come again is told nothing of what is there.
      if ([429, 503].includes(response.status)) {
        await sleep(200)
        continue
      }
      if (response.status !== 200) lost++
      receipt = queue.pop()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return lost
}
