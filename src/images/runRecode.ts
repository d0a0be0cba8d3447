import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ImageType } from './imageType.ts'

export type ProcessLimits = { maxPixels: number; maxBytes: number; timeMs: number; memoryKiB: number }

/** How a process ended: with an image, or not. */
export type Recoded = Buffer | 'damaged' | 'too-slow' | 'busy'

/**
 * First for the out-of-memory killer, no core dump (it would be the image, on disc), no file of any size,
 * bounded memory and processor time (on a busy machine an image takes longer, and is no worse for it): set in a shell, since Node cannot. Where a system does not know one of
 * these limits, the others hold.
 */
const confined = [
  '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null',
  'ulimit -c 0',
  'ulimit -f 0',
  'ulimit -S -t 10',
  'ulimit -H -t 30',
  'ulimit -d "$1"',
  'shift',
  'command -v nice >/dev/null && set -- nice -n 5 "$@"',
  'exec "$@"',
].join('; ')

/** No secrets, and no temporary folder: libvips would put large images there. */
const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TMPDIR: '/dev/null',
  VIPS_DISC_THRESHOLD: '8g',
  MALLOC_ARENA_MAX: '2',
  UV_THREADPOOL_SIZE: '1',
}

const program = fileURLToPath(new URL('./recodeProcess.js', import.meta.url))

/** How recodeProcess says that the image is at fault. */
const exitUnreadable = 2

/**
 * Recodes one image in a process that lives for it alone and is killed when its time is over. Bytes go
 * through pipes, never a file. Rejects only where no process can be made to work at all.
 */
export function runRecode(bytes: Uint8Array, type: ImageType, limits: ProcessLimits): Promise<Recoded> {
  return new Promise((resolve, reject) => {
    const command = [process.execPath, program, type, String(limits.maxPixels), String(limits.maxBytes)]
    const child = spawn('/bin/sh', ['-c', confined, 'sh', String(limits.memoryKiB), ...command], {
      env: environment,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (noRoom.has(error.code ?? '')) resolve('busy')
      else reject(error)
    })
    // Without a process there may be no pipes either; the event above tells why.
    if (child.pid === undefined) return

    const parts: Buffer[] = []
    let room = limits.maxBytes
    let verdict: Exclude<Recoded, Buffer> | undefined
    const kill = (reason: 'too-slow' | 'damaged') => {
      verdict ??= reason
      child.kill('SIGKILL')
    }
    const timer = setTimeout(kill, limits.timeMs, 'too-slow')
    child.stdout.on('data', (part: Buffer) => {
      room -= part.length
      if (room >= 0) parts.push(part)
      else kill('damaged')
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const ended = verdict ?? verdictOf(code, signal)
      if (ended instanceof Error) reject(ended)
      else resolve(ended === 'done' ? Buffer.concat(parts) : ended)
    })
    // A child that ends early closes its input: that is told by its exit code.
    child.stdin.on('error', () => {})
    child.stdin.end(bytes)
  })
}

/** What a system says that has no room for another process. */
const noRoom = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE'])

/** Signals that come from outside (a stop, a machine short of memory), not from a decoder that fell over. */
const fromOutside = new Set<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'])

function verdictOf(
  code: number | null,
  signal: NodeJS.Signals | null,
): Exclude<Recoded, Buffer> | 'done' | Error {
  if (code === 0) return 'done'
  if (signal === 'SIGXCPU') return 'too-slow'
  if (signal) return fromOutside.has(signal) ? 'busy' : 'damaged'
  return code === exitUnreadable
    ? 'damaged'
    : new Error(`the image process could not work: exit code ${code}`)
}
