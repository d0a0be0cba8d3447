import { loadConfig } from '../../config.ts'
import { hasPrivateKeys, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import { destroyKey as withoutPrivateHalf } from '../../crypto/keyTurns.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import { destroyIndexKey } from '../../domain/links/destroyIndexKey.ts'
import { type Destroyed, destroy, type Named } from '../../domain/retention/destroy.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import type { Pool } from '../../storage/pool.ts'
import { command, Refusal, UsageError } from '../command.ts'
import { withDeployment } from '../deployment.ts'
import { inKeyringTurn, insistOnFile, replaceKeyring } from './keyring.ts'

const operator = { id: 'operator', role: 'cli' } as const

/** What a command cannot reach. */
const copies = [
  'offline copies of the keyring, and copies of its recovery file: renew them, destroy the old ones',
  'keyring files on other triage hosts: destroy the key there too',
  'backups and snapshots of the folder that the keyring lies in, and the blocks of the old file on its disk',
  'the memory of running triage services, which let go of it and do not overwrite it: restart them',
]

/** `sotto keys destroy KID`: ends a period for good. */
export const destroyKey = command({
  name: 'keys destroy',
  about: 'Destroy an expired key: what is sealed to it opens nowhere any more, in no backup either.',
  more: `It cannot be undone. Refused while anything that is kept needs the key: \`sotto purge\` and \`sotto keys rewrap\` first.
The private half leaves the keyring file; the public half stays there as destroyed. Reasons in the audit trail of that
period end with it.`,
  parameters: {
    kid: {
      value: 'KID',
      about: 'the expired key, as `sotto keys list` shows it',
      required: true,
      positional: true,
    },
    yes: { value: '', flag: true, about: 'do it; without this it is refused' },
    unopened: { value: '', flag: true, about: 'let go of rows that rewrap left since they do not open' },
  },
  example: 'sotto keys destroy "$KID" --yes',
  async run({ kid, yes, unopened = false }) {
    if (!yes) throw new UsageError('keys destroy cannot be undone: say --yes')
    const outcome = await withDeployment(
      ({ pool }) => inKeyringTurn(pool, () => destroyNow(pool, kid, unopened)),
      2,
    )
    if (outcome.state === 'index') {
      if (outcome.left > 0) {
        throw new Refusal(
          `the key is still needed by ${outcome.left} tokens: wait until triage has indexed again`,
        )
      }
      const text = `${kid} is destroyed\n`
      return { text, note: noteOnCopies(), json: { kid, status: 'destroyed', copies } }
    }
    if (outcome.state === 'busy')
      throw new Refusal('another instance purges or rewraps: wait until it is done')
    if (outcome.state === 'named') throw new Refusal(needs(outcome))
    const { state: _state, ...json } = outcome
    return {
      text: textOf(kid, outcome),
      note: noteOf(outcome),
      json: { kid, status: 'destroyed', ...json, copies },
    }
  },
})

/** The keyring is read only now: while this waited for its turn, another command may have changed it. */
async function destroyNow(pool: Pool<'sotto_triage'>, kid: string, unopened: boolean) {
  const config = loadConfig()
  insistOnFile(config)
  const keyring = await readGivenKeyring(config)
  if (!hasPrivateKeys(keyring)) {
    throw new Refusal('KEYRING_FILE holds public keys only: destroy on the triage host')
  }
  const after = destroyedIn(keyring, kid)
  const audit = auditTrail(pool, keyring, () => new Date())
  const removePrivateHalf = () => replaceKeyring(config, keyring, after)
  if (keyByKid(after, kid)?.purpose === 'index') {
    const left = await destroyIndexKey({ pool, audit }, operator, kid, removePrivateHalf)
    return { state: 'index' as const, left }
  }
  return destroy({ pool, keyring, audit }, operator, kid, { unopened, removePrivateHalf })
}

/** The keyring's own errors state a rule and quote nothing. */
function destroyedIn(keyring: Keyring, kid: string): Keyring {
  try {
    return withoutPrivateHalf(keyring, kid)
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'the key cannot be destroyed')
  }
}

function needs({ rows, boxed }: Named): string {
  const parts = Object.entries(rows).map(([name, count]) => `${count} ${name}`)
  if (boxed > 0) parts.push(`${boxed} batches in the box`)
  return `the key is still needed by ${parts.join(', ')}: mix, purge, \`sotto keys rewrap\`; --unopened if none of them opens`
}

function textOf(kid: string, { batchKeys }: Destroyed): string {
  return `${kid} is destroyed, with ${batchKeys} batch keys\n`
}

function noteOf({ auditReasons, setAside, unopened }: Destroyed): string {
  const lost = [
    auditReasons > 0 && `${auditReasons} reasons in the audit trail no longer open.`,
    setAside > 0 && `${setAside} rows in unplaced_rows no longer open.`,
    unopened > 0 && `${unopened} rows that did not open before will not open again.`,
  ].filter((line) => line !== false)
  return [...lost, noteOnCopies()].join('\n')
}

function noteOnCopies(): string {
  return ['What copies of the key remain:', ...copies.map((copy) => `- ${copy}`), ''].join('\n')
}
