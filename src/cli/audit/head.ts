import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { headAt, signHead } from '../../domain/audit/head.ts'
import { endOfTrail } from '../../storage/auditTrail.ts'
import { command, Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** `sotto audit head`: what is to be kept elsewhere. */
export const auditHead = command({
  name: 'audit head',
  about:
    'Print where the audit trail ends, signed: keep it where the database’s administrators cannot write.',
  more: 'The same as GET /v1/triage/audit/head. `sotto audit verify --against` proves that a later trail goes on from it.',
  parameters: {},
  example: 'sotto audit head > "head-$(date +%F).txt"',
  async run() {
    const head = await withDeployment(async ({ pool, keyring }) => {
      if (!hasPrivateKeys(keyring))
        throw new Refusal('KEYRING_FILE holds public keys only: sign on the triage host')
      return signHead(keyring, headAt(await endOfTrail(pool.query)))
    })
    return { text: head.checkpoint, json: head }
  },
})
