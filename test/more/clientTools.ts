import { fileURLToPath } from 'node:url'
import { command } from './command.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Generators, linters and a TypeScript of their own, with a lock file of their own. */
const folder = fileURLToPath(new URL('../../../test/clients', import.meta.url))

let installed: Promise<string> | undefined

/** Runs a program in test/clients, once its packages are installed. */
export async function clientTool(words: readonly string[], environment?: Record<string, string>) {
  installed ??= command(folder, [
    'npm',
    'ci',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ])
  await installed
  return command(folder, words, environment)
}
