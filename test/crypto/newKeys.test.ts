import { execFile } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { promisify } from 'node:util'
import { newRawKeyPair, privateKeyFromRaw, rawPublicKey } from '../../src/crypto/rawKeys.ts'
import { t } from '../support/suite.ts'

const rawKeys = new URL('../../src/crypto/rawKeys.js', import.meta.url).href
const making = `const { canAgreeWith, newRawKeyPair } = await import('${rawKeys}')
for (let made = 0; made < 6000; made++) canAgreeWith(newRawKeyPair(made % 2 ? 'X25519' : 'Ed25519').publicKey)
console.log('made')`

t.test('a new pair belongs together, and no two are alike', (t) => {
  for (const curve of ['X25519', 'Ed25519'] as const) {
    const { publicKey, privateKey } = newRawKeyPair(curve)
    t.same(publicKey, rawPublicKey(createPublicKey(privateKeyFromRaw(curve, privateKey))))
    t.notSame(privateKey, newRawKeyPair(curve).privateKey)
  }
  t.end()
})

// Where Node's generator made them, most such processes waited for a lock of their own for ever.
t.test('making keys comes to its end however often garbage is collected meanwhile', async (t) => {
  const words = ['--max-semi-space-size=1', '--input-type=module', '--eval', making]
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 120_000 })
  t.equal(stdout.trim(), 'made')
})

t.end()
