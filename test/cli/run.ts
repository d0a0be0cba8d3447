import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Where a command of the build lies. */
export function programAt(name: 'sotto' | 'demo'): string {
  return fileURLToPath(new URL(`../../src/cli/${name}.js`, import.meta.url))
}

/** Runs a program as a shell would, with these settings and no others. */
export function run(
  name: 'sotto' | 'demo',
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, [programAt(name), ...words], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}
