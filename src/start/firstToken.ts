import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalTokens } from '../auth/localTokens.ts'

const days = 90

/** Makes the first supervisor's token of an embedded deployment that has no staff yet, in a file of its own (0600). */
export async function provideFirstToken(tokens: LocalTokens, dataDir: string): Promise<void> {
  const known = await tokens.list()
  if (known.length > 0) return
  const { token } = await tokens.add({ name: 'First supervisor', role: 'supervisor', agency: null, days })
  const file = firstTokenFile(dataDir)
  // A file that is there already would keep its own mode.
  rmSync(file, { force: true })
  writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' })
}

export function firstTokenFile(dataDir: string): string {
  return join(dataDir, 'staff-token')
}
