import { createHash } from 'node:crypto'
import type { Attestation } from '../../crypto/sign.ts'
import {
  deleteImageDestruction,
  type ImageDestructionRow,
  imageDestructionsOf,
  insertImageDestruction,
} from '../../storage/imageDestructions.ts'
import { invalid } from '../../vocabulary/faults.ts'
import { imageDestructionLapsesAfterDays } from '../../vocabulary/periods.ts'
import { isSigned, signed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'

/** Nobody destroys an image alone: what one supervisor asks for waits for another. */

/** When a request that nobody agreed to lapses. */
export function lapseOf({ askedAt }: Pick<ImageDestructionRow, 'askedAt'>): Date {
  return new Date(askedAt.getTime() + imageDestructionLapsesAfterDays * 86_400_000)
}

/** What waits of these images: signed by the service, and not lapsed. */
export async function waitingDestructions(
  work: Work,
  ids: readonly string[],
  now: Date,
): Promise<ImageDestructionRow[]> {
  const rows = await imageDestructionsOf(work.query, ids)
  return rows.filter((row) => isSigned(work.keyring, attestationOf(row), row.signature) && now < lapseOf(row))
}

/** Lets an image wait for another supervisor, in place of a request that lapsed. */
export async function askForDestruction(
  work: Work,
  asked: Omit<ImageDestructionRow, 'signature'>,
): Promise<void> {
  await deleteImageDestruction(work.query, asked.attachmentId)
  await insertImageDestruction(work.query, {
    ...asked,
    signature: signed(work.keyring, attestationOf(asked)),
  })
}

function attestationOf({
  attachmentId,
  reportId,
  askedBy,
  askedAt,
}: Omit<ImageDestructionRow, 'signature'>): Attestation {
  return {
    kind: 'image-destruction',
    id: attachmentId,
    reportId,
    version: 1,
    author: askedBy,
    decision: askedAt.toISOString(),
    hash: createHash('sha256').digest(),
  }
}

/** A word with a digit in it, such as 42/1234/26 or NCA-77. What is percent-encoded is no word. */
const reference = /[\w/.-]*\d[\w/.-]*/g

/**
 * Every image goes on somebody's instruction, and one on legal hold on the police's: then the reason must carry their
 * reference. A DELETE has no body to give it in.
 */
export function refuseWithoutInstruction(
  reason: string | undefined,
  isHeld: boolean,
): asserts reason is string {
  const at = 'header:audit-reason'
  if (reason === undefined) throw invalid(at, 'required', 'must say on whose instruction')
  const words = reason.replace(/%[0-9a-f]{2}/gi, ' ').match(reference) ?? []
  if (isHeld && !words.some((word) => word.length > 2)) {
    throw invalid(at, 'reference-required', 'must carry the police reference: the report is on legal hold')
  }
}
