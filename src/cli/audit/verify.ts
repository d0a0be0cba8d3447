import { readFileSync } from 'node:fs'
import type { Checkpoint } from '../../crypto/checkpoint.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { openHead } from '../../domain/audit/head.ts'
import { type Flaw, type Verdict, verifyTrail } from '../../domain/audit/verify.ts'
import { command, Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** `sotto audit verify`: whether the trail is what was recorded. */
export const verifyAudit = command({
  name: 'audit verify',
  about: 'Check the whole audit trail, and name the first record that is broken.',
  more: `Without --against it cannot see that the end was cut off, or that all from some record on was written anew: keep heads
elsewhere (\`sotto audit head\`). A keyring with public keys only will do.`,
  parameters: {
    against: { value: 'FILE', about: 'a head that was saved: today’s trail must go on from it' },
  },
  example: 'sotto audit verify --against head-2026-11-24.txt',
  async run({ against }) {
    const { verdict, saved } = await withDeployment(async ({ pool, keyring }) => {
      const saved = against === undefined ? undefined : readHead(against, keyring)
      return { verdict: await verifyTrail(pool, saved), saved }
    })
    const { head, broken } = verdict
    const json = {
      whole: broken === undefined,
      size: head.size,
      hash: head.hash.toString('hex'),
      ...(saved === undefined ? {} : { against: saved.size }),
      ...(broken === undefined ? {} : { broken }),
    }
    return broken === undefined
      ? { text: praise(verdict, saved), json }
      : { text: `record ${broken.seq}: ${reproach(broken.flaw, saved)}\n`, json, failed: true }
  },
})

function praise({ head }: Verdict, saved: Checkpoint | undefined): string {
  const whole = `${head.size} records, unbroken, the last hash ${head.hash.toString('hex')}\n`
  return saved === undefined
    ? whole
    : `${whole}they go on from the head that was saved at record ${saved.size}\n`
}

function reproach(flaw: Flaw, saved: Checkpoint | undefined): string {
  const size = saved?.size
  return {
    missing: 'it is missing',
    'out-of-place': 'its number is there twice, or is no number of the trail',
    changed: 'it is not what was recorded, or was not recorded by the service',
    replaced: `the trail agrees with itself, but not with the head that was saved at record ${size}: it or one before it was replaced`,
    'cut-off': `it is missing, with all after it: the head that was saved knew ${size} records`,
  }[flaw]
}

function readHead(file: string, keyring: Keyring): Checkpoint {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(`--against: the file cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  const head = openHead(keyring, text)
  if (head === undefined) {
    throw new Refusal('--against: no head that an audit key of this keyring signed for this trail')
  }
  return head
}
