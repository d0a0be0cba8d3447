import { spawn } from 'node:child_process'

/** As which user, and behind which words, Postgres' programs run. */
export interface Identity {
  uid: number
  gid: number
  prefix: readonly string[]
  /** Where programs are looked for, as in PATH. */
  searchPath: string
}

export interface Outcome {
  ok: boolean
  output: string
}

/**
 * The words and options to spawn `command` with, as `identity`. Our environment stays out: a setting of the service is
 * no business of the database's, and a stray PGDATA or PGPORT would move it.
 */
export function spawning(identity: Identity, command: string, args: readonly string[]) {
  const [first, ...rest] = [...identity.prefix, command, ...args]
  const other = process.getuid?.() !== identity.uid
  return {
    command: first ?? command,
    args: rest,
    options: {
      env: { PATH: identity.searchPath, LC_ALL: 'C' },
      cwd: '/',
      ...(other ? { uid: identity.uid, gid: identity.gid } : {}),
    },
  }
}

/** Runs a program to its end and gives what it printed. Never rejects: a program that cannot be run is not ok. */
export function run(identity: Identity, command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const spawned = spawning(identity, command, args)
    const child = spawn(spawned.command, spawned.args, {
      ...spawned.options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

/** The line of a program's output that says most about why it failed. */
export function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const telling = lines.findLast((line) => /FATAL|error|PANIC/.test(line)) ?? lines.at(-1) ?? 'no output'
  return telling.replace(/^.*?(FATAL|PANIC|error): +/, '')
}
