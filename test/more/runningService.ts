import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { staffRoles } from '../../src/vocabulary/roles.ts'
import { run } from '../cli/run.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'

export interface RunningService {
  base: string
  /** Where its database lies. */
  dataDir: string
  /** A new token of a person in that role; a partner is of `housing`. */
  tokens(): Promise<Record<string, string>>
  /** A command of `sotto` on the same data; what it said. */
  sotto(...words: string[]): Promise<string>
}

/** Starts the service as a new user does, on a folder of its own, for as long as `work` takes; with these settings beyond. */
export async function withService(
  work: (service: RunningService) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-more-'))
  const service = await startServiceProcess(folder, settings)
  const sotto = async (...words: string[]) => {
    const { code, stdout, stderr } = await run('sotto', words, { DATA_DIR: folder })
    if (code !== 0) throw new Error(`sotto ${words.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
    return stdout
  }
  const addStaff = async (role: string) => {
    const agency = role === 'partner' ? ['--agency', 'housing'] : []
    const token = await sotto('staff', 'add', '--name', `The ${role}`, '--role', role, ...agency)
    return [role, token.trim()] as const
  }
  try {
    await work({
      base: service.base,
      dataDir: folder,
      sotto,
      async tokens() {
        const all: (readonly [string, string])[] = []
        for (const role of staffRoles) all.push(await addStaff(role))
        return Object.fromEntries(all)
      },
    })
  } finally {
    await service.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}
