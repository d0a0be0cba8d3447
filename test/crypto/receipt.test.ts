import fc from 'fast-check'
import { openFrom, sealTo } from '../../src/crypto/hpke.ts'
import {
  deriveMailboxKeys,
  newReceipt,
  parseReceipt,
  signAsReporter,
  verifyReporter,
} from '../../src/crypto/receipt.ts'
import { t } from '../support/suite.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const receipts = fc.constant(null).map(newReceipt)
const canonicalOf = (receipt: string) => {
  const parsed = parseReceipt(receipt)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return parsed.canonical
}

t.test('a receipt is seven groups of four Crockford symbols and reads back', async (t) => {
  for (let i = 0; i < 200; i++) {
    const receipt = newReceipt()
    if (!/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/.test(receipt)) t.fail('not of this form')
    if (canonicalOf(receipt) !== receipt.replaceAll('-', '').slice(0, 26)) t.fail('does not read back')
  }
})

t.test('receipts use every symbol at every place, and never repeat', async (t) => {
  const many = Array.from({ length: 2000 }, () => canonicalOf(newReceipt()))
  t.equal(new Set(many).size, 2000)
  for (let at = 0; at < 26; at++) t.equal(new Set(many.map((symbols) => symbols[at])).size, 32)
})

t.test('case, hyphens, spaces and the look-alikes O, I and L make no difference', async (t) => {
  fc.assert(
    fc.property(receipts, fc.infiniteStream(fc.nat(5)), (receipt, choices) => {
      const typed = [...receipt.replaceAll('-', '')]
        .map((symbol) => retype(symbol, choices.next().value))
        .join('')
      return canonicalOf(typed) === canonicalOf(receipt)
    }),
  )
  for (const typed of [
    '0000-0000-0000-0000-0000-0000-0101',
    ' oOo0 0000-00000000 0000 0000 OiOL',
    `${'O'.repeat(25)}lol`,
  ]) {
    t.equal(canonicalOf(typed), `${'0'.repeat(25)}1`)
  }
})

t.test('every single wrong symbol is caught', async (t) => {
  for (let round = 0; round < 10; round++) {
    const symbols = [...newReceipt().replaceAll('-', '')]
    for (const [at, right] of symbols.entries()) {
      for (const wrong of alphabet) {
        if (wrong !== right && !caught(symbols.with(at, wrong))) t.fail(`${at}`)
      }
    }
  }
})

t.test('every swap of neighbours is caught, also across the check', async (t) => {
  for (let round = 0; round < 100; round++) {
    const symbols = [...newReceipt().replaceAll('-', '')]
    for (let at = 0; at < 27; at++) {
      const [one = '', two = ''] = symbols.slice(at, at + 2)
      if (one !== two && !caught(symbols.with(at, two).with(at + 1, one))) t.fail(`${at}`)
    }
  }
})

t.test('what is not a receipt is told from a slip, and nothing throws', async (t) => {
  const good = newReceipt()
  const malformed = [
    '',
    '-',
    good.slice(1),
    `${good}0`,
    good.replace(/.$/, 'U'),
    good.replace(/^./, 'é'),
    good.repeat(9),
    `${good.slice(1)}\u0000`,
    '😀'.repeat(28),
  ]
  for (const text of malformed) t.same(parseReceipt(text), { fault: 'malformed' })
  t.same(parseReceipt('ß'.repeat(28)), { fault: 'malformed' }, 'no symbol by way of upper case')
  t.same(parseReceipt('0000-0000-0000-0000-0000-0000-0001'), { fault: 'wrong-check' })
  t.same(
    parseReceipt('0000-0000-0000-0000-0000-0000-00ZX'),
    { fault: 'wrong-check' },
    '0 has one spelling, not 0 + 1021',
  )
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => Boolean(parseReceipt(text))))
})

t.test(
  'the keys of a receipt are always the same, and unrelated to each other and to other receipts',
  async (t) => {
    const one = deriveMailboxKeys(canonicalOf(newReceipt()))
    const two = deriveMailboxKeys(canonicalOf(newReceipt()))
    const all = [one, two].flatMap(({ lookupId, x25519, ed25519 }) => [
      lookupId,
      x25519.publicKey,
      x25519.privateKey,
      ed25519.publicKey,
      ed25519.privateKey,
    ])
    t.equal(new Set(all.map((key) => key.toString('hex'))).size, 10)
    t.ok(all.every((key) => key.length === 32))
    // Worked out by another implementation of HKDF and the curves; a change here would lock every reporter out.
    const { lookupId, x25519, ed25519 } = deriveMailboxKeys('0123456789ABCDEFGHJKMNPQRS')
    t.equal(lookupId.toString('hex'), 'c30dffece108d10a856bab889ecc44364aed1cef88494c85053d29a41e43fcf7')
    t.equal(
      x25519.publicKey.toString('hex'),
      'd4cc87527ae7f74a14c558b46cd7a6ce50f55e8019aa710fc18fd4d20cb5043c',
    )
    t.equal(
      ed25519.publicKey.toString('hex'),
      'f434540b653bc5c3bd94be25b7bf81ca2cbfdc5989629690b790c97a3e532f69',
    )
    t.throws(() => deriveMailboxKeys(newReceipt()), 'only canonical symbols have keys')
  },
)

t.test('a message sealed to a receipt opens with it', async (t) => {
  const { x25519 } = deriveMailboxKeys(canonicalOf(newReceipt()))
  const [info, aad, text] = ['info', 'aad', 'we need one more detail'].map((part) => Buffer.from(part)) as [
    Buffer,
    Buffer,
    Buffer,
  ]
  const { enc, ciphertext } = await sealTo(x25519.publicKey, info, aad, text)
  t.same(Buffer.from(await openFrom(x25519, enc, info, aad, ciphertext)), text)
})

t.test('only the holder of the receipt signs as the reporter', async (t) => {
  const { ed25519 } = deriveMailboxKeys(canonicalOf(newReceipt()))
  const other = deriveMailboxKeys(canonicalOf(newReceipt())).ed25519
  const bytes = Buffer.from('message 1')
  const signature = signAsReporter(ed25519.privateKey, bytes)
  t.ok(verifyReporter(ed25519.publicKey, bytes, signature))
  t.notOk(verifyReporter(other.publicKey, bytes, signature))
  t.notOk(verifyReporter(ed25519.publicKey, Buffer.from('message 2'), signature))
  for (let at = 0; at < signature.length; at++) {
    const changed = Buffer.from(signature)
    changed[at] = (changed[at] ?? 0) ^ 1
    if (verifyReporter(ed25519.publicKey, bytes, changed)) t.fail(`byte ${at}`)
  }
  t.notOk(
    verifyReporter(ed25519.publicKey, bytes, signature.subarray(1)),
    'a short signature is false, not an error',
  )
  t.notOk(verifyReporter(ed25519.publicKey.subarray(1), bytes, signature), 'so is a short key')
})

function caught(symbols: string[]): boolean {
  const parsed = parseReceipt(symbols.join(''))
  return 'fault' in parsed && parsed.fault === 'wrong-check'
}

function retype(symbol: string, choice: number): string {
  if (choice === 0) return symbol.toLowerCase()
  if (choice === 1) return `${symbol} `
  if (choice === 2) return `-${symbol}`
  if (symbol === '0') return choice === 3 ? 'O' : 'o'
  if (symbol === '1') return ['I', 'l', 'L'][choice - 3] ?? 'i'
  return symbol
}
