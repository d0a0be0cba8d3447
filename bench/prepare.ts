import { parseArgs } from 'node:util'
import { filledFolder } from './filled.ts'
import { print } from './table.ts'

/*
 * Makes a data folder with very many reports, or adds to one, for legs that are run again and again: reading.js and large.js
 * take it by --data.
 */

const { values: options } = parseArgs({
  options: { data: { type: 'string' }, reports: { type: 'string', default: '1000000' } },
})
if (options.data === undefined) throw new Error('--data names no folder')
const { reports, seconds, stop } = await filledFolder(options.data, Number(options.reports))
await stop()
print(`${reports} reports, ${seconds.toFixed(0)} s`)
