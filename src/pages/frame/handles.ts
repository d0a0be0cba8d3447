import { randomBytes } from 'node:crypto'
import { openOpaque, sealOpaque } from '../../crypto/opaque.ts'

/** Milliseconds for which a mailbox stays open on a page without its receipt being typed again. */
export const handleLivesFor = 15 * 60_000

interface Key {
  since: number
  key: Buffer
}

/** A receipt that a page carries. */
export interface Held {
  canonical: string
  /** Whether it opened its mailbox: one that only waits its turn to try has still to pay. */
  isKnown: boolean
}

interface Sealed extends Held {
  until: number
}

/**
 * Handles: a receipt sealed for the pages of the mailbox, so that it is typed once. The keys are in this process alone, or in
 * the workers behind one port, who are given them (`shared`, the newest first). They are written nowhere, and go after half
 * an hour: then not even who has the page and the process can open it.
 */
export function handles(now: () => number = Date.now, shared: () => readonly Buffer[] = () => []) {
  let keys: Key[] = []

  function current(): Key {
    const at = now()
    keys = keys.filter(({ since }) => Math.abs(at - since) < 2 * handleLivesFor)
    const newest = keys[0]
    if (newest !== undefined && Math.abs(at - newest.since) < handleLivesFor) return newest
    const made = { since: at, key: randomBytes(32) }
    keys = [made, ...keys]
    return made
  }

  return {
    /** Seals the canonical form of a receipt. */
    seal(held: Held): string {
      return sealOpaque(shared()[0] ?? current().key, label, {
        ...held,
        until: now() + handleLivesFor,
      } satisfies Sealed)
    },
    /** What it holds, or undefined where the handle is none, or too old. */
    open(handle: string): Held | undefined {
      current()
      for (const key of [...shared(), ...keys.map((own) => own.key)]) {
        const sealed = openOpaque(key, label, handle) as Sealed | undefined
        if (sealed !== undefined) return now() < sealed.until ? sealed : undefined
      }
      return undefined
    },
  }
}

export type Handles = ReturnType<typeof handles>

const label = 'sotto/1/page-handle'
