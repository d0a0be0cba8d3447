import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = new URL('../../src/main.js', import.meta.url)

/** The service as a process of its own, which can be killed. */
export interface ServiceProcess {
  base: string
  pid: number
  /** All that it has written to stdout and stderr. */
  output(): Buffer
  /** Sends a signal, and resolves once the process is gone: to its exit code, or null if the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts the service, or another build of it, on the embedded Postgres of `dataDir`, with `settings` beyond. Resolves once it listens. */
export async function startServiceProcess(
  dataDir: string,
  settings: Record<string, string> = {},
  program: URL = main,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [fileURLToPath(program)], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      DATA_DIR: dataDir,
      PORT: '0',
      RATE_LIMIT: '0',
      CHALLENGE: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const written: Buffer[] = []
  child.stdout.on('data', (bytes) => written.push(bytes))
  child.stderr.on('data', (bytes) => written.push(bytes))
  const output = () => Buffer.concat(written)
  return {
    base: await addressOf(child, output),
    pid: child.pid ?? 0,
    output,
    async end(signal) {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

function addressOf({ stdout, pid }: ChildProcess, output: () => Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    stdout?.on('data', () => {
      const address = saidIn(output().toString())
      if (address !== undefined) resolve(address)
    })
    stdout?.on('end', () => reject(new Error(`the service (${pid}) ended before it listened: ${output()}`)))
  })
}

/** It says so in words where it runs its own Postgres, and in a line of the log where it is given one. What was read may end in their midst. */
function saidIn(output: string): string | undefined {
  const port = /"port":(\d+),"msg":"listening"/.exec(output)?.[1]
  return /Sotto listens at (\S+)\n/.exec(output)?.[1] ?? (port && `http://127.0.0.1:${port}`)
}
