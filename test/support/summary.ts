import { createInterface } from 'node:readline'

/**
 * Tap's reporter: reads TAP and prints one line for each test file, every failure with its diagnostics, and the
 * closing totals. Tap's own short reporters redraw the screen, which fills a log with thousands of lines.
 */
let followsFailure = false
let inDiagnostics = false

for await (const line of createInterface({ input: process.stdin })) {
  const isFailure = !inDiagnostics && /^\s*not ok\b/.test(line)
  const isOuter = /^(ok|#|Bail out)/.test(line) && !line.startsWith('# Subtest')
  if (followsFailure && /^\s*---$/.test(line)) inDiagnostics = true
  if (isFailure || isOuter || inDiagnostics) process.stdout.write(`${line}\n`)
  if (/^\s*\.\.\.$/.test(line)) inDiagnostics = false
  followsFailure = isFailure
}
