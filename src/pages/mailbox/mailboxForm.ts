import type { FastifyRequest } from 'fastify'
import { semaphore } from '../../concurrency/semaphore.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { fieldsOf } from '../frame/forms.ts'

/** What was sent to the mailbox: fields, and an image, in memory alone. */
export interface MailboxForm {
  fields: URLSearchParams
  image: Buffer | 'too-large' | undefined
}

/** Images that are read at once, each of ten megabytes at most. */
const take = semaphore(3, 16, 5_000)

/** Reads the form, however it was encoded. An image is read only for who has a good handle, which comes before it. */
export async function readMailboxForm(
  request: FastifyRequest,
  isGood: (handle: string) => boolean,
): Promise<MailboxForm> {
  if (!request.isMultipart()) return { fields: fieldsOf(request), image: undefined }
  const release = await take()
  if (release === undefined) throw new Fault('busy')
  try {
    return await readParts(request, isGood)
  } finally {
    release()
  }
}

async function readParts(request: FastifyRequest, isGood: (handle: string) => boolean): Promise<MailboxForm> {
  const fields = new URLSearchParams()
  let image: MailboxForm['image']
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.append(part.fieldname, String(part.value))
      continue
    }
    if (part.fieldname !== 'image' || !isGood(fields.get('handle') ?? '')) {
      part.file.resume()
      continue
    }
    const pieces: Buffer[] = []
    for await (const piece of part.file) pieces.push(piece)
    image = part.file.truncated ? 'too-large' : Buffer.concat(pieces)
  }
  return { fields, image }
}
