import { type ImageType, sniffImageType } from '../../images/imageType.ts'
import { SealedImageFacts } from '../../schemas/sealed.ts'
import type { RowOf } from '../envelope/associatedData.ts'
import { contentParser } from '../envelope/content.ts'
import { isFromReporter, signForReporter } from '../envelope/signing.ts'

const parseFacts = contentParser(SealedImageFacts)

/** What is told of an image beside its bytes. */
export interface ImageFacts {
  mediaType: ImageType
  bytes: number
}

/**
 * The facts, signed with the receipt's seed: whoever can write to the database can seal to a mailbox, and
 * must not be able to show its reporter, or staff, an image that nobody sent.
 */
export function signFacts(
  { mediaType, bytes }: ImageFacts,
  seed: Uint8Array,
  mailboxId: string,
  row: RowOf<'imageFacts'>,
) {
  const facts = { mediaType, bytes }
  const signature = signForReporter(seed, 'imageFacts', row, mailboxId, encode(facts))
  return { ...facts, signature: signature.toString('base64url') }
}

/** The facts again, and nothing else that was sealed with them; undefined unless they are such, and the reporter signed them. */
export function readFacts(
  opened: Uint8Array,
  publicKey: Uint8Array,
  mailboxId: string,
  row: RowOf<'imageFacts'>,
): ImageFacts | undefined {
  const content = parseFacts(opened)
  if (content === undefined) return undefined
  const { mediaType, bytes, signature = '' } = content
  const facts = { mediaType, bytes }
  const isTheirs = isFromReporter(
    publicKey,
    'imageFacts',
    row,
    mailboxId,
    encode(facts),
    Buffer.from(signature, 'base64url'),
  )
  return isTheirs ? facts : undefined
}

/** Who signed the facts may have lied: what is no image of this type and size is not given out as one. */
export function isAsTold(bytes: Uint8Array, { mediaType, bytes: size }: ImageFacts): boolean {
  return bytes.length === size && sniffImageType(bytes) === mediaType
}

function encode(facts: object): Buffer {
  return Buffer.from(JSON.stringify(facts))
}
