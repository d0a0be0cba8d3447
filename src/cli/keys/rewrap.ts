import { loadConfig } from '../../config.ts'
import { hasPrivateKeys, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import { type Rewrapped, rewrap } from '../../domain/retention/rewrap.ts'
import { acceptKeysOf } from '../../start/acceptKeys.ts'
import { periodsOf } from '../../vocabulary/periods.ts'
import { command, Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

const operator = { id: 'operator', role: 'cli' } as const

/** `sotto keys rewrap [KID]`: takes what is kept out of a period that is over. */
export const rewrapKeys = command({
  name: 'keys rewrap',
  about:
    'Move what is kept under an expired organisation key to the active one, so that the old can be destroyed.',
  more: `Without KID: from every expired key of the organisation, and of agencies whose keys the service holds. Triage must have taken up
\`sotto keys activate\`, as its log says, or it cannot open what was moved. What is due stays (\`sotto purge\` first), and so do reasons in the audit trail, which only grows:
they end with their period. Cut short, run it again: it goes on.`,
  parameters: {
    kid: { value: 'KID', about: 'the expired key, as `sotto keys list` shows it', positional: true },
  },
  example: 'sotto mix && sotto purge --yes && sotto keys rewrap',
  async run({ kid }) {
    const periods = periodsOf(loadConfig())
    return withDeployment(async ({ pool, keyring }) => {
      if (!hasPrivateKeys(keyring))
        throw new Refusal('KEYRING_FILE holds public keys only: rewrap on the triage host')
      const kids = expiredKids(keyring, kid)
      await acceptKeysOf(keyring, pool)
      const clock = () => new Date()
      const audit = auditTrail(pool, keyring, clock)
      const tell = (name: string, moved: number) => process.stderr.write(`${name}: ${moved} moved\n`)
      const outcome = await rewrap({ pool, keyring, audit, clock, periods, tell }, operator, kids)
      if (outcome.state === 'busy')
        throw new Refusal('another instance purges or rewraps: wait until it is done')
      if (outcome.state === 'boxed') {
        throw new Refusal(
          `the box holds ${outcome.rows} batches under such a key: \`sotto mix\` first, today's tomorrow`,
        )
      }
      const { state: _state, ...json } = outcome
      return { text: textOf(outcome), note: noteOf(outcome), json: { kids, ...json } }
    }, 2)
  },
})

function expiredKids(keyring: Keyring, kid: string | undefined): string[] {
  const expired = keyring.keys
    .filter(
      ({ purpose, status }) => (purpose === 'organisation' || purpose === 'agency') && status === 'expired',
    )
    .map((key) => key.kid)
  if (kid === undefined) return expired
  if (keyByKid(keyring, kid) === undefined) throw new Refusal('the keyring has no key with this kid')
  if (!expired.includes(kid))
    throw new Refusal('only from an expired key of the organisation or an agency is anything moved')
  return [kid]
}

function textOf({ moved, deleted }: Rewrapped): string {
  const parts = Object.entries(moved).map(([name, count]) => `${count} ${name}`)
  return `moved ${parts.join(', ') || 'nothing'}; ${deleted} old batch keys deleted\n`
}

function noteOf({ unopened, narrowed, due }: Rewrapped): string {
  const notes = [
    due > 0 && `${due} reports are due and were left: \`sotto purge\`.`,
    unopened > 0 && `${unopened} rows do not open and were left: forged or damaged, or their key is missing.`,
    narrowed > 0 &&
      `${narrowed} rows are now open to the organisation alone: whose mailbox or agency they are is in doubt.`,
  ]
  return notes.map((note) => (note === false ? '' : `${note}\n`)).join('')
}
