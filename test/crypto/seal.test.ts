import fc from 'fast-check'
import { pad, padJson, unpad } from '../../src/crypto/padding.ts'
import { randomBytesPooled } from '../../src/crypto/random.ts'
import { newRawKeyPair } from '../../src/crypto/rawKeys.ts'
import {
  type AssociatedData,
  encodeAssociatedData,
  newBatch,
  newDataKey,
  openBatchKey,
  openBody,
  SealBroken,
  sealBatchKey,
  sealBody,
  unwrapDataKey,
  wrapDataKey,
} from '../../src/crypto/seal.ts'
import { t } from '../support/suite.ts'

const place: AssociatedData = {
  kind: 'report',
  column: 'body',
  objectId: '1b4e28ba-2fa1-4d3b-8f3f-0016d3cca427',
  reportId: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
  receivedOn: '2026-03-01',
  version: 1,
  sender: 'reporter',
}
const flipped = (bytes: Uint8Array, at: number, bit: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}
const anyBytes = (maxLength: number) => fc.uint8Array({ maxLength })

t.test('padding comes off again, and the padded size is a power of two', async (t) => {
  fc.assert(
    fc.property(anyBytes(3000), fc.constantFrom(1, 16, 1024, 65536), (plaintext, minimum) => {
      const padded = pad(plaintext, minimum)
      const fits = padded.length === minimum || padded.length / 2 < plaintext.length + 1
      return Number.isInteger(Math.log2(padded.length)) && fits && unpad(padded).equals(plaintext)
    }),
  )
  t.same(
    [0, 1, 1023, 1024, 2047].map((length) => pad(Buffer.alloc(length), 1024).length),
    [1024, 1024, 1024, 2048, 2048],
  )
})

t.test('what was not padded so is refused', async (t) => {
  for (const hex of ['', '00', '0000', '8001', '616200', '6162c000', '61628061', '80000000000000ff']) {
    t.throws(() => unpad(Buffer.from(hex, 'hex')), hex)
  }
  t.throws(() => unpad(Buffer.from('618000', 'hex')), 'not a power of two')
  t.throws(() => pad(Buffer.alloc(1), 1000), 'a minimum that is no power of two')
})

t.test('a JSON answer is filled up with spaces to whole steps, and reads back the same', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const padded = padJson(JSON.stringify(value))
      return (
        Buffer.byteLength(padded) % 4096 === 0 && JSON.stringify(JSON.parse(padded)) === JSON.stringify(value)
      )
    }),
  )
  t.equal(padJson('"é"', 4).length, 3)
  t.equal(padJson('1234', 4), '1234')
})

t.test('pooled random bytes never come twice', async (t) => {
  const seen = new Set(Array.from({ length: 5000 }, () => randomBytesPooled(12).toString('hex')))
  t.equal(seen.size, 5000)
  t.equal(randomBytesPooled(40_000).length, 40_000)
  t.notSame(randomBytesPooled(40_000), Buffer.alloc(40_000))
})

t.test('a body opens in its place, whatever it holds', async () => {
  fc.assert(
    fc.property(anyBytes(3000), (plaintext) => {
      const key = newDataKey()
      return openBody(key, place, sealBody(key, place, plaintext, 1024)).equals(plaintext)
    }),
  )
})

t.test("a body's length tells only its power of two", async (t) => {
  const key = newDataKey()
  const sizes = [0, 500, 1023].map((length) => sealBody(key, place, Buffer.alloc(length), 1024).length)
  t.same(sizes, [1053, 1053, 1053])
  t.notSame(sealBody(key, place, Buffer.alloc(1), 1), sealBody(key, place, Buffer.alloc(1), 1))
})

t.test('a body with any bit flipped, cut short or lengthened does not open', async (t) => {
  const key = newDataKey()
  const sealed = sealBody(key, place, Buffer.from('a white van, every Tuesday'), 64)
  for (let at = 0; at < sealed.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      if (!refuses(() => openBody(key, place, flipped(sealed, at, bit)))) t.fail(`byte ${at}, bit ${bit}`)
    }
  }
  for (let length = 0; length < sealed.length; length++) {
    if (!refuses(() => openBody(key, place, sealed.subarray(0, length)))) t.fail(`cut to ${length}`)
  }
  t.ok(refuses(() => openBody(key, place, Buffer.concat([sealed, Buffer.alloc(1)]))))
  t.ok(refuses(() => openBody(newDataKey(), place, sealed)))
  t.ok(refuses(() => openBody(key.subarray(0, 16), place, sealed)))
  t.throws(
    () => sealBody(key.subarray(0, 16), place, Buffer.alloc(1), 64),
    'a short key does not seal either',
  )
})

