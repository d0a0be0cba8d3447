import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** How a process of tests ended: what is to be told of it, and how many assertions there were. */
export interface Ended {
  told: string
  total: number
  failed: number
}

const runner = fileURLToPath(new URL('severalFiles.js', import.meta.url))
/** A machine may have much else to do. What hangs is found all the same. */
const secondsAtMost = 400
/** Short lives of much garbage: with more room for the young, and no threads to look for it, they take a sixteenth less. */
const flags = ['--enable-source-maps', '--max-semi-space-size=64', '--single-threaded-gc']
/** Of a process that ended without saying why. */
const linesShown = 40

/**
 * Runs these files in a plain process of Node, one after the other. Tap's own way to start a process gives it, and every
 * process that it starts in turn, module hooks and the measuring of coverage: on Node 20 the thread of the hooks now and then
 * stops a process for ever while it loads (nodejs/node#50948), and a fifth of all that the tests took went into the coverage,
 * which nobody read.
 */
export async function runTests(files: readonly string[], signal: AbortSignal): Promise<Ended> {
  const child = spawn(process.execPath, [...flags, runner], {
    env: { ...process.env, TAP_TIMEOUT: String(secondsAtMost), TEST_FILES: files.join('\n') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let end = ''
  const kill = (why: string) => {
    end = why
    child.kill('SIGKILL')
  }
  const stop = () => kill('it was stopped')
  signal.addEventListener('abort', stop)
  const timer = setTimeout(() => kill('it took too long'), secondsAtMost * 1_000 * files.length)
  const closed = once(child, 'close')
  const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  // What it started may hold its output open for longer than it lived.
  await Promise.race([closed, sleep(10_000, undefined, { ref: false })])
  clearTimeout(timer)
  signal.removeEventListener('abort', stop)

  const { total, failed, told } = summaryOf(said.split('\n'))
  if ((code === 0 && total > 0) || failed > 0) return { total, failed, told }
  const last = said.split('\n').slice(-linesShown).join('\n')
  const why = end || (code === 0 ? 'nothing was tested' : `ended with ${code ?? killedBy}`)
  return { total, failed: 1, told: `${told}not ok - ${files.join(' ')}: ${why}\n${last}\n` }
}

/** Of all that tap says: a line a file, every failure with its diagnostics, and the numbers. */
function summaryOf(lines: readonly string[]): Ended {
  let told = ''
  let followsFailure = false
  let inDiagnostics = false
  const counts: Record<string, number> = {}
  for (const line of lines) {
    const isFailure = !inDiagnostics && /^\s*not ok\b/.test(line)
    const isOfFile = /^(ok|Bail out)/.test(line)
    if (followsFailure && /^\s*---$/.test(line)) inDiagnostics = true
    if (isFailure || isOfFile || inDiagnostics) told += `${line}\n`
    if (/^\s*\.\.\.$/.test(line)) inDiagnostics = false
    followsFailure = isFailure
    const [, totals = ''] = /^# \{ (.*) \}$/.exec(line) ?? []
    for (const [, name = '', count] of totals.matchAll(/(\w+): (\d+)/g)) counts[name] = Number(count)
  }
  return { told, total: counts.total ?? 0, failed: counts.fail ?? 0 }
}
