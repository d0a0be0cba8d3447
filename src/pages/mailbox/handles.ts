import { randomBytes } from 'node:crypto'
import { decryptAesGcm, encryptAesGcm, nonceBytes } from '../../crypto/aesGcm.ts'

/** Milliseconds for which a mailbox stays open on a page without its receipt being typed again. */
const livesFor = 15 * 60_000

interface Key {
  since: number
  key: Buffer
}

/**
 * Handles: a receipt sealed for the pages of an open mailbox, so that it is typed once. The keys are in this process alone,
 * are written nowhere, and go after half an hour: then not even who has the page and the process can open it.
 */
export function handles(now: () => number = Date.now) {
  let keys: Key[] = []

  function current(): Key {
    const at = now()
    keys = keys.filter(({ since }) => Math.abs(at - since) < 2 * livesFor)
    const newest = keys[0]
    if (newest !== undefined && Math.abs(at - newest.since) < livesFor) return newest
    const made = { since: at, key: randomBytes(32) }
    keys = [made, ...keys]
    return made
  }

  return {
    /** Seals the canonical form of a receipt. */
    seal(canonical: string): string {
      const { key } = current()
      const nonce = randomBytes(nonceBytes)
      const text = Buffer.from(JSON.stringify({ canonical, until: now() + livesFor }))
      return Buffer.concat([nonce, encryptAesGcm(key, nonce, aad, text)]).toString('base64url')
    },
    /** The receipt, or undefined where the handle is none, or too old. */
    open(handle: string): string | undefined {
      if (handle.length > 512) return undefined
      current()
      const sealed = Buffer.from(handle, 'base64url')
      for (const { key } of keys) {
        try {
          const opened = decryptAesGcm(key, sealed.subarray(0, nonceBytes), aad, sealed.subarray(nonceBytes))
          const { canonical, until }: { canonical: string; until: number } = JSON.parse(opened.toString())
          return now() < until ? canonical : undefined
        } catch {}
      }
      return undefined
    },
  }
}

const aad = Buffer.from('sotto/1/page-handle')
