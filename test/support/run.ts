import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * `npm test`: runs the test files and prints a line for each as its process ends, every failure with its diagnostics, and the closing
 * totals. Words after `--` choose files: `npm test -- triage/list`. Ends with tap's exit code.
 */
const everyFile = fileURLToPath(new URL('everyFile.js', import.meta.url))
const tests = spawn(process.execPath, ['--enable-source-maps', everyFile, ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = once(tests, 'exit')
// Whoever reads our output may stop reading, as in `npm test | head`.
process.stdout.on('error', () => process.exit(1))

let followsFailure = false
let inDiagnostics = false
for await (const line of createInterface({ input: tests.stdout })) {
  const isFailure = !inDiagnostics && /^\s*not ok\b/.test(line)
  const isOuter = /^( {4}ok|#|Bail out)/.test(line) && !line.startsWith('# Subtest')
  if (followsFailure && /^\s*---$/.test(line)) inDiagnostics = true
  if (isFailure || isOuter || inDiagnostics) process.stdout.write(`${line}\n`)
  if (/^\s*\.\.\.$/.test(line)) inDiagnostics = false
  followsFailure = isFailure
}
const [code] = await ended
process.exitCode = code ?? 1
