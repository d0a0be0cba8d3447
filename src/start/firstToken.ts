import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalTokens } from '../auth/localTokens.ts'
import { tokenMade } from '../domain/audit/staffDeeds.ts'
import type { AuditTrail } from '../domain/audit/trail.ts'
import { ConfigError } from '../settings.ts'
import type { Pool } from '../storage/pool.ts'

const first = { name: 'First supervisor', role: 'supervisor', agency: null, days: 90 } as const

/** Makes the first supervisor's token of an embedded deployment that has no staff yet, in a file of its own (0600). */
export async function provideFirstToken(
  pool: Pool<'sotto_triage'>,
  tokens: LocalTokens,
  audit: AuditTrail,
  dataDir: string,
): Promise<void> {
  const known = await tokens.list()
  if (known.length > 0) return
  const token = await pool.transaction(async (query) => {
    const added = await tokens.add(query, first)
    await audit.record({ query, person: { id: 'operator', role: 'service' } }, tokenMade(added.person))
    return added.token
  })
  const file = firstTokenFile(dataDir)
  // A file that is there already would keep its own mode.
  try {
    rmSync(file, { force: true })
    writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError(`DATA_DIR: ${file} cannot be written (${code}): make the folder writable`)
  }
}

export function firstTokenFile(dataDir: string): string {
  return join(dataDir, 'staff-token')
}
