import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { XWing } from '@hpke/hybridkem-x-wing'
import { type AgencyKeyFile, pairIn } from '../../src/domain/sharing/keyFile.ts'
import { openProduct, type Product } from '../../src/domain/sharing/product.ts'
import type { SealedProduct } from '../../src/schemas/sharing.ts'
import { run } from '../cli/run.ts'
import { t } from '../support/suite.ts'

/** The vectors of docs/sealed-format.md, of either suite. */
const vectors = [
  { suite: 'x25519', path: 'sealed-product', kem: () => new DhkemX25519HkdfSha256() },
  { suite: 'mlkem768-x25519', path: 'sealed-product-mlkem768-x25519', kem: () => new XWing() },
]

for (const { suite, path, kem } of vectors) {
  const folder = new URL(`../../../fixtures/${path}/`, import.meta.url)
  const at = (name: string) => new URL(`${name}.json`, folder).pathname
  const read = <T>(name: string): T => JSON.parse(readFileSync(at(name), 'utf8'))

  const key = read<AgencyKeyFile>('housing.key')
  const { id, sealed } = read<{ id: string; sealed: SealedProduct }>('product')
  const steps = read<{ batchKey: string; dataKey: string; product: Product }>('steps')
  const pair = pairIn(JSON.stringify(key), sealed.kid)

  t.test(`${suite}: what was sealed once opens for good`, async (t) => {
    t.strictSame(await openProduct(pair, id, sealed), steps.product)
    const opened = await run('sotto', [
      'open',
      '--key',
      at('housing.key'),
      '--product',
      at('product'),
      '--json',
    ])
    t.equal(opened.code, 0)
    t.match(JSON.parse(opened.stdout), { id, agency: 'housing', ...steps.product })
  })

  t.test(`${suite}: it opens by the document alone, with other code than ours`, async (t) => {
    const bytes = (text: string) => Buffer.from(text, 'base64url')
    const lp = (...parts: string[]) =>
      Buffer.concat(
        parts.flatMap((part) => {
          const length = Buffer.alloc(4)
          length.writeUInt32BE(Buffer.byteLength(part))
          return [length, Buffer.from(part)]
        }),
      )
    const plain = (buffer: Buffer) => new Uint8Array(buffer).buffer as ArrayBuffer
    const gcm = (secret: Buffer, box: Buffer, ...place: string[]) => {
      const cipher = createDecipheriv('aes-256-gcm', secret, box.subarray(1, 13))
      cipher.setAAD(Buffer.concat([Buffer.of(1), lp(...place)]))
      cipher.setAuthTag(box.subarray(-16))
      return Buffer.concat([cipher.update(box.subarray(13, -16)), cipher.final()])
    }

    const hpke = new CipherSuite({
      kem: kem(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    })
    const recipient = await hpke.createRecipientContext({
      recipientKey: await hpke.kem.importKey('raw', plain(bytes(key.privateKey)), false),
      enc: plain(bytes(sealed.enc)),
      info: plain(Buffer.from('sotto/1/batch-key/agency')),
    })
    const aad = plain(lp(sealed.batchId, sealed.kid))
    const batchKey = Buffer.from(await recipient.open(plain(bytes(sealed.batchKey)), aad))
    t.strictSame(batchKey, bytes(steps.batchKey))
    const dataKey = gcm(batchKey, bytes(sealed.wrappedKey), sealed.batchId, 'dissemination', id)
    t.strictSame(dataKey, bytes(steps.dataKey))
    const padded = gcm(
      dataKey,
      bytes(sealed.body),
      'dissemination',
      'body',
      id,
      '',
      sealed.sentOn,
      '1',
      'staff',
    )
    t.equal(padded.length, 4096)
    t.strictSame(JSON.parse(padded.subarray(0, padded.lastIndexOf(0x80)).toString()), steps.product)
  })

  t.test(`${suite}: changed in any part it does not open`, async (t) => {
    const parts = ['enc', 'batchKey', 'wrappedKey', 'body'] as const
    for (const part of parts) {
      const changed = Buffer.from(sealed[part], 'base64url')
      changed.writeUInt8(changed.readUInt8(20) ^ 1, 20)
      await t.rejects(openProduct(pair, id, { ...sealed, [part]: changed.toString('base64url') }), part)
    }
    const other = '00000000-0000-4000-8000-000000000000'
    await t.rejects(openProduct(pair, other, sealed), 'id')
    await t.rejects(openProduct(pair, id, { ...sealed, batchId: other }), 'batchId')
    await t.rejects(openProduct(pair, id, { ...sealed, sentOn: '2026-11-28' }), 'sentOn')
    await t.rejects(openProduct({ ...pair, kid: 'agy-other' }, id, { ...sealed, kid: 'agy-other' }), 'kid')
  })
}

t.end()
