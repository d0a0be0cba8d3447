import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server that is measured, in a process of its own. */
export interface Server {
  url: string
  pid: number
  stop(): Promise<void>
}

/** Starts a compiled program of this project. Resolves once it prints where it listens. */
export async function startServer(program: string, environment: Record<string, string>): Promise<Server> {
  const path = fileURLToPath(new URL(`../${program}`, import.meta.url))
  const child = spawn(process.execPath, [path], {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      const address = /listens at (\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.stdout.on('end', () => reject(new Error(`${program} ended before it listened`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
