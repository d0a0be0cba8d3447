import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { has, pick, type Step } from './pick.ts'
import { drawAll } from './pictures.ts'
import { print } from './table.ts'

/*
 * All that docs/performance.md has a target for, one leg after the other, each in a process and on a Postgres of its own.
 * Prints what each says, then one table of figures against targets, and all of it as JSON. A quarter of an hour;
 * --large 10000000 takes up to an hour more, and 40 GB.
 */

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    /** Reports of the legs that look for what their number does. */
    large: { type: 'string', default: '1000000' },
    /** Memory of Postgres for pages in the leg large: of ten million reports 128MB hold little. */
    buffers: { type: 'string', default: '128MB' },
    reports: { type: 'string', default: '30000' },
    mixed: { type: 'string', default: '100000' },
    /** Names of legs, all by default. */
    only: { type: 'string', default: '' },
    /** A folder for the pictures. */
    pictures: { type: 'string' },
  },
})

interface Target {
  figure: string
  target: string
  of(said: unknown): number | undefined
  isMet(figure: number): boolean
}

const atLeast = (figure: string, least: number, of: Target['of']): Target => ({
  figure,
  target: `at least ${least}`,
  of,
  isMet: (value) => value >= least,
})
const atMost = (figure: string, most: number, of: Target['of']): Target => ({
  figure,
  target: `at most ${most}`,
  of,
  isMet: (value) => value <= most,
})

const ofLine = (said: unknown, clients: number, steps: readonly Step[], name = 'Sotto') =>
  pick(said, 'lines', has({ clients, name }), ...steps)
const ofReading = (name: string, figure: string) => (said: unknown) =>
  pick(said, 'figures', has({ name }), figure)

/** The reports of the large legs, made once. */
const data = mkdtempSync(join(tmpdir(), 'sotto-large-'))
process.on('exit', () => rmSync(data, { recursive: true, force: true }))
const load = ['--rounds', options.rounds, '--seconds', options.seconds]
const legs: readonly {
  name: string
  program: string
  args: readonly string[]
  targets: readonly Target[]
}[] = [
  {
    name: 'intake',
    program: 'intake.js',
    args: load,
    targets: [
      ...(
        [
          [1, 0.6],
          [32, 0.6],
          [256, 1],
        ] as const
      ).map(([clients, least]) =>
        atLeast(`stored/s to naive, ${clients} clients`, least, (said) =>
          ofLine(said, clients, ['toNaive', 'perSecond']),
        ),
      ),
      atMost('p99 to naive, 256 clients', 1.2, (said) => ofLine(said, 256, ['toNaive', 'p99'])),
      atMost('resident memory at 256 clients, MiB', 180, (said) => pick(said, 'memory')),
    ],
  },
  {
    name: 'reconnecting',
    program: 'intake.js',
    args: [...load, '--clients', '256', '--only', 'naive,Sotto', '--reconnect'],
    targets: [
      atMost('p99 to naive, a connection for each report', 1.5, (said) =>
        ofLine(said, 256, ['toNaive', 'p99']),
      ),
    ],
  },
  {
    name: 'keys',
    program: 'intake.js',
    args: [...load, '--clients', '32', '--only', 'naive,Sotto', '--keys'],
    targets: [],
  },
  {
    name: 'workers',
    program: 'intake.js',
    args: [...load, '--clients', '256', '--only', 'naive,Sotto', '--workers', '2'],
    targets: [],
  },
  {
    name: 'reading',
    program: 'reading.js',
    args: ['--reports', options.reports],
    targets: [
      atMost('open one report, to a plaintext read that is recorded', 2, (said) => pick(said, 'ratio')),
      atLeast('search, rows a second and core', 20_000, ofReading('search, again', 'perCore')),
      atMost('longest wait of others meanwhile, ms', 50, ofReading('search, again', 'wait')),
      atLeast('export, reports a second', 10_000, ofReading('export, again', 'perSecond')),
      atMost('memory in an export, MiB', 200, ofReading('export, again', 'memory')),
    ],
  },
  {
    name: 'large',
    program: 'large.js',
    args: ['--reports', options.large, '--data', data, '--buffers', options.buffers],
    targets: [
      ...(
        [
          ['beginnings', 'p50', 'common lists, first and second page'],
          ['beginnings', 'p99', 'common lists, first and second page'],
          ['middles', 'p50', 'common lists, from the middle'],
          ['middles', 'p99', 'common lists, from the middle'],
          ['others', 'p50', 'many filters, or few have no full page'],
        ] as const
      ).map(([kind, figure, name]) =>
        atMost(`${name}: worst ${figure}, ${options.large} to 10,000`, 1.3, (said) =>
          pick(said, 'lists', kind, figure),
        ),
      ),
      atMost('look-up of a registration, p99 ms', 10, (said) => pick(said, 'lookup', 'p99')),
      atMost('freezing a month, s', 2, (said) => pick(said, 'freezeSeconds')),
    ],
  },
  {
    // All of them exported and searched: of ten million that takes an hour.
    name: 'million',
    program: 'reading.js',
    args: ['--reports', options.large, '--data', data],
    targets: [
      atLeast(
        `export of ${options.large}, reports a second`,
        10_000,
        ofReading('export, again', 'perSecond'),
      ),
      atMost(`memory in an export of ${options.large}, MiB`, 200, ofReading('export, again', 'memory')),
    ],
  },
  {
    name: 'mixing',
    program: 'mixing.js',
    args: [options.mixed],
    targets: [
      atMost(`mixing of ${options.mixed}, s`, 60, (said) => pick(said, 'seconds')),
      atMost('longest stall of intake, ms', 200, (said) => pick(said, 'intake', 'most')),
    ],
  },
]

/** Runs a leg; what it says goes on, and its last line is its figures. */
async function run(program: string, args: readonly string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk
  await ended
  const lines = said.trimEnd().split('\n')
  const last = lines.pop() ?? ''
  print(`${lines.join('\n')}\n`)
  try {
    return JSON.parse(last)
  } catch {
    return undefined
  }
}

const all: Record<string, unknown> = {}
const met: { figure: string; target: string; measured: number; met: boolean }[] = []
const only = options.only.split(',').filter(Boolean)
for (const { name, program, args, targets } of legs) {
  if (only.length > 0 ? !only.includes(name) : name === 'million' && Number(options.large) > 1_000_000)
    continue
  print(`## ${name}`)
  const said = await run(program, args)
  all[name] = said
  for (const { figure, target, of, isMet } of targets) {
    const measured = of(said)
    if (measured !== undefined) met.push({ figure, target, measured, met: isMet(measured) })
  }
}
const stored = (name: string, clients: number) => ofLine(all[name], clients, ['perSecond']) ?? Number.NaN
const withKeys = stored('keys', 32) / stored('intake', 32)
if (withKeys > 0)
  met.push({
    figure: 'with Idempotency-Key, to without',
    target: 'at least 0.8',
    measured: withKeys,
    met: withKeys >= 0.8,
  })
const byWorkers = stored('workers', 256) / stored('intake', 256)
if (byWorkers > 0)
  met.push({
    figure: 'two workers to one',
    target: 'at least 1.8, where there are cores for both',
    measured: byWorkers,
    met: byWorkers >= 1.8,
  })

print('| figure | target | measured | |')
print('|---|---|---|---|')
for (const { figure, target, measured, met: isMet } of met) {
  print(`| ${figure} | ${target} | ${measured.toPrecision(3)} | ${isMet ? 'met' : '**missed**'} |`)
}
print()
print(JSON.stringify({ met, legs: all }))
if (options.pictures !== undefined) drawAll(options.pictures, all)
