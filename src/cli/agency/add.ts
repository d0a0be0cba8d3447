import { readFileSync } from 'node:fs'
import { loadConfig } from '../../config.ts'
import { createDurably } from '../../crypto/durableFile.ts'
import { canSealTo } from '../../crypto/hpke.ts'
import { newKey, suiteOfKeyring } from '../../crypto/keyring.ts'
import type { SuiteName } from '../../crypto/suites.ts'
import { keyFileOf, newAgencyKeyFile } from '../../domain/sharing/keyFile.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import { agencyKinds } from '../../vocabulary/agencies.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { command, Refusal, UsageError } from '../command.ts'
import { inKeyringTurn, insistOnFile, replaceKeyring } from '../keys/keyring.ts'
import { givenSuite, suiteParameter } from '../keys/suite.ts'
import { slugOf } from '../staff/rules.ts'
import { withAgencies } from './register.ts'

/** `sotto agency add`: makes an agency known, with the key that its products are sealed to. */
export const addAgency = command({
  name: 'agency add',
  about: 'Add an agency, or give one that is known another key.',
  more: `Who can open what goes to the agency is decided by its key:
  --key FILE        makes a pair and writes its private half to FILE (0600), for the agency alone to keep
  --public-key KEY  takes the public half of a pair that the agency made (base64url; of either suite)
  --held service    makes a pair that the service's keyring holds
Without any of these it has no key yet, and nothing can be sent to it. With --kind provider nothing ever is: its people only
share in what they learn.`,
  parameters: {
    slug: { value: 'S', about: 'stable name, such as housing', required: true },
    name: { value: 'N', about: 'name to show (the slug if not said)' },
    key: { value: 'FILE', about: 'where to write the private half' },
    'public-key': { value: 'KEY', about: 'a public half' },
    held: { value: 'service', about: 'let the service hold the key' },
    kind: { value: 'K', about: 'agency (if not said), or provider: it only shares in what it learns' },
    suite: suiteParameter,
  },
  example: "sotto agency add --slug housing --name 'Housing' --key housing.key",
  async run({
    slug: given,
    name,
    key,
    'public-key': publicKey,
    held,
    kind: named = 'agency',
    suite: inSuite,
  }) {
    const suite = givenSuite(inSuite)
    const slug = slugOf(given, '--slug')
    if ([key, publicKey, held].filter((way) => way !== undefined).length > 1) {
      throw new UsageError('agency add takes one of --key, --public-key and --held')
    }
    if (held !== undefined && held !== 'service')
      throw new UsageError('agency add: --held takes only: service')
    const kind = agencyKinds.find((one) => one === named)
    if (kind === undefined)
      throw new UsageError(`agency add: --kind must be one of: ${agencyKinds.join(', ')}`)
    if (kind === 'provider' && (key ?? publicKey ?? held) !== undefined)
      throw new UsageError('agency add: nothing is sent to a provider, so it takes no key')
    const raw = key === undefined ? await rawKey(publicKey) : writeKeyFile(slug, key, suite)
    const kid = await withAgencies(async (agencies, pool) => {
      await agencies.ensure(slug, name ?? slug, kind)
      if (raw !== undefined) return agencies.provideKey(slug, raw)
      return held === undefined ? null : inKeyringTurn(pool, () => holdKeyFor(slug, suite))
    })
    return {
      text: `${slug}${kid === null ? '' : ` ${kid}`}\n`,
      note:
        held === undefined
          ? ''
          : 'Running triage services register it within seconds, unless a credential gives them the keyring.\n',
      json: { slug, kid },
    }
  },
})

/** Puts a new key for the agency into the keyring, in place of the one before. */
async function holdKeyFor(slug: string, suite: SuiteName | undefined): Promise<string> {
  const config = loadConfig()
  insistOnFile(config)
  const keyring = await readGivenKeyring(config)
  const added = newKey('agency', dayOf(new Date()), 'active', slug, suite ?? suiteOfKeyring(keyring))
  const retired = keyring.keys.map((known) =>
    known.purpose === 'agency' && known.agency === slug && known.status === 'active'
      ? { ...known, status: 'expired' as const }
      : known,
  )
  await replaceKeyring(config, keyring, { ...keyring, keys: [...retired, added] })
  return added.kid
}

async function rawKey(text: string | undefined): Promise<Buffer | undefined> {
  if (text === undefined) return undefined
  if (!/^([A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{1622})$/.test(text))
    throw new UsageError('--public-key must be 32 or 1,216 bytes as base64url')
  const raw = Buffer.from(text, 'base64url')
  if (!(await canSealTo(raw))) throw new UsageError('--public-key must be a key that can be sealed to')
  return raw
}

/** Writes the private half. Where that was done before and the rest was not, it goes on with what is there. */
function writeKeyFile(slug: string, path: string, suite: SuiteName | undefined): Buffer {
  const file = newAgencyKeyFile(slug, suite)
  try {
    createDurably(path, `${JSON.stringify(file, null, 2)}\n`)
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
    const known = isThere ? keyFileOf(slug, readFileSync(path, 'utf8')) : undefined
    if (known === undefined) throw new Refusal('--key FILE cannot be written, or is there already')
    return known
  }
  return Buffer.from(file.publicKey, 'base64url')
}
