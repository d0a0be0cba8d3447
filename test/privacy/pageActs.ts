import { dayOf } from '../../src/vocabulary/calendar.ts'
import type { RawAnswer } from '../support/socket.ts'
import { type Act, ask, type World } from './acts.ts'
import { ofClient, ofReport, photograph, report, unknownReceipt, written } from './canaries.ts'

/** What reporters do on the pages, with the same canaries. */

const urlencoded = 'content-type: application/x-www-form-urlencoded'
type Fields = Readonly<Record<string, string>>

const fill = (world: World, line: string, fields: Fields) =>
  ask(world, line, { body: new URLSearchParams(fields).toString(), headers: [urlencoded] })

const form: Fields = {
  category: report.category,
  narrative: report.narrative,
  key: `${dayOf(new Date())}-${ofClient['page key']}`,
  ticket: ofClient['Challenge-Solution'],
  altcha: ofClient['Challenge-Solution'],
  'when.mode': 'past',
  'when.text': ofReport.when,
  'places.0.address': ofReport.address,
  'places.0.postcode': ofReport.postcode,
  'entities.0.kind': 'person',
  'entities.0.name': ofReport.name,
  'entities.1.kind': 'vehicle',
  'entities.1.registration': ofReport.registration,
  'entities.2.kind': 'phone',
  'entities.2.number': ofReport.phone,
  'entities.3.kind': 'online',
  'entities.3.handle': ofReport.handle,
  'links.0': `https://${ofReport.link}.example/`,
}

/** Opens the mailbox by its receipt, then does something with the handle that its page carries. */
async function inMailbox(world: World, act: (handle: string) => Promise<RawAnswer>): Promise<RawAnswer> {
  const opened = await fill(world, 'POST /mailbox', { receipt: world.receipt })
  const handle = /name="handle" value="([^"]+)"/.exec(opened.body)?.[1]
  return opened.status === 200 && handle !== undefined ? act(handle) : opened
}

function photo(world: World, handle: string): Promise<RawAnswer> {
  const boundary = 'between'
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="${ofClient['file name']}.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(field('handle', handle) + field('act', 'image') + head),
    photograph,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return ask(world, 'POST /mailbox', {
    body,
    headers: [`content-type: multipart/form-data; boundary=${boundary}`],
  })
}

const typed = [...Object.keys(ofReport), 'page key']

export const pageActs: readonly Act[] = [
  {
    name: 'a form',
    expect: 200,
    tells: typed,
    run: (world) => fill(world, 'POST /report', { ...form, step: 'form' }),
  },
  {
    name: 'a form whose category is changed',
    expect: 200,
    tells: typed,
    run: (world) => fill(world, 'POST /report', { ...form, step: 'choose' }),
  },
  {
    name: 'its check',
    expect: 200,
    tells: typed,
    run: (world) => fill(world, 'POST /report', { ...form, step: 'check' }),
  },
  {
    name: 'a form with errors',
    expect: 400,
    tells: [...typed, 'rejected value'],
    run: (world) =>
      fill(world, 'POST /report', { ...form, 'when.from': ofClient['rejected value'], step: 'check' }),
  },
  {
    name: 'a form that is sent',
    expect: 200,
    away: 503,
    tells: typed,
    run: (world) => fill(world, 'POST /report/send', form),
  },
  {
    name: 'a mailbox on a page',
    expect: 200,
    away: 503,
    tells: ['message'],
    run: (world) => fill(world, 'POST /mailbox', { receipt: world.receipt }),
  },
  {
    name: 'a reply on a page',
    expect: 200,
    away: 503,
    tells: ['message'],
    run: (world) =>
      inMailbox(world, (handle) =>
        fill(world, 'POST /mailbox', { handle, act: 'reply', text: written.message, key: form.key ?? '' }),
      ),
  },
  {
    name: 'a photo on a page',
    expect: 200,
    away: 503,
    tells: ['message'],
    run: (world) => inMailbox(world, (handle) => photo(world, handle)),
  },
  {
    name: 'an unknown receipt on a page',
    expect: 401,
    away: 503,
    run: (world) => fill(world, 'POST /mailbox', { receipt: unknownReceipt }),
  },
  {
    name: 'an unknown page',
    expect: 404,
    run: (world) => fill(world, `POST /${ofClient.path}`, form),
  },
  {
    name: 'an unknown page of a browser',
    expect: 404,
    run: (world) =>
      ask(world, `GET /cy/${ofClient.path}?${ofClient.query}`, { body: '', headers: ['accept: text/html'] }),
  },
]
