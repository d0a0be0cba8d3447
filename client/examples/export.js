import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { connect, exported } from 'sotto-client'

/**
 * Takes reports (all, or those of a STATUS) out into one file, a line each: SOTTO_URL=… SOTTO_TOKEN=… node export.js FILE
 * The token is a supervisor's. The file gets its name only once the export is whole.
 */
const [file = 'reports.ndjson'] = process.argv.slice(2)
const sotto = connect(process.env.SOTTO_URL ?? 'http://127.0.0.1:8080')
const target = createWriteStream(`${file}.part`, { mode: 0o600 })

let count = 0
const options = {
  query: process.env.STATUS ? { status: [process.env.STATUS] } : {},
  reason: 'Monthly export',
}
// Throws `cut-short` where the last line is missing, so that half an export is never taken for a whole one.
for await (const report of exported(sotto, process.env.SOTTO_TOKEN ?? '', options)) {
  if (!target.write(`${JSON.stringify(report)}\n`)) await once(target, 'drain')
  count++
}
target.end()
await once(target, 'close')
await rename(`${file}.part`, file)
process.stdout.write(`${count} reports in ${file}\n`)
