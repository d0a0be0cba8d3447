export type KeyPurpose =
  | 'organisation'
  | 'recovery'
  | 'agency'
  | 'index'
  | 'token'
  | 'sign'
  | 'audit'
  | 'cursor'

/** A pending key waits for its period; an expired one still opens; a destroyed one has no private half left. */
export type KeyStatus = 'pending' | 'active' | 'expired' | 'destroyed'

/** One key, as a keyring holds it. */
export type KeyringKey = {
  kid: string
  /** HPKE ids, of keys that things are sealed to. */
  kem?: number
  kdf?: number
  aead?: number
  /** Of keys that sign. */
  alg?: 'Ed25519'
  purpose: KeyPurpose
  status: KeyStatus
  agency?: string
  /** base64url of the raw key; of an Ed25519 private key, the seed. */
  publicKey?: string
  privateKey?: string
  secret?: string
  notBefore: string
  /** Of an active key the day it should turn over; of an expired one the day it did. */
  notAfter: string
}
