import { type ChildProcess, execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a program printed, and its exit code. */
export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** A command line for the runner, and what came of it. */
export interface Errand {
  words: readonly string[]
  settings: Record<string, string>
}

/** Where a command of the build lies. */
export function programAt(name: 'sotto' | 'demo'): string {
  return fileURLToPath(new URL(`../../src/cli/${name}.js`, import.meta.url))
}

/** Runs a program as a shell would, with these settings and no others. */
export function runProcess(
  name: 'sotto' | 'demo',
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<Ran> {
  const env = { PATH: process.env.PATH, ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, [programAt(name), ...words], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/**
 * Runs `sotto` as `runProcess` does, one command line after another in one process that is kept: starting one for each
 * takes a second, and a test file has a hundred.
 */
export function run(
  name: 'sotto' | 'demo',
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<Ran> {
  if (name === 'demo') return runProcess(name, words, settings)
  const ran = last.then(() => send({ words, settings }))
  last = ran.catch(() => undefined)
  return ran
}

let last: Promise<unknown> = Promise.resolve()
let runner: ChildProcess | undefined

async function send(errand: Errand): Promise<Ran> {
  runner ??= startRunner()
  runner.ref()
  runner.channel?.ref()
  const answer = once(runner, 'message') as Promise<[Ran]>
  runner.send(errand)
  const [ran] = await answer
  // Or the test file would never end.
  runner.unref()
  runner.channel?.unref()
  return ran
}

function startRunner(): ChildProcess {
  const child = fork(fileURLToPath(new URL('./runner.js', import.meta.url)), [], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return child
}
