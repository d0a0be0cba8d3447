import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, isSottoError, pastEvents, triage } from 'sotto-client'

/**
 * Keeps a copy of every report in a folder, one file each: SOTTO_URL=… SOTTO_TOKEN=… node import.js FOLDER
 * Run it as often as you like. It takes what is new or changed since the last run, and may be ended at any moment.
 * Once a night run it with WHOLE=1: what Sotto has purged, or hides from you by now, is then removed here too.
 */
const [folder = 'records'] = process.argv.slice(2)
const whole = process.env.WHOLE === '1'
const sotto = connect(process.env.SOTTO_URL ?? 'http://127.0.0.1:8080')
const token = process.env.SOTTO_TOKEN ?? ''
const staff = triage(sotto, token)
const bookmark = join(folder, 'bookmark.json')

await mkdir(folder, { recursive: true })
const { after, day } = await bookmarked()

// 1. Events first: what happens while this runs is met again by the next run, and nothing falls between.
const touched = new Set()
let last = after
for await (const event of pastEvents(sotto, token, after === undefined ? {} : { after })) {
  if (event.report !== null) touched.add(event.report)
  last = event.id
}

// 2. Reports that came are in no event by id (`something-new` says only that there are some): list them by day.
let newest = day
const listed = new Set()
const query = { sort: 'received', limit: 200, ...(whole || day === undefined ? {} : { receivedFrom: day }) }
for await (const { id, receivedOn, version } of staff.each('/v1/triage/reports', { query })) {
  listed.add(id)
  newest = newest === undefined || receivedOn > newest ? receivedOn : newest
  if ((await versionOf(id)) !== version) touched.add(id)
}

// 3. Opening a report is recorded, with the reason. One that is gone, or that you may no longer see, goes here too.
const counts = { written: 0, removed: 0 }
for (const id of touched) await take(id)

// 4. Nothing tells of a report that was purged, since nothing about it is left: compare the whole.
if (whole) for (const id of await kept()) if (!listed.has(id)) await remove(id)

// 5. Only now: what was not written by then is taken again.
await replace(bookmark, { after: last, day: newest })
process.stdout.write(`${JSON.stringify(counts)}\n`)

async function take(id) {
  try {
    const { body } = await staff.get('/v1/triage/reports/{id}', { path: { id }, reason: 'Records import' })
    await replace(fileOf(id), body)
    counts.written++
  } catch (error) {
    if (!isSottoError(error, 'not-found', 'gone')) throw error
    await remove(id)
  }
}

async function remove(id) {
  await rm(fileOf(id), { force: true })
  counts.removed++
}

async function kept() {
  return (await readdir(folder)).flatMap((name) => /^report-(.*)\.json$/.exec(name)?.[1] ?? [])
}

function fileOf(id) {
  return join(folder, `report-${id}.json`)
}

async function versionOf(id) {
  const text = await readFile(fileOf(id), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text).version
}

async function bookmarked() {
  const text = await readFile(bookmark, 'utf8').catch(() => '{}')
  return JSON.parse(text)
}

/** A file is the old or the new, never half of one, and for nobody else to read. */
async function replace(file, value) {
  await writeFile(`${file}.part`, JSON.stringify(value), { mode: 0o600 })
  await rename(`${file}.part`, file)
}