t.test('a body moved to any other place does not open', async (t) => {
  const key = newDataKey()
  const sealed = sealBody(key, place, Buffer.from('x'), 64)
  const elsewhere: Partial<AssociatedData>[] = [
    { kind: 'note' },
    { column: 'other' },
    { objectId: place.reportId },
    { reportId: place.objectId },
    { receivedOn: '2026-03-02' },
    { version: 2 },
    { sender: 'staff' },
  ]
  for (const part of elsewhere) {
    t.ok(
      refuses(() => openBody(key, { ...place, ...part }, sealed)),
      `another ${Object.keys(part)}`,
    )
  }
})

t.test('two different places never bind alike, wherever the border between their parts lies', async (t) => {
  const text = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '\u0000', '1') })
  const anyPlace = fc.record({
    column: text,
    objectId: text,
    reportId: text,
    receivedOn: text,
    version: fc.nat(20),
  })
  fc.assert(
    fc.property(anyPlace, anyPlace, (one, two) => {
      const same = JSON.stringify(one) === JSON.stringify(two)
      return (
        encodeAssociatedData({ ...place, ...one }).equals(encodeAssociatedData({ ...place, ...two })) === same
      )
    }),
  )
  t.throws(() => encodeAssociatedData({ ...place, version: 1.5 }))
  t.throws(
    () => encodeAssociatedData({ ...place, column: '\ud800' }),
    'a lone surrogate would bind like any other',
  )
})

t.test('a data key is unwrapped only for its batch, kind and object', async (t) => {
  const [batchKey, dataKey] = [newDataKey(), newDataKey()]
  const wrapped = wrapDataKey(batchKey, 'batch', 'report', 'object', dataKey)
  t.same(unwrapDataKey(batchKey, 'batch', 'report', 'object', wrapped), dataKey)
  t.ok(refuses(() => unwrapDataKey(batchKey, 'other', 'report', 'object', wrapped)))
  t.ok(refuses(() => unwrapDataKey(batchKey, 'batch', 'note', 'object', wrapped)))
  t.ok(refuses(() => unwrapDataKey(batchKey, 'batch', 'report', 'other', wrapped)))
  t.ok(refuses(() => unwrapDataKey(dataKey, 'batch', 'report', 'object', wrapped)))
  for (let at = 0; at < wrapped.length; at++) {
    if (!refuses(() => unwrapDataKey(batchKey, 'batch', 'report', 'object', flipped(wrapped, at, at % 8)))) {
      t.fail(`byte ${at}`)
    }
  }
  t.ok(refuses(() => unwrapDataKey(batchKey, 'batch', 'report', 'object', wrapped.subarray(1))))
  t.throws(() => wrapDataKey(batchKey, 'batch', 'report', 'object', Buffer.alloc(16)))
})

t.test('a batch key opens for each recipient and for nobody else', async (t) => {
  const organisation = { kid: 'org-1', ...newRawKeyPair('X25519') }
  const mailbox = { kid: 'mailbox', ...newRawKeyPair('X25519') }
  const { batchId, batchKey, sealedKeys } = await newBatch([organisation, mailbox], 'mailbox')
  const [first, second] = sealedKeys
  if (!first || !second) throw new Error('a sealed key is missing')
  t.match(batchId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  t.same(await openBatchKey(organisation, batchId, first, 'mailbox'), batchKey)
  t.same(await openBatchKey(mailbox, batchId, second, 'mailbox'), batchKey)

  const other = await newBatch([organisation], 'mailbox')
  const refused: Record<string, Promise<Buffer>> = {
    'of the other recipient': openBatchKey(organisation, batchId, second, 'mailbox'),
    'under the other kid': openBatchKey(
      { ...organisation, kid: 'org-2' },
      batchId,
      { ...first, kid: 'org-2' },
      'mailbox',
    ),
    'renamed to our kid': openBatchKey(organisation, batchId, { ...second, kid: 'org-1' }, 'mailbox'),
    'for another batch': openBatchKey(organisation, other.batchId, first, 'mailbox'),
    'for another purpose': openBatchKey(organisation, batchId, first, 'organisation'),
    'with a flipped bit': openBatchKey(
      organisation,
      batchId,
      { ...first, ciphertext: flipped(first.ciphertext, 3, 0) },
      'mailbox',
    ),
    'with another enc': openBatchKey(organisation, batchId, { ...first, enc: second.enc }, 'mailbox'),
    'with a short enc': openBatchKey(organisation, batchId, { ...first, enc: Buffer.alloc(3) }, 'mailbox'),
    'of a wrong length': openBatchKey(
      organisation,
      batchId,
      await sealBatchKey(batchId, Buffer.alloc(16), organisation, 'mailbox'),
      'mailbox',
    ),
  }
  for (const [how, opening] of Object.entries(refused)) await t.rejects(opening, new SealBroken(), how)
  await t.rejects(newBatch([], 'organisation'), 'a batch without recipients could never be read')
})

function refuses(open: () => unknown): boolean {
  try {
    open()
    return false
  } catch (error) {
    return error instanceof SealBroken && error.message === 'a seal did not open' && error.cause === undefined
  }
}
