import { steps } from './steps.ts'

/**
 * `npm run test:more`: what is long or needs packages of its own. Prints a line for each step, what went wrong after
 * it, and the totals. Words after `--` choose steps: `npm run test:more -- clients`.
 */
const words = process.argv.slice(2)
const chosen = steps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

let failed = 0
for (const { name, run } of chosen) {
  const began = Date.now()
  const fault = await run().then(
    () => undefined,
    (error: Error) => error,
  )
  const seconds = Math.round((Date.now() - began) / 1_000)
  process.stdout.write(`${fault === undefined ? 'ok' : 'not ok'} - ${name} (${seconds} s)\n`)
  if (fault === undefined) continue
  failed++
  process.stdout.write(`${fault.stack ?? fault.message}\n`.replaceAll(/^/gm, '    '))
}
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`)
// A step that failed may have left something open.
process.exit(failed > 0 || chosen.length === 0 ? 1 : 0)
