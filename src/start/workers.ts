import cluster, { type Worker } from 'node:cluster'
import { randomBytes } from 'node:crypto'
import { type PeerMessage, type Peers, peersBy } from '../concurrency/peers.ts'
import type { Log } from '../log.ts'
import { handleLivesFor } from '../pages/frame/handles.ts'

/** Milliseconds for which clients are hashed under one secret. */
const secretLivesFor = 10 * 60_000
/** Milliseconds that a worker must have lived for the next to begin at once. */
const usualLife = 5_000
const pauseBefore = 1_000

export interface Workers {
  /** Resolves once all listen; rejects if the first ends before it does, which has said why on stderr. */
  ready: Promise<void>
  /** Asks every worker to stop, and resolves once all are gone. */
  stop(): Promise<void>
}

/** Whether this process is to run others rather than serve (`WORKERS`). */
export function runsWorkers(count: number): boolean {
  return count > 1 && cluster.isPrimary
}

/**
 * Runs so many processes behind one port: each is the whole service, and this one only accepts connections for them, in
 * turn, and hands on what they count. The first begins alone, since it may have a database to prepare. One that ends is
 * replaced.
 */
export function runWorkers(count: number, log: Log): Workers {
  let isStopping = false
  let secret = randomBytes(32)
  let handleKeys = [randomBytes(32)]
  const others = (one: Worker) => Object.values(cluster.workers ?? {}).filter((worker) => worker !== one)
  const tell = (worker: Worker | undefined, message: PeerMessage) => {
    // One that is just ending hears no more; that is no fault, and nobody waits for it.
    if (worker?.isConnected()) worker.send(message, () => {})
  }
  const tellAll = (message: PeerMessage) => {
    for (const worker of Object.values(cluster.workers ?? {})) tell(worker, message)
  }
  const sharedSecret = () => ({ clientSecret: secret.toString('base64') })
  const sharedKeys = () => ({ handleKeys: handleKeys.map((key) => key.toString('base64')) })

  function begin(): Worker {
    const worker = cluster.fork()
    const since = performance.now()
    worker.on('message', (message: PeerMessage) => {
      if (message.asks) tell(worker, { ...sharedSecret(), ...sharedKeys() })
      else for (const other of others(worker)) tell(other, message)
    })
    worker.on('exit', (code, signal) => {
      if (isStopping || !hasBegun) return
      log.warn('a worker ended, another begins', { code: signal ?? String(code) })
      setTimeout(
        () => {
          if (!isStopping) begin()
        },
        performance.now() - since < usualLife ? pauseBefore : 0,
      )
    })
    return worker
  }

  const turningSecret = setInterval(() => {
    secret = randomBytes(32)
    tellAll(sharedSecret())
  }, secretLivesFor).unref()
  // The key before still opens what it sealed last.
  const turningKeys = setInterval(() => {
    handleKeys = [randomBytes(32), ...handleKeys.slice(0, 1)]
    tellAll(sharedKeys())
  }, handleLivesFor).unref()

  async function stop(): Promise<void> {
    isStopping = true
    clearInterval(turningSecret)
    clearInterval(turningKeys)
    const left = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    await Promise.all(
      left.map(async (worker) => {
        const gone = new Promise((resolve) => worker.once('exit', resolve))
        if (worker.isDead()) return
        worker.process.kill('SIGTERM')
        await gone
      }),
    )
  }

  let hasBegun = false
  async function start(): Promise<void> {
    if (!(await listens(begin()))) throw new Error('the first worker ended before it listened')
    hasBegun = true
    if (!isStopping) await Promise.all(Array.from({ length: count - 1 }, () => listens(begin())))
  }
  return { ready: start(), stop }
}

/** Resolves once it listens or has ended, to whether it listens. */
async function listens(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.once('listening', () => resolve(true))
    worker.once('exit', () => resolve(false))
  })
}

/**
 * The other workers, to one of them, once it has the secrets that they share; nobody where this process serves its port alone.
 * It asks for them: what is sent to a process that has just begun can come before anybody listens, and is lost then.
 */
export async function peersOf(count: number): Promise<Peers | undefined> {
  if (!cluster.isWorker) return undefined
  const send = (message: PeerMessage) => {
    if (process.connected) process.send?.(message)
  }
  const peers = peersBy(count, send)
  const told = new Promise<void>((resolve) => {
    process.on('message', (message: PeerMessage) => {
      peers.receive(message)
      if (message.handleKeys !== undefined) resolve()
    })
  })
  send({ asks: true })
  await told
  return peers
}

/** Whether this is the worker that speaks for all at their start. */
export function isFirstWorker(): boolean {
  return !cluster.isWorker || cluster.worker?.id === 1
}
