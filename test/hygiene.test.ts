import { spawnSync } from 'node:child_process'
import t from 'tap'
import { revealingOption } from '../src/hygiene.ts'

const hygiene = new URL('../src/hygiene.js', import.meta.url).href

/** Runs `code` in a hardened process, with these options of Node and this limit of core dumps. */
function hardened(code: string, { options = [] as string[], core = '0' } = {}) {
  const script = `
    import { coreDumpsPossible, harden } from '${hygiene}'
    import { readFileSync } from 'node:fs'
    try { harden((event) => console.log('warned: ' + event)) } catch (error) { console.log(error.message); process.exit(1) }
    ${code}`
  const run = spawnSync(
    '/bin/sh',
    [
      '-c',
      `ulimit -c ${core}; exec "$@"`,
      'sh',
      process.execPath,
      ...options,
      '--input-type=module',
      '-e',
      script,
    ],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    },
  )
  return { status: run.status, out: run.stdout.trim(), err: run.stderr }
}

t.test('SIGUSR1 opens no inspector, and no report is written', async (t) => {
  const { status, out, err } = hardened(`
    process.kill(process.pid, 'SIGUSR1')
    setTimeout(() => console.log(JSON.stringify([process.report.reportOnFatalError, process.report.reportOnSignal, process.report.reportOnUncaughtException])), 200)`)
  t.equal(status, 0)
  t.equal(out, '[false,false,false]')
  t.notMatch(err, /[Dd]ebugger/)
})

t.test(
  'core dumps are off, wherever the process was started',
  { skip: process.platform !== 'linux' },
  async (t) => {
    for (const core of ['0', 'unlimited']) {
      const { out } = hardened(
        `console.log(coreDumpsPossible(), parseInt(readFileSync('/proc/self/coredump_filter', 'utf8'), 16))`,
        { core },
      )
      t.equal(out, 'false 0', core)
    }
  },
)

t.test(
  'a start that asks for a debugger, a dump or a key log is refused, by the name of the option alone',
  async (t) => {
    const { status, out } = hardened('', { options: ['--heapsnapshot-signal=SIGUSR2'] })
    t.equal(status, 1)
    t.equal(out, '--heapsnapshot-signal must not be set: it can show reports in the clear')
    const wrong = [
      '--inspect',
      '--inspect-brk=0',
      '--inspect_port=9229',
      '--heapsnapshot-near-heap-limit=2',
      '--heap-prof',
      '--cpu-prof',
      '--report-on-signal',
      '--report-uncaught-exception',
      '--abort-on-uncaught-exception',
      '--tls-keylog=/x',
      '--diagnostic-dir=/x',
    ]
    for (const one of wrong) {
      t.ok(revealingOption([one], {}), one)
      t.ok(revealingOption([], { NODE_OPTIONS: `--no-warnings "${one}"` }), `${one} in NODE_OPTIONS`)
    }
    t.equal(revealingOption([], { NODE_DEBUG: 'http' }), 'NODE_DEBUG')
    t.notOk(
      revealingOption(
        ['--enable-source-maps', '--max-old-space-size=256', '--disable-sigusr1', '--report-exclude-network'],
        { NODE_OPTIONS: '--no-warnings --import=file:///x' },
      ),
    )
  },
)
