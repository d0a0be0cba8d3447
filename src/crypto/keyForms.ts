import type { KeyPurpose } from './keyringKey.ts'

/** What a key consists of: a pair that things are sealed to, a pair that signs, or 32 secret bytes. */
export type KeyForm = 'sealing' | 'ed25519' | 'secret'

/** Which form the key of each purpose has, how its kid begins, and for how many days it is meant to serve. */
export const keyForms = {
  organisation: { form: 'sealing', prefix: 'org', days: 31 },
  recovery: { form: 'sealing', prefix: 'rec', days: 366 },
  agency: { form: 'sealing', prefix: 'agy', days: 366 },
  index: { form: 'secret', prefix: 'idx', days: 366 },
  token: { form: 'secret', prefix: 'tok', days: 731 },
  sign: { form: 'ed25519', prefix: 'sgn', days: 731 },
  audit: { form: 'ed25519', prefix: 'aud', days: 731 },
  cursor: { form: 'secret', prefix: 'cur', days: 731 },
} as const satisfies Record<KeyPurpose, { form: KeyForm; prefix: string; days: number }>
