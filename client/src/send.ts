import { jsonOf, type Received, refusalOf } from './answers.ts'
import { solve } from './challenge.ts'
import type { components } from './contract.ts'
import { faultOf, isSottoError, type SottoError } from './errors.ts'
import { delayAfter, hasPatience, mayRepeat, type Outcome, sleep } from './patience.ts'
import type { Service } from './service.ts'

export interface Call {
  method: string
  path: string
  headers?: Record<string, string>
  /** Sent as these bytes at every try. */
  body?: string | Uint8Array<ArrayBuffer>
  /** Whether it does the same when it comes twice. */
  isRepeatable: boolean
  /** Leaves the body of a good answer unread. */
  streams?: boolean
  timeout?: number
  signal?: AbortSignal | undefined
}

/** Solutions to one call. One may be spent by a try whose answer was lost. */
const proofsAtMost = 3

/**
 * Makes one call: sends, waits, sends the same bytes again, and solves a challenge where one is asked for. Resolves to
 * an answer of 2xx; rejects with a SottoError, or with the reason of `signal`.
 */
export async function send(service: Service, call: Call): Promise<Received> {
  let proof: string | undefined
  for (let proofs = 0; ; proofs++) {
    try {
      return await sendPatiently(service, call, proof)
    } catch (error) {
      const isAsked = isSottoError(error, 'challenge-required', 'challenge-failed', 'challenge-spent')
      if (!isAsked || proofs === proofsAtMost) throw error
      proof = await newProof(service, call.signal)
    }
  }
}

async function sendPatiently(service: Service, call: Call, proof: string | undefined): Promise<Received> {
  const began = Date.now()
  for (let attempt = 1; ; attempt++) {
    const { outcome, received, cause } = await tryOnce(service, call, proof)
    if (received?.response.ok) return received
    const wait = delayAfter(outcome, attempt, service.delay)
    const goesOn = hasPatience(service, attempt, Date.now() - began + wait)
    if (!mayRepeat(outcome, call.isRepeatable) || !goesOn) throw errorOf(received, cause)
    service.onWait(outcome === 'no-answer' ? 'no-answer' : 'busy')
    await sleep(wait, call.signal)
  }
}

function errorOf(received: Received | undefined, cause: unknown): SottoError {
  if (received === undefined) return faultOf('unreachable', 'no answer came from the service', { cause })
  return refusalOf(received.response, new TextDecoder().decode(received.bytes))
}

async function newProof(service: Service, signal: AbortSignal | undefined): Promise<string> {
  service.onWait('challenge')
  const received = await send(service, { method: 'GET', path: '/v1/challenges', isRepeatable: true, signal })
  return solve(jsonOf<components['schemas']['Challenge']>(received), signal)
}

interface Try {
  outcome: Outcome
  received?: Received
  cause?: unknown
}

/** One request. Its time-out runs until the answer is read, of a stream until its head is there. */
async function tryOnce(service: Service, call: Call, proof: string | undefined): Promise<Try> {
  const { signal, timeout = service.timeout } = call
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  const timer = setTimeout(() => controller.abort(), timeout)
  let isStream = false
  try {
    const response = await service.fetch(
      service.base + call.path,
      requestOf(service, call, proof, controller.signal),
    )
    isStream = call.streams === true && response.ok
    const bytes = isStream ? new ArrayBuffer(0) : await response.arrayBuffer()
    return { outcome: response, received: { response, bytes } }
  } catch (cause) {
    signal?.throwIfAborted()
    return { outcome: 'no-answer', cause }
  } finally {
    clearTimeout(timer)
    // A stream is ended by its reader's signal as long as it is read.
    if (!isStream) signal?.removeEventListener('abort', abort)
  }
}

/** No cookie, no cache, no address of the page, and no redirect that would carry a receipt elsewhere. */
function requestOf(
  { language }: Service,
  { method, headers, body }: Call,
  proof: string | undefined,
  signal: AbortSignal,
): RequestInit {
  const init = {
    method,
    headers: {
      accept: 'application/json',
      ...(language === undefined ? {} : { 'accept-language': language }),
      ...headers,
      ...(proof === undefined ? {} : { 'challenge-solution': proof }),
    },
    ...(body === undefined ? {} : { body }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal,
  } as const
  return init
}
