import { signAsReporter, verifyReporter } from '../../crypto/receipt.ts'
import type { Place } from '../../crypto/seal.ts'
import type { ImageType } from '../../images/imageType.ts'
import { SealedImageFacts } from '../../schemas/sealed.ts'
import { contentParser } from '../envelope/content.ts'
import { signedByReporter } from '../envelope/mailboxPlaces.ts'

const parseFacts = contentParser(SealedImageFacts)

/** What is told of an image beside its bytes. */
export interface ImageFacts {
  mediaType: ImageType
  bytes: number
}

/**
 * The facts as JSON, signed with the receipt's seed: whoever can write to the database can seal to a mailbox, and
 * must not be able to show its reporter, or staff, an image that nobody sent.
 */
export function signFacts(
  { mediaType, bytes }: ImageFacts,
  seed: Uint8Array,
  mailboxId: string,
  place: Place,
) {
  const facts = { mediaType, bytes }
  const signature = signAsReporter(seed, signedByReporter(mailboxId, place, encode(facts)))
  return encode({ ...facts, signature: signature.toString('base64url') })
}

/** The facts again, and nothing else that was sealed with them; undefined unless they are such, and the reporter signed them. */
export function readFacts(
  opened: Uint8Array,
  publicKey: Uint8Array,
  mailboxId: string,
  place: Place,
): ImageFacts | undefined {
  const content = parseFacts(opened)
  if (content === undefined) return undefined
  const { mediaType, bytes, signature = '' } = content
  const facts = { mediaType, bytes }
  const signed = signedByReporter(mailboxId, place, encode(facts))
  return verifyReporter(publicKey, signed, Buffer.from(signature, 'base64url')) ? facts : undefined
}

function encode(facts: object): Buffer {
  return Buffer.from(JSON.stringify(facts))
}
