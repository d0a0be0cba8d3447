import { randomBytes } from 'node:crypto'
import { newMailboxKeys } from '../../src/crypto/newMailboxKeys.ts'
import { publicKeyByNode, publicKeyBySodium } from '../../src/crypto/publicKeys.ts'
import { deriveMailboxKeys, parseReceipt } from '../../src/crypto/receipt.ts'
import { packedBytes, packReceipt, unpackReceipt } from '../../src/domain/intake/packedReceipts.ts'
import { receiptsAhead } from '../../src/domain/intake/receiptsAhead.ts'
import { until } from '../support/patience.ts'
import { t } from '../support/suite.ts'

function isWhole({
  receipt,
  lookupId,
  sealingKey,
  signingKey,
}: ReturnType<ReturnType<typeof receiptsAhead>['take']>) {
  const parsed = parseReceipt(receipt)
  if ('fault' in parsed) return false
  const keys = deriveMailboxKeys(parsed.canonical)
  return (
    lookupId.equals(keys.lookupId) &&
    sealingKey.equals(keys.x25519.publicKey) &&
    signingKey.equals(keys.ed25519.publicKey)
  )
}

t.test('libsodium and Node make the same public keys', async (t) => {
  if (publicKeyBySodium === undefined) return t.fail('libsodium does not load here')
  const seeds = [
    Buffer.alloc(32),
    Buffer.alloc(32, 255),
    ...Array.from({ length: 200 }, () => randomBytes(32)),
  ]
  for (const curve of ['X25519', 'Ed25519'] as const) {
    const differing = seeds.filter(
      (seed) => !publicKeyBySodium?.(curve, seed).equals(publicKeyByNode(curve, seed)),
    )
    t.same(differing, [], curve)
    t.throws(() => publicKeyBySodium?.(curve, Buffer.alloc(31)))
  }
})

t.test('receipts made ahead are whole, each its own, and never run out', async (t) => {
  const receipts = receiptsAhead({ stock: 256 })
  t.teardown(receipts.end)
  t.equal(receipts.ready(), 0, 'none is made before one is wanted')
  const first = receipts.take()
  t.ok(isWhole(first), 'the first is made at once')
  await until(async () => receipts.ready() === 256)
  const taken = Array.from({ length: 400 }, receipts.take)
  t.ok(taken.every(isWhole))
  t.equal(new Set([first, ...taken].map(({ receipt }) => receipt)).size, 401)
  await until(async () => receipts.ready() >= 128)
  receipts.end()
  t.equal(receipts.ready(), 0)
  t.ok(isWhole(receipts.take()), 'also after the end')
})

t.test('a receipt is wiped from the stock as it is taken', async (t) => {
  const packed = Buffer.alloc(2 * packedBytes)
  packReceipt(packed, 0, newMailboxKeys())
  packReceipt(packed, packedBytes, newMailboxKeys())
  t.ok(isWhole(unpackReceipt(packed, 0)))
  t.ok(packed.subarray(0, packedBytes).every((byte) => byte === 0))
  t.ok(isWhole(unpackReceipt(packed, packedBytes)))
})

t.end()
