import type { PublicSide, StaffSide } from '../app.ts'
import { localTokens } from '../auth/localTokens.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createIntake } from '../domain/intake/intake.ts'
import { publishedKeys } from '../domain/intake/publishedKeys.ts'
import { loadSignposts } from '../domain/signposts.ts'
import { auditTrail } from '../domain/staff/audit.ts'
import { publishTaxonomy } from '../domain/taxonomy.ts'
import { createTriage } from '../domain/triage/triage.ts'
import { type AcceptedKey, registerKeys } from '../storage/acceptedKeys.ts'
import { findKeptAnswer } from '../storage/keptAnswers.ts'
import type { Pool } from '../storage/pool.ts'

type Clock = () => Date

/** Puts the public side together: public keys and intake's pool are all that it has. */
export function publicSideOf(pool: Pool<'sotto_intake'>, keyring: Keyring, clock: Clock): PublicSide {
  const signposts = loadSignposts()
  const settings = { signposts, configuredAgencies: new Set<string>(), nextRead: 'the next working day' }
  return {
    intake: createIntake({ pool, keyring, settings, clock }),
    taxonomy: publishTaxonomy(signposts),
    keys: publishedKeys(keyring),
    findKeptAnswer: (keyHash) => findKeptAnswer(pool, keyHash),
  }
}

/** Puts the staff's side together. */
export function staffSideOf(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: Clock): StaffSide {
  const audit = auditTrail(pool, keyring, clock)
  return {
    triage: createTriage({ pool, keyring, audit }),
    door: {
      identify: localTokens(pool, keyring, clock).identify,
      recordDenial: (person, target) => audit.recordDenial({ actor: person.id, role: person.role, target }),
    },
  }
}

/** Tells the database which organisation keys reports may be sealed to. */
export function acceptKeysOf(keyring: Keyring, pool: Pool<'sotto_triage'>): Promise<void> {
  const keys = publishedKeys(keyring).items.map((item): AcceptedKey => {
    const { notBefore = '' } = keyring.keys.find(({ kid }) => kid === item.kid) ?? {}
    return { ...item, publicKey: Buffer.from(item.publicKey, 'base64url'), notBefore }
  })
  return registerKeys(pool, keys)
}
