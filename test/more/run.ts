import type { Step } from './step.ts'
import { steps } from './steps.ts'

/**
 * `npm run test:more`: what is long or needs packages of its own. Prints a line for each step, what went wrong after
 * it, and the totals. Words after `--` choose steps: `npm run test:more -- clients`.
 */
const words = process.argv.slice(2)
const chosen = steps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

/** One after the other: they share what is installed, or the server of the tests. */
async function inOrder(some: readonly Step[]): Promise<number> {
  let failed = 0
  for (const step of some) if (!(await passes(step))) failed++
  return failed
}

async function passes({ name, run }: Step): Promise<boolean> {
  const began = Date.now()
  const fault = await run().then(
    () => undefined,
    (error: Error) => error,
  )
  const seconds = Math.round((Date.now() - began) / 1_000)
  const told = fault === undefined ? '' : `${fault.stack ?? fault.message}\n`.replaceAll(/^/gm, '    ')
  process.stdout.write(`${fault === undefined ? 'ok' : 'not ok'} - ${name} (${seconds} s)\n${told}`)
  return fault === undefined
}

// Test files that are run long wait as much as they work: the others go on beside them.
const sides = [true, false].map((side) =>
  chosen.filter(({ runsTestFiles = false }) => runsTestFiles === side),
)
const failures = await Promise.all(sides.map(inOrder))
const failed = failures.reduce((sum, count) => sum + count, 0)
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`)
// A step that failed may have left something open.
process.exit(failed > 0 || chosen.length === 0 ? 1 : 0)
