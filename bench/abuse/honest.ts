import { setTimeout as sleep } from 'node:timers/promises'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

/** What somebody meets who means it. */
export interface Met {
  sent: number
  /** Reports that got a receipt. */
  taken: number
  /** How often a challenge had to be solved. */
  solved: number
  /** Milliseconds that the service took for each call: the reports, and the challenges that were asked for. */
  waits: number[]
  /** Whatever else was answered, by code. */
  failures: Record<string, number>
}

const report = JSON.stringify({
  category: 'property-misuse',
  narrative: 'A fictional report of somebody who means it: people come and go at all hours of the night.',
})
const triesAtMost = 5

/** Sends a report a second, each over a new connection, and solves a challenge where one is asked for. */
export async function sendHonestly(url: string, seconds: number): Promise<Met> {
  const met: Met = { sent: 0, taken: 0, solved: 0, waits: [], failures: {} }
  const begun = performance.now()
  const pending: Promise<void>[] = []
  while (performance.now() - begun < seconds * 1000) {
    pending.push(sendOne(url, met))
    await sleep(1000)
  }
  await Promise.all(pending)
  return met
}

async function sendOne(url: string, met: Met): Promise<void> {
  met.sent += 1
  let solution: string | undefined
  for (let tries = 0; tries < triesAtMost; tries++) {
    const headers = {
      'content-type': 'application/json',
      connection: 'close',
      ...(solution === undefined ? {} : { 'challenge-solution': solution }),
    }
    const answer = await timed(met, () =>
      fetch(`${url}/v1/reports`, { method: 'POST', headers, body: report }),
    )
    if (answer?.status === 201) {
      met.taken += 1
      return
    }
    const code = answer === undefined ? 'no answer' : (JSON.parse(answer.text) as { code: string }).code
    if (code !== 'challenge-required') {
      met.failures[code] = (met.failures[code] ?? 0) + 1
      return
    }
    const asked = await timed(met, () => fetch(`${url}/v1/challenges`, { headers: { connection: 'close' } }))
    if (asked?.status !== 200) continue
    const challenge = JSON.parse(asked.text)
    solution = btoa(JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }))
    met.solved += 1
  }
}

async function timed(
  met: Met,
  call: () => Promise<Response>,
): Promise<{ status: number; text: string } | undefined> {
  const since = performance.now()
  try {
    const response = await call()
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  } finally {
    met.waits.push(performance.now() - since)
  }
}
