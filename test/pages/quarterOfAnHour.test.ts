import { randomBytes } from 'node:crypto'
import { noPeers, type Peers, peersBy } from '../../src/concurrency/peers.ts'
import { handles } from '../../src/pages/frame/handles.ts'
import { sendingOnce } from '../../src/pages/report/sendOnce.ts'
import type { Acceptance } from '../../src/schemas/intake.ts'
import { sampleReport } from '../support/reports.ts'
import { t } from '../support/suite.ts'

const minutes = (count: number) => count * 60_000

t.test('a handle opens its mailbox for fifteen minutes, however young the key that sealed it', async (t) => {
  let time = Date.parse('2026-05-01T10:00:00Z')
  const { seal, open } = handles(() => time)
  const held = { canonical: 'A'.repeat(28), isKnown: true }
  const first = seal(held)
  time += minutes(14)
  const second = seal(held)
  time += minutes(1) - 1
  t.match(open(first), held)
  time += 1
  t.equal(open(first), undefined)
  t.match(open(second), held, 'sealed by the same key, later')
  seal(held)
  time += minutes(14) - 1
  t.match(open(second), held, 'while another key seals')
  time += 1
  t.equal(open(second), undefined)
  t.equal(handles(() => time).open(seal(held)), undefined, 'in another process')
})

t.test('workers that share keys open each other’s handles, and keep those of before', async (t) => {
  const [newer, older] = [randomBytes(32), randomBytes(32)]
  let keys = [older]
  const [one, other] = [handles(Date.now, () => keys), handles(Date.now, () => keys)]
  const held = { canonical: 'A'.repeat(28), isKnown: true }
  const handle = one.seal(held)
  t.match(other.open(handle), held)
  keys = [newer, older]
  t.match(other.open(handle), held)
  t.equal(handles(Date.now, () => [newer]).open(handle), undefined)
  keys = []
  const alone = one.seal(held)
  keys = [newer, older]
  t.match(one.open(alone), held, 'made before the keys came')
})

t.test('a clock that was put back brings no old handle to life', async (t) => {
  let time = Date.parse('2026-05-01T10:00:00Z')
  const { seal, open } = handles(() => time)
  const handle = seal({ canonical: 'A'.repeat(28), isKnown: true })
  time += minutes(30)
  t.equal(open(handle), undefined)
  time -= minutes(30)
  t.equal(open(handle), undefined, 'its key has gone')
})

t.test('a page sent twice shows its receipt for fifteen minutes, by the process that made it', async (t) => {
  let time = Date.parse('2026-05-01T10:00:00Z')
  const stored = new Map<string, Buffer>()
  const acceptance: Acceptance = {
    receipt: Array.from({ length: 7 }, () => '0000').join('-'),
    receivedOn: '2026-05-01',
    signposts: [],
    warnings: [],
    notice: 'Not an emergency service.',
  }
  let accepted = 0
  const sending = (peers: Peers = noPeers) =>
    sendingOnce({
      peers,
      intake: {
        async accept(_report, keep) {
          accepted += 1
          const kept = keep?.(acceptance)
          if (kept !== undefined) stored.set(kept.keyHash.toString('hex'), kept.answer)
          return acceptance
        },
      },
      challenges: { admit: async () => ({ settle: async () => {} }) },
      findStoredAnswer: async (keyHash) => stored.get(keyHash.toString('hex')),
      now: () => time,
    })
  const sendOnce = sending()
  const page = {
    key: `2026-05-01-${randomBytes(18).toString('base64url')}`,
    paid: {},
    language: 'en',
  } as const
  const report = sampleReport()

  t.strictSame(await sendOnce(report, page), { how: 'first', acceptance })
  time += minutes(15) - 1
  t.strictSame(await sendOnce(report, page), { how: 'repeated', acceptance })
  t.strictSame(await sending()(report, page), { how: 'before' }, 'another process does not know when')
  time += 1
  t.strictSame(await sendOnce(report, page), { how: 'before' })
  t.strictSame(await sendOnce({ ...report, narrative: `${report.narrative} And more.` }, page), {
    how: 'other',
  })
  t.equal(accepted, 1)

  const one: ReturnType<typeof peersBy> = peersBy(2, (message) => other.receive(message))
  const other: typeof one = peersBy(2, (message) => one.receive(message))
  const [here, there] = [sending(one), sending(other)]
  const next = { ...page, key: `2026-05-01-${randomBytes(18).toString('base64url')}` }
  t.strictSame(await here(report, next), { how: 'first', acceptance })
  t.strictSame(await there(report, next), { how: 'repeated', acceptance }, 'another that was told does')
})

t.end()
