import { withSkips } from './skipped.ts'
import type { Step } from './step.ts'
import { steps } from './steps.ts'

/**
 * `npm run test:more`: what is long or needs packages of its own. Prints a line for each step, what went wrong after
 * it, and the totals. A step of which this machine cannot do all is no success, and is told of at the end once more. Words
 * after `--` choose steps: `npm run test:more -- clients`.
 */
const words = process.argv.slice(2)
const chosen = steps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

interface Outcome {
  name: string
  state: 'ok' | 'not ok' | 'SKIPPED'
  told: string
}

async function inOrder(some: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const step of some) outcomes.push(await done(step))
  return outcomes
}

async function done({ name, run }: Step): Promise<Outcome> {
  const began = Date.now()
  const outcome = await withSkips(run).then(
    (skips): Omit<Outcome, 'name'> => ({
      state: skips.length > 0 ? 'SKIPPED' : 'ok',
      told: skips.join('\n'),
    }),
    (error: Error): Omit<Outcome, 'name'> => ({ state: 'not ok', told: error.stack ?? error.message }),
  )
  const seconds = Math.round((Date.now() - began) / 1_000)
  process.stdout.write(`${outcome.state} - ${name} (${seconds} s)\n${indented(outcome.told)}`)
  return { name, ...outcome }
}

function indented(text: string): string {
  return text === '' ? '' : `${text}\n`.replaceAll(/^(?=.)/gm, '    ')
}

// All wait as much as they work: for a browser, for a proxy, for the end of an outage.
const kinds = [...new Set(chosen.map(({ kind }) => kind))]
const ofKind = (one: Step['kind']) => chosen.filter(({ kind, isMeasured }) => kind === one && !isMeasured)
const outcomes = (await Promise.all(kinds.map((one) => inOrder(ofKind(one))))).flat()
outcomes.push(...(await inOrder(chosen.filter(({ isMeasured }) => isMeasured))))
const those = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state)
const [passed, failed, skips] = [those('ok'), those('not ok'), those('SKIPPED')]
for (const { name, told } of skips)
  process.stdout.write(`SKIPPED, all or in part: ${name}\n${indented(told)}`)
process.stdout.write(`${passed.length} passed, ${failed.length} failed, ${skips.length} SKIPPED\n`)
// A step that failed may have left something open.
process.exit(failed.length > 0 || chosen.length === 0 ? 1 : 0)
