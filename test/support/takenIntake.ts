import { randomBytes, randomUUID } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { newBatch, newDataKey, sealBody, wrapDataKey } from '../../src/crypto/seal.ts'
import { associatedDataOf } from '../../src/domain/envelope/associatedData.ts'
import { organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import { seal } from '../../src/domain/envelope/seal.ts'
import type { SealedContent } from '../../src/domain/envelope/sealedReport.ts'
import { signForReporter } from '../../src/domain/envelope/signing.ts'
import { prepareReport } from '../../src/domain/intake/accept.ts'
import type { Report } from '../../src/schemas/report.ts'
import { insertBatch, type SealedReport } from '../../src/storage/box.ts'
import { putAttachment, putReporterMessage } from '../../src/storage/mailbox.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { keysOf } from '../mailbox/reporter.ts'
import { asSuperuser } from './cluster.ts'
import { sampleReport } from './reports.ts'

interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** What is broken of a row's seals, where what they hold is not. */
export type Broken = 'body' | 'data key' | 'batch key' | 'no batch key'

export interface Forgery {
  /** What the honest report would say. */
  report?: Partial<Report>
  /** What is sealed instead of the honest content: bytes, or what is written as JSON. */
  sealed?: (honest: SealedContent) => unknown
  /** What stands in the clear instead of the proposal. */
  clear?: Partial<
    Pick<SealedReport, 'category' | 'priority' | 'leadAgency' | 'supportAgencies' | 'restricted'>
  >
  attachmentsAllowed?: boolean
  broken?: Broken
}

/** A report that was put in, and the receipt that opens its mailbox. */
export interface PutReport {
  id: string
  day: string
  mailboxId: string
  receipt: string
}

/**
 * An intake host in an attacker's hands: it has the public keys, the login of intake and the receipts that pass, and puts
 * into the box what it likes. No private key, and no other login.
 */
export function takenIntake(
  test: Lifetime,
  { databaseUrl, keyringFile }: { databaseUrl: string; keyringFile: string },
  clock = () => new Date(),
) {
  const pool = openPool(databaseUrl, 'sotto_intake', 2)
  test.after(() => pool.close())
  const organisation = organisationRecipient(readKeyringFile(keyringFile))

  return {
    async put({ report, sealed, clear = {}, attachmentsAllowed, broken }: Forgery = {}): Promise<PutReport> {
      const honest = sampleReport(report)
      const { pending, receipt } = prepareReport(honest, dayOf(clock()))
      const { day, mailbox } = pending
      const { id } = pending.report
      const content: SealedContent = {
        report: honest,
        proposals: [],
        mailbox: {
          id: mailbox.id,
          sealingKey: mailbox.sealingKey.toString('base64url'),
          signingKey: mailbox.signingKey.toString('base64url'),
        },
      }
      const dataKey = newDataKey()
      const bytes = bytesOf(sealed === undefined ? content : sealed(content))
      const body = sealBody(dataKey, associatedDataOf('report', { id, receivedOn: day }), bytes, 1024)
      const { batchId, batchKey, sealedKeys } = await newBatch([organisation], 'organisation')
      const wrappedKey = wrapDataKey(batchKey, batchId, 'report', id, dataKey)
      const batchKeys = sealedKeys.map((key) =>
        broken === 'batch key' ? { ...key, ciphertext: randomBytes(key.ciphertext.length) } : key,
      )
      await insertBatch(pool, {
        day,
        batchId,
        batchKeys,
        reports: [
          {
            ...pending.report,
            ...clear,
            body: broken === 'body' ? flipped(body) : body,
            wrappedKey: broken === 'data key' ? flipped(wrappedKey) : wrappedKey,
            mailbox: { ...mailbox, attachmentsAllowed: attachmentsAllowed ?? mailbox.attachmentsAllowed },
          },
        ],
        answers: [],
      })
      // Nobody puts a batch in without its key; one may be lost.
      if (broken === 'no batch key')
        await asSuperuser(databaseUrl, (client) =>
          client.query('DELETE FROM box_batch_keys WHERE batch_id = $1', [batchId]),
        )
      return { id, day, mailboxId: mailbox.id, receipt }
    },

    /** Says something in a reporter's name, as the host may that their receipt passes through. */
    async say(
      { id: reportId, day, mailboxId, receipt }: PutReport,
      content: unknown,
      number = 1,
    ): Promise<void> {
      const keys = keysOf(receipt)
      const message = { id: randomUUID(), reportId, number, sentOn: day }
      const mailbox = { kid: mailboxId, publicKey: keys.x25519.publicKey }
      const to = { organisation: [organisation], mailbox }
      const sealed = await seal('reporterMessage', message, bytesOf(content), to)
      const seed = keys.ed25519.privateKey
      const signature = signForReporter(seed, 'reporterMessage', message, mailboxId, sealed.body)
      const putting = await putReporterMessage(
        pool,
        keys.lookupId,
        { ...sealed, ...message, signature },
        undefined,
      )
      if (putting !== 'put') throw new Error(putting)
    },

    /** Adds an image in a reporter's name, with what it likes to say of it. Tells its id. */
    async attach(
      { id: reportId, day, mailboxId, receipt }: PutReport,
      image: Uint8Array,
      facts: (sign: (facts: object) => string) => unknown,
    ): Promise<string> {
      const keys = keysOf(receipt)
      const at = { id: randomUUID(), reportId, receivedOn: day }
      const mailbox = { kid: mailboxId, publicKey: keys.x25519.publicKey }
      const sign = (name: 'image' | 'imageFacts', of: Uint8Array) =>
        signForReporter(keys.ed25519.privateKey, name, at, mailboxId, of)
      const sealed = await seal('image', at, image, { organisation: [organisation] })
      const told = facts((of) => sign('imageFacts', Buffer.from(JSON.stringify(of))).toString('base64url'))
      const meta = await seal('imageFacts', at, bytesOf(told), { organisation: [organisation], mailbox })
      const attachment = {
        ...sealed,
        ...at,
        signature: sign('image', sealed.body),
        metaBatch: meta.batch,
        metaWrappedKey: meta.wrappedKey,
        meta: meta.body,
      }
      const putting = await putAttachment(pool, keys.lookupId, attachment, undefined)
      if (putting !== 'put') throw new Error(putting)
      return at.id
    },
  }
}

function bytesOf(content: unknown): Uint8Array {
  return content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content))
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  return changed
}
