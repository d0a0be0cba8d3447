import { connect, events } from 'sotto-client'

/**
 * Follows along, a line for each event as it happens: SOTTO_URL=… SOTTO_TOKEN=… node follow.js [ID OF THE LAST ONE]
 * A break of the line is mended, and nothing is missed. SIGINT and SIGTERM end it.
 */
const [last] = process.argv.slice(2)
const sotto = connect(process.env.SOTTO_URL ?? 'http://127.0.0.1:8080')
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort())

const options = { signal: ending.signal, ...(last === undefined ? {} : { after: Number(last) }) }
try {
  for await (const { id, kind, report } of events(sotto, process.env.SOTTO_TOKEN ?? '', options))
    process.stdout.write(`${id} ${kind} ${report ?? ''}\n`)
} catch (error) {
  if (!ending.signal.aborted) throw error
}
