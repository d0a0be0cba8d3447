import { spawnSync } from 'node:child_process'
import { command } from '../src/cli/command.ts'
import { table } from '../src/cli/table.ts'
import { wrap } from '../src/cli/wrap.ts'
import { csvRow } from '../src/domain/export/csv.ts'
import type { ExportedReport } from '../src/domain/export/exportedReport.ts'
import { printable } from '../src/domain/sharing/printable.ts'
import { revealingOption } from '../src/hardening.ts'
import { createLog } from '../src/log.ts'
import { plainJson, plainLine, plainText } from '../src/plainText.ts'
import type { Dissemination } from '../src/schemas/sharing.ts'
import { sampleReport } from './support/reports.ts'
import { t } from './support/suite.ts'

const hardening = new URL('../src/hardening.js', import.meta.url).href

/** Runs `code` in a hardened process, with these options of Node and this limit of core dumps. */
function hardened(code: string, { options = [] as string[], core = '0' } = {}) {
  const script = `
    import { coreDumpsPossible, harden } from '${hardening}'
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

/** Escape sequences of 7 and 8 bits, carriage returns, marks of direction, tags and other characters that are not seen. */
const hostile = [
  'a\u001b[2Jb',
  'a\u001b]8;;https://evil.example\u0007b',
  'a\u009b2Jb',
  'a\u009d0;title\u009cb',
  'a\rb',
  'a\u0085b',
  'a\u2028b',
  ...[
    '\u0000',
    '\u0008',
    '\u007f',
    '\u00ad',
    '\u061c',
    '\u200b',
    '\u200e',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ufffb',
  ],
  ...['\u{1d173}', '\u{e0041}', '\ud800'],
]
const acts = /(?![\r\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\r(?!\n)/u

t.test('what others wrote does nothing in a terminal, a log, a spreadsheet or a page', async (t) => {
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => lines.push(line) })
  for (const text of hostile) {
    const shown = plainJson(text)
    const echo = command({
      name: 'echo',
      about: '',
      parameters: {},
      example: '',
      run: async () => ({ text, note: text, json: { text } }),
    })
    const said = await echo.run([])
    t.notMatch(said.stdout + said.stderr, acts, `${shown} printed by a command`)
    const { stdout: json } = await echo.run(['--json'])
    t.notMatch(json, acts, `${shown} as JSON`)
    t.same(JSON.parse(json), { text }, 'which reads back as it was')
    t.notMatch(table(['A'], [[text]]) + wrap(text, 80), acts, `${shown} in a table or a paragraph`)
    const report = { ...sampleReport({ narrative: text }), places: [{ description: text }] }
    t.notMatch(csvRow({ report, restrictedTo: [] } as unknown as ExportedReport), acts, `${shown} in CSV`)
    const grade = {
      source: 2,
      intelligence: 'D',
      handling: 'C',
      conditions: [{ kind: 'expiry', text }],
    } as const
    const item = { title: text, text, kind: 'fact', grade, version: 1, sha256: '' } as const
    const product = { id: '', agency: 'housing', sentOn: '', items: [item], purpose: text, caveat: '' }
    t.notMatch(printable(product as unknown as Dissemination), acts, `${shown} in Markdown`)
    log.warn(text, { folder: text, frames: [text] })
    t.notMatch(lines.pop(), acts, `${shown} in a log line`)
  }
  t.equal(plainLine('می\u200cخواهم 👩\u200d🔧'), 'می\u200cخواهم 👩\u200d🔧', 'scripts and emoji need joiners')
  t.equal(plainText('one\r\ntwo\n\tthree\rfour'), 'one\r\ntwo\n\tthree\nfour')
  const tags = (letters: string) =>
    [...letters].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join('')
  const emoji = `👩🏽‍🚒 ❤️ 🇬🇧 ${['gbwls', 'gbeng', 'gbsct'].map((one) => `🏴${tags(one)}\u{E007F}`).join(' ')}`
  t.equal(plainText(emoji), emoji, 'emoji stay, those of Wales, England and Scotland too')
  t.equal(plainLine(emoji), emoji)
  t.equal(
    plainText(`🏴${tags('kill')}\u{E007F} ${tags('gbwls')}\u{E007F}`),
    `🏴${'\uFFFD'.repeat(5)} ${'\uFFFD'.repeat(6)}`,
  )
  t.equal(plainJson({ a: '\u009b\u{e0041}' }), '{"a":"\\u009b\\udb40\\udc41"}')
})
