import { jsonOf } from './answers.ts'
import type { components } from './contract.ts'
import { isSottoError } from './errors.ts'
import { newKey } from './random.ts'
import { readReceipt } from './receipt.ts'
import type { Options } from './report.ts'
import { send } from './send.ts'
import type { Service } from './service.ts'

type Schemas = components['schemas']

export interface SendOptions extends Options {
  /** From `newKey()`: the same key and the same content, sent again, are one message. One is made if none is given. */
  key?: string
}

export interface OpenMailbox {
  /** The receipt, as the service writes it. */
  readonly receipt: string
  /** Status, messages and images. Writes nothing at the service. */
  read(options?: Options): Promise<Schemas['Mailbox']>
  /** Adds something, or answers. */
  write(text: string, options?: SendOptions): Promise<Schemas['MailboxMessage']>
  /** Adds an image (`attach`). */
  attach(image: Blob | Uint8Array, options?: SendOptions): Promise<Schemas['MailboxAttachment']>
  /** Ends contact: mailbox and messages are destroyed, and the receipt is unknown from then on. */
  end(options?: Options): Promise<void>
}

/** The mailbox that a receipt opens, however it is typed. Sends nothing; throws what `readReceipt` throws. */
export function mailbox(service: Service, typed: string): OpenMailbox {
  const receipt = readReceipt(typed)
  const authorization = `Bearer ${receipt}`
  const path = '/v1/mailbox'
  return {
    receipt,
    async read({ signal } = {}) {
      const call = { method: 'GET', path, headers: { authorization }, isRepeatable: true, signal }
      return jsonOf(await send(service, call))
    },
    async write(text, { key = newKey(), signal } = {}) {
      const received = await send(service, {
        method: 'POST',
        path: `${path}/messages`,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ text }),
        isRepeatable: true,
        signal,
      })
      return jsonOf(received)
    },
    attach: (image, options) => attach(service, receipt, image, options),
    async end({ signal } = {}) {
      let isRepeated = false
      const call = { method: 'DELETE', path, headers: { authorization }, isRepeatable: true, signal }
      const watched = {
        ...service,
        onWait(why: Parameters<Service['onWait']>[0]) {
          if (why !== 'challenge') isRepeated = true
          service.onWait(why)
        },
      }
      try {
        await send(watched, call)
      } catch (error) {
        // The answer to the first try was lost, and the receipt opens nothing any more: it is ended.
        if (!(isRepeated && isSottoError(error, 'unauthorized'))) throw error
      }
    },
  }
}

/**
 * Adds an image to a report. Its bytes are read once and sent without name or label. The service keeps nothing but the
 * pixels, but what they show stays: let people look at the image before it goes.
 */
export async function attach(
  service: Service,
  receipt: string,
  image: Blob | Uint8Array,
  { key = newKey(), signal }: SendOptions = {},
): Promise<Schemas['MailboxAttachment']> {
  const received = await send(service, {
    method: 'POST',
    path: '/v1/mailbox/attachments',
    headers: {
      authorization: `Bearer ${readReceipt(receipt)}`,
      'content-type': 'application/octet-stream',
      'idempotency-key': key,
    },
    body: image instanceof Blob ? new Uint8Array(await image.arrayBuffer()) : new Uint8Array(image),
    isRepeatable: true,
    timeout: 5 * service.timeout,
    signal,
  })
  return jsonOf(received)
}
