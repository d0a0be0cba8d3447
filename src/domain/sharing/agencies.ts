import { createHash, randomBytes } from 'node:crypto'
import { looksAlike } from '../../auth/names.ts'
import { canSealTo } from '../../crypto/hpke.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Attestation } from '../../crypto/sign.ts'
import type { Agency, AgencyKey } from '../../schemas/sharing.ts'
import {
  type AgencyKeyRow,
  type AgencyRow,
  activeAgencyKeys,
  changeAgency,
  findAgency,
  insertAgency,
  insertAgencyKey,
  keysOfAgency,
  listAgencies,
  lockAgency,
} from '../../storage/agencies.ts'
import type { Query } from '../../storage/pool.ts'
import { type AgencyKind, agencies as usualAgencies } from '../../vocabulary/agencies.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { administered } from '../audit/deeds.ts'
import type { Actor } from '../audit/trail.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { isSigned, signed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'

/** Agencies and the keys that products are sealed to. A key counts only if the service signed it. */
export function agencyRegister({ pool, keyring, audit, clock }: TriageDeps) {
  return {
    list: (): Promise<Agency[]> =>
      pool.transaction(async (query) => {
        const keys = (await activeAgencyKeys(query)).filter((key) => isGenuineKey(keyring, key))
        return (await listAgencies(query)).map((row) => agencyView(row, keys))
      }),

    add: (
      actor: Actor,
      { slug, name, kind = 'agency' }: { slug: string; name: string; kind?: AgencyKind | undefined },
      storeAnswer: StoreAnswer,
    ): Promise<Agency> =>
      pool.transaction(async (query) => {
        if (!(await insertAgency(query, slug, name, kind)))
          throw refusal(
            'not-in-this-state',
            'There is an agency of this slug already. Change it by PATCH, or choose another slug.',
          )
        await refuseLookAlike(query, slug, name)
        const agency: Agency = { slug, name, retired: false, kind, keyHeldBy: null }
        await storeAnswer(query, agency)
        await audit.record({ query, person: actor }, administered(`agency/${slug}`))
        return agency
      }),

    change: (
      actor: Actor,
      slug: string,
      { name, retired }: { name?: string; retired?: boolean },
    ): Promise<Agency> =>
      pool.transaction(async (query) => {
        if (!(await changeAgency(query, slug, name, retired))) throw new Fault('not-found')
        if (name !== undefined) await refuseLookAlike(query, slug, name)
        const row = await findAgency(query, slug)
        if (row === undefined) throw new Fault('not-found')
        const keys = (await keysOfAgency(query, slug)).filter((key) => isGenuineKey(keyring, key))
        await audit.record({ query, person: actor }, administered(`agency/${slug}`))
        return agencyView(row, keys)
      }),

    keys: (slug: string): Promise<AgencyKey[]> =>
      pool.transaction(async (query) => {
        if ((await findAgency(query, slug)) === undefined) throw new Fault('not-found')
        return (await keysOfAgency(query, slug)).filter((key) => isGenuineKey(keyring, key)).map(keyView)
      }),

    /** A key of the agency's own becomes the one that products are sealed to. */
    addKey: async (
      actor: Actor,
      slug: string,
      publicKey: Buffer,
      storeAnswer: StoreAnswer,
    ): Promise<AgencyKey> => {
      if (!(await canSealTo(publicKey))) {
        throw invalid('/publicKey', 'unusable-key', 'must be a key that can be sealed to')
      }
      return pool.transaction(async (query) => {
        if ((await lockAgency(query, slug)) === undefined) throw new Fault('not-found')
        const kid = `agy-${randomBytes(12).toString('base64url')}`
        const key = signedKey(
          keyring,
          { kid, agency: slug, publicKey, heldBy: 'agency' },
          actor.id,
          dayOf(clock()),
        )
        await insertAgencyKey(query, key)
        await storeAnswer(query, keyView(key))
        await audit.record({ query, person: actor }, administered(`agency/${slug}/key/${kid}`))
        return keyView(key)
      })
    },

    /** Makes the usual agencies known, and the keys that the service's keyring holds for agencies. */
    provide: (): Promise<void> =>
      pool.transaction(async (query) => {
        for (const { slug, name } of usualAgencies) await insertAgency(query, slug, name)
        for (const key of keyring.keys) await registerHeldKey({ query, keyring }, key, dayOf(clock()))
      }),
  }
}

