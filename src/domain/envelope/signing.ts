import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { type Statement, signStatement, verifyStatement } from '../../crypto/sign.ts'

/** What staff do is signed by the service, so that a row put into the database behind its back is as if it were not there. */

/** Signs with the keyring's active sign key. */
export function signed(keyring: Keyring, statement: Statement): Buffer {
  const { privateKey = '' } = activeKey(keyring, 'sign')
  return signStatement(Buffer.from(privateKey, 'base64url'), statement)
}

/** Whether the service signed this, with the key of now or one of before. */
export function isSigned({ keys }: Keyring, statement: Statement, signature: Uint8Array): boolean {
  return keys.some(
    ({ purpose, publicKey = '' }) =>
      purpose === 'sign' && verifyStatement(Buffer.from(publicKey, 'base64url'), statement, signature),
  )
}
