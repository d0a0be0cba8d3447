import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { hold } from './connection.ts'

/** A service's standing connection to its server. */
export interface Presence {
  /** Gives the connection up for good. */
  leave(): Promise<void>
}

const pause = 1000

/**
 * Keeps `client` open, so that no other process takes the server for unused. When it is lost, because the server
 * was killed, `enter` brings the server back, again and again until it does. Keeps no process alive.
 */
export function stayPresent(client: pg.Client, enter: () => Promise<pg.Client>): Presence {
  let current = client
  let hasLeft = false
  let returning: Promise<void> = Promise.resolve()

  const stay = () => {
    hold(current, false)
    current.once('end', () => {
      if (!hasLeft) returning = comeBack()
    })
  }
  const comeBack = async (): Promise<void> => {
    try {
      current = await enter()
      stay()
    } catch {
      await sleep(pause, undefined, { ref: false })
      if (!hasLeft) await comeBack()
    }
  }
  const leave = async () => {
    hasLeft = true
    await returning
    hold(current, true)
    await current.end().catch(() => undefined)
  }
  stay()
  return { leave }
}
