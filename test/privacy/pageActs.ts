import { dayOf } from '../../src/vocabulary/calendar.ts'
import type { RawAnswer } from '../support/socket.ts'
import { type Act, ask, type World } from './acts.ts'
import { ofClient, ofReport, photograph, report, unknownReceipt, written } from './canaries.ts'

/** What reporters do on the pages, with the same canaries. */

const urlencoded = 'content-type: application/x-www-form-urlencoded'
/** As every browser of today says of a form on its own page. */
const ofOwnPage = 'sec-fetch-site: same-origin'
type Fields = Readonly<Record<string, string>>

const fill = (world: World, line: string, fields: Fields) =>
  ask(world, line, { body: new URLSearchParams(fields).toString(), headers: [urlencoded, ofOwnPage] })

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

/** Signs in on the partners' pages, then does something with the handle that they carry. */
async function asPartner(world: World, act: (handle: string) => Promise<RawAnswer>): Promise<RawAnswer> {
  const door = await ask(world, 'GET /partner/', { headers: ['accept: text/html'] })
  const entry = /name="entry" value="([^"]+)"/.exec(door.body)?.[1] ?? ''
  const opened = await fill(world, 'POST /partner/', { entry, token: world.partner })
  const handle = /name="handle" value="([^"]+)"/.exec(opened.body)?.[1]
  return opened.status === 200 && handle !== undefined ? act(handle) : opened
}

const photo = (world: World, handle: string) => upload(world, 'POST /mailbox', { handle, act: 'image' })

function upload(world: World, line: string, fields: Fields): Promise<RawAnswer> {
  const boundary = 'between'
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="${ofClient['file name']}.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(
      Object.entries(fields)
        .map(([name, value]) => field(name, value))
        .join('') + head,
    ),
    photograph,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return ask(world, line, {
    body,
    headers: [`content-type: multipart/form-data; boundary=${boundary}`, ofOwnPage],
  })
}

const source: Fields = {
  'source.basis': 'told-by-a-person',
  'source.protect': 'true',
  'source.note': written['source note'],
  'source.contact': `${written.contact}@partner.example`,
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
  ...partnerActs(),
]

/** What somebody at an agency does on their pages. */
function partnerActs(): Act[] {
  const onPage = (
    name: string,
    line: string,
    fields: (world: World) => Fields,
    tells: readonly string[] = [],
    expect = 200,
  ): Act => ({
    name,
    expect,
    away: 503,
    tells,
    run: (world) => asPartner(world, (handle) => fill(world, line, { ...fields(world), handle })),
  })
  const ofSource = [...typed, 'source note', 'contact']
  const all = { ...form, ...source }
  const one = ({ submissionId }: World): Fields => ({ submission: submissionId })
  return [
    onPage('a partner’s list', 'POST /partner/', () => ({})),
    onPage('a partner’s form', 'POST /partner/report', () => ({ ...all, step: 'form' }), ofSource),
    onPage(
      'a partner’s change of category',
      'POST /partner/report',
      () => ({ ...all, step: 'choose' }),
      ofSource,
    ),
    onPage('a partner’s check', 'POST /partner/report', () => ({ ...all, step: 'check' }), ofSource),
    onPage(
      'a partner’s form with errors',
      'POST /partner/report',
      () => ({ ...all, 'when.from': ofClient['rejected value'], step: 'check' }),
      [...ofSource, 'rejected value'],
      400,
    ),
    onPage('what a partner sends on a page', 'POST /partner/report/send', () => all),
    onPage('a submission on a page', 'POST /partner/submission', one, ['message']),
    onPage(
      'a partner’s answer on a page',
      'POST /partner/submission/change',
      (world) => ({ ...one(world), act: 'reply', text: written.message, key: form.key ?? '' }),
      ['message'],
    ),
    {
      name: 'a partner’s image on a page',
      expect: 200,
      away: 503,
      tells: ['message'],
      run: (world) =>
        asPartner(world, (handle) =>
          upload(world, 'POST /partner/submission/change', { handle, ...one(world), act: 'image' }),
        ),
    },
    {
      name: 'a form of a partner whose session is over',
      expect: 401,
      tells: ofSource,
      run: (world) =>
        fill(world, 'POST /partner/report/send', { ...all, handle: ofClient['rejected value'] }),
    },
    {
      name: 'a return from the issuer',
      expect: 400,
      run: (world) =>
        ask(
          world,
          `GET /partner/return?code=${ofClient['rejected value']}&state=${ofClient.query}&error=${ofClient.path}`,
          { headers: ['accept: text/html'] },
        ),
    },
    {
      name: 'a return that is pressed',
      expect: 401,
      run: (world) => fill(world, 'POST /partner/', { back: ofClient['rejected value'], word: '1' }),
    },
    {
      name: 'a way to an issuer that is away, with what was typed',
      expect: 503,
      tells: ofSource,
      run: (world) => fill(world, 'POST /partner/organisation', { ...all, to: '/partner/report' }),
    },
    onPage('a partner who leaves', 'POST /partner/sign-out', () => ({})),
  ]
}
