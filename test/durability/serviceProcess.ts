import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url))

/** The service as a process of its own, which can be killed. */
export interface ServiceProcess {
  base: string
  /** Sends a signal, and resolves once the process is gone: to its exit code, or null if the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts the service on the embedded Postgres of `dataDir`. Resolves once it listens. */
export async function startServiceProcess(dataDir: string): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      DATA_DIR: dataDir,
      PORT: '0',
      RATE_LIMIT: '0',
      CHALLENGE: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const base = await addressOf(child)
  return {
    base,
    async end(signal) {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

function addressOf({ stdout, ...child }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      const address = /Sotto listens at (\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
    stdout?.on('end', () => reject(new Error(`the service (${child.pid}) ended before it listened`)))
  })
}
