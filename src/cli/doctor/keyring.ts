import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { lackedKeys, sayLacked } from '../../domain/retention/lackedKeys.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import { pastTheirDay } from '../../start/pastTheirDay.ts'
import { reasonOf } from '../../start/reason.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { breach, type Examination, type Finding, type Patient, warning } from './finding.ts'
import { ofRecovery } from './recovery.ts'

/** Who may read the keyring, whether it belongs here, whether it opens what is there, its age, and where copies lie. */
export const keyring: Examination = {
  name: 'keyring',
  doc: 'docs/operating.md#keyring',
  async look(patient) {
    const { config } = patient
    try {
      await readGivenKeyring(config)
    } catch (error) {
      return [
        breach(reasonOf(error), 'chmod 600, owned by the service’s user; KEYRING_FILE names the right file'),
      ]
    }
    if (config.keyringFrom !== 'file') return ofKeys(patient)
    return [...(await ofKeys(patient)), ...ofFolder(patient), ...ofCopies(config.keyringFile)]
  },
}

async function ofKeys({ keyring, config, triage, now }: Patient): Promise<Finding[]> {
  if (keyring === undefined) return []
  const findings = pastTheirDay(keyring, dayOf(now)).map((line) => warning(line, 'turn the key over'))
  if (config.role === 'intake' && hasPrivateKeys(keyring)) {
    findings.push(
      breach(
        'private keys lie on an intake host',
        'destroy this copy, put `sotto keys public` in its place, turn the keys over',
      ),
    )
  }
  if (triage === undefined) return findings
  if (!hasPrivateKeys(keyring)) {
    return [
      ...findings,
      breach('the keyring of triage holds no private keys', 'give KEYRING_FILE the whole keyring'),
    ]
  }
  if (config.keyringFrom === 'file') findings.push(...ofRecovery(keyring, config.keyringFile))
  const said = sayLacked(await lackedKeys(triage, keyring))
  return said === undefined
    ? findings
    : [...findings, breach(said, 'find the keyring that has them: `sotto keys check --keyring FILE`')]
}

/** Whether the keyring's folder is its owner's alone, and apart from the reports. */
export function ofFolder({ config, embedded }: Pick<Patient, 'config' | 'embedded'>): Finding[] {
  const folder = dirname(config.keyringFile)
  const findings: Finding[] = []
  if ((statSync(folder).mode & 0o022) !== 0) {
    findings.push(breach('others than its owner may write in the keyring’s folder', `chmod go-w ${folder}`))
  }
  if (embedded && folder === config.dataDir) {
    findings.push(
      warning(
        'reports and the keys that open them lie in one folder',
        'for real reports keep them apart: a Postgres of its own',
      ),
    )
  }
  return findings
}

/** Copies beside it: what a turn of keys or `keys destroy` does not reach. */
function ofCopies(file: string): Finding[] {
  const folder = dirname(file)
  return readdirSync(folder)
    .filter((name) => name !== basename(file) && holdsPrivateKeys(join(folder, name)))
    .map((name) =>
      warning(
        `${name}, beside the keyring, holds private keys too`,
        'keep copies offline; `sotto keys destroy` does not reach this one',
      ),
    )
}

const largestKeyring = 1_048_576

function holdsPrivateKeys(path: string): boolean {
  try {
    const stat = statSync(path)
    return stat.isFile() && stat.size <= largestKeyring && /"privateKey"\s*:/.test(readFileSync(path, 'utf8'))
  } catch {
    return false
  }
}
