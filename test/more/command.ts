import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program in `folder`. Resolves to what it wrote to stdout; rejects with all it wrote, if it fails. */
export async function command(
  folder: string,
  [program = '', ...words]: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  let all = ''
  child.stdout.on('data', (bytes: Buffer) => {
    written += bytes
    all += bytes
  })
  child.stderr.on('data', (bytes: Buffer) => {
    all += bytes
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code ?? signal}:\n${all}`)
  return written
}
