import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { url as inspectorUrl } from 'node:inspector'
import { processEnvironment } from './config.ts'
import { ConfigError } from './settings.ts'

/** Options of Node that write memory to a disk, or open it to a debugger, a dump or a key log. */
const revealing =
  /^--(inspect|debug-port|heapsnapshot|heap-prof|cpu-prof|prof$|report-(on|uncaught|signal|dir|filename)|diagnostic-dir|abort-on-uncaught|tls-keylog|trace-(tls|env))/

/** What of these is asked for on the command line or in the environment, by its name alone. */
export function revealingOption(
  execArgv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const options = [...execArgv, ...(environment.NODE_OPTIONS ?? '').split(/[\s"]+/)]
  const found = options
    .map((one) => one.replaceAll('_', '-').split('=', 1)[0] ?? '')
    .find((one) => revealing.test(one))
  if (found !== undefined) return found
  return ['NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'SSLKEYLOGFILE'].find((name) => environment[name])
}

/**
 * Keeps what is in this process's memory from ending up on a disk or with a debugger. Throws ConfigError if it was
 * started in a way that asks for that. `warn` is told of what cannot be prevented from here. Call it before anything
 * else: what the process starts afterwards inherits it.
 */
export function harden(warn: (event: string) => void): void {
  const option = revealingOption(process.execArgv, processEnvironment())
  if (option !== undefined)
    throw new ConfigError(`${option} must not be set: it can show reports in the clear`)
  if (inspectorUrl() !== undefined)
    throw new ConfigError('a debugger is attached: it can show reports in the clear')
  // On Node 20 this signal opens the inspector unless somebody listens.
  process.on('SIGUSR1', () => {})
  process.report.reportOnFatalError = false
  process.report.reportOnSignal = false
  process.report.reportOnUncaughtException = false
  preventCoreDumps()
  if (coreDumpsPossible()) warn('core dumps are on: set ulimit -c 0')
}

/**
 * Two ways, since one may be forbidden. Nothing but registers goes into a dump of this process (Linux's
 * coredump_filter); and none is made: to Linux a limit of 1 byte means that not even a program may take one, as it still
 * would with a limit of 0.
 */
function preventCoreDumps(): void {
  attempt(() => writeFileSync('/proc/self/coredump_filter', '0'))
  attempt(() => execFileSync('prlimit', ['--core=1:1', '--pid', String(process.pid)], { stdio: 'ignore' }))
}

/** Whether a crash of this process could leave its memory on a disk, as far as can be told. */
export function coreDumpsPossible(): boolean {
  const text = (path: string) => readFileSync(path, 'utf8')
  try {
    if (process.platform === 'linux') {
      const pattern = text('/proc/sys/kernel/core_pattern')
      return wouldDump(text('/proc/self/coredump_filter'), text('/proc/self/limits'), pattern)
    }
    return execFileSync('/bin/sh', ['-c', 'ulimit -c'], { encoding: 'utf8' }).trim() !== '0'
  } catch {
    return true
  }
}

/** Whether Linux would write memory into a dump: coredump_filter and limits of a process, and the kernel's core_pattern. */
export function wouldDump(filter: string, limits: string, pattern: string): boolean {
  const limit = /^Max core file size +(\S+)/m.exec(limits)?.[1]
  const isMade = limit !== '1' && (limit !== '0' || pattern.startsWith('|'))
  return isMade && Number.parseInt(filter, 16) !== 0
}

function attempt(measure: () => void): void {
  try {
    measure()
  } catch {
    // What could not be done shows in coreDumpsPossible.
  }
}
