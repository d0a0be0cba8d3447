import { deriveMailboxKeys, newReceiptAndSymbols } from './receipt.ts'

/** A receipt that nobody has yet, and of what it opens that which is stored. */
export interface NewMailboxKeys {
  receipt: string
  lookupId: Buffer
  sealingKey: Buffer
  signingKey: Buffer
}

/** Makes a receipt and its keys; wipes the private ones, which the reporter's receipt brings back. */
export function newMailboxKeys(): NewMailboxKeys {
  const { receipt, canonical } = newReceiptAndSymbols()
  const { lookupId, x25519, ed25519 } = deriveMailboxKeys(canonical)
  x25519.privateKey.fill(0)
  ed25519.privateKey.fill(0)
  return { receipt, lookupId, sealingKey: x25519.publicKey, signingKey: ed25519.publicKey }
}
