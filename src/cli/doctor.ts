import { loadConfig } from '../config.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { readGivenKeyring } from '../start/keyringSource.ts'
import { openPool } from '../storage/pool.ts'
import { standingOf } from '../storage/standing.ts'
import { command, Refusal } from './command.ts'
import { sayObstacle, tellDatabase, withDatabase } from './deployment.ts'
import { audit } from './doctor/audit.ts'
import { clocks } from './doctor/clocks.ts'
import type { Examination, Finding, Patient } from './doctor/finding.ts'
import { heldTables } from './doctor/heldTables.ts'
import { host } from './doctor/host.ts'
import { keeping } from './doctor/keeping.ts'
import { keyring } from './doctor/keyring.ts'
import { logins } from './doctor/logins.ts'
import { mixing } from './doctor/mixing.ts'
import { proxy } from './doctor/proxy.ts'
import { purge } from './doctor/purge.ts'
import { restricted } from './doctor/restricted.ts'
import { serverSettings } from './doctor/serverSettings.ts'
import { signposts } from './doctor/signposts.ts'
import { tls } from './doctor/tls.ts'

/** Everything that is looked at, in the order in which it is told. */
export const examinations: readonly Examination[] = [
  serverSettings,
  heldTables,
  logins,
  tls,
  keyring,
  host,
  proxy,
  mixing,
  purge,
  clocks,
  audit,
  restricted,
  signposts,
  keeping,
]

/** `sotto doctor`: whether a deployment keeps its promises, as far as can be seen from here. */
export const doctor = command({
  name: 'doctor',
  about: 'Check this deployment against what keeps reporters unknown and reports safe.',
  more: `Run it where the service runs, with its settings: on the triage host and on the intake host. Each breach is named with its
remedy and the page that says more. It changes nothing. Exits 1 if there is a breach; a warning alone is no failure.`,
  parameters: {},
  example: 'sotto doctor',
  async run() {
    const config = loadConfig()
    const told = await withDatabase(config, async ({ embedded, url, intakeUrl }) => {
      const isIntake = config.role === 'intake'
      const [address, role] = isIntake ? [intakeUrl, 'sotto_intake' as const] : [url, 'sotto_triage' as const]
      const standing = await standingOf(address, role)
      if (standing.obstacle !== undefined) throw new Refusal(sayObstacle(standing, standing.obstacle))
      tellDatabase(standing)
      const triage = isIntake ? undefined : openPool(address, 'sotto_triage', 2)
      const pool = triage ?? openPool(address, 'sotto_intake', 1)
      const patient = {
        config,
        embedded,
        pool,
        triage,
        keyring: await keyringIfAny(config),
        now: new Date(),
        clock: Date.now,
      }
      try {
        return await examine(patient)
      } finally {
        await pool.close()
      }
    })
    const breaches = told.filter(({ level }) => level === 'breach').length
    const warnings = told.length - breaches
    return {
      text: `${told.map(inLines).join('')}${summary(breaches, warnings)}\n`,
      json: { healthy: breaches === 0, breaches, warnings, findings: told },
      ...(breaches > 0 ? { failed: true as const } : {}),
    }
  },
})

type Told = Finding & { check: string; doc: string }

async function examine(patient: Patient): Promise<Told[]> {
  const told: Told[] = []
  for (const { name: check, doc, look } of examinations) {
    for (const finding of await look(patient)) told.push({ check, ...finding, doc })
  }
  return told
}

async function keyringIfAny(config: Parameters<typeof readGivenKeyring>[0]): Promise<Keyring | undefined> {
  try {
    return await readGivenKeyring(config)
  } catch {
    return undefined
  }
}

function inLines({ level, check, found, remedy, doc }: Told): string {
  return `${level} ${check}: ${found}\n  remedy: ${remedy}\n  see: ${doc}\n`
}

function summary(breaches: number, warnings: number): string {
  const checked = `${examinations.length} parts were checked`
  if (breaches + warnings === 0) return `${checked}: all is well`
  return `${checked}: ${breaches} breaches, ${warnings} warnings`
}