/** Staff choose by its name whom they send to: none is called as another is, or so that a reader may take it for the other. */
async function refuseLookAlike(query: Query, slug: string, name: string): Promise<void> {
  const others = (await listAgencies(query)).filter((one) => one.slug !== slug)
  if (others.some((other) => [other.name, other.slug].some((one) => looksAlike(one, name)))) {
    throw invalid('/name', 'looks-alike', 'must not look like the name of another agency')
  }
}

export type AgencyRegister = ReturnType<typeof agencyRegister>

/** The key that products for this agency are sealed to now. */
export async function sealingKeyOf(work: Work, slug: string): Promise<AgencyKeyRow | undefined> {
  const keys = await keysOfAgency(work.query, slug)
  return keys.find((key) => key.status === 'active' && isGenuineKey(work.keyring, key))
}

/** A key of this agency by its id, be it retired; undefined unless the service signed it. */
export async function genuineKeyOf(work: Work, slug: string, kid: string): Promise<AgencyKeyRow | undefined> {
  const keys = await keysOfAgency(work.query, slug)
  return keys.find((key) => key.kid === kid && isGenuineKey(work.keyring, key))
}

async function registerHeldKey(
  work: Work,
  { kid, purpose, status, agency, publicKey }: Keyring['keys'][number],
  today: string,
): Promise<void> {
  if (purpose !== 'agency' || status !== 'active' || agency === undefined || publicKey === undefined) return
  await insertAgency(work.query, agency, agency)
  // An agency that has taken its key into its own hands keeps it.
  const isProvided = async () =>
    (await keysOfAgency(work.query, agency)).some(
      (key) => key.kid === kid || (key.status === 'active' && key.heldBy === 'agency'),
    )
  if (await isProvided()) return
  await lockAgency(work.query, agency)
  if (await isProvided()) return
  const raw = Buffer.from(publicKey, 'base64url')
  await insertAgencyKey(
    work.query,
    signedKey(work.keyring, { kid, agency, publicKey: raw, heldBy: 'service' }, 'service', today),
  )
}

type Unsigned = Pick<AgencyKeyRow, 'kid' | 'agency' | 'publicKey' | 'heldBy'>

function signedKey(keyring: Keyring, key: Unsigned, author: string, addedOn: string): AgencyKeyRow {
  const signature = signed(keyring, attestationOf({ ...key, author }))
  return { ...key, status: 'active', addedOn, author, signature }
}

function isGenuineKey(keyring: Keyring, row: AgencyKeyRow): boolean {
  return isSigned(keyring, attestationOf(row), row.signature)
}

function attestationOf({
  kid,
  agency,
  publicKey,
  heldBy,
  author,
}: Unsigned & { author: string }): Attestation {
  const hash = createHash('sha256').update(publicKey).digest()
  return {
    kind: 'agency-key',
    id: kid,
    reportId: '',
    version: 1,
    author,
    decision: `${agency} ${heldBy}`,
    hash,
  }
}

function agencyView({ slug, name, retired, kind }: AgencyRow, keys: readonly AgencyKeyRow[]): Agency {
  const key = keys.find(({ agency, status }) => agency === slug && status === 'active')
  return { slug, name, retired, kind, keyHeldBy: key?.heldBy ?? null }
}

function keyView({ kid, publicKey, heldBy, status, addedOn }: AgencyKeyRow): AgencyKey {
  return { kid, publicKey: publicKey.toString('base64url'), heldBy, status, addedOn }
}
