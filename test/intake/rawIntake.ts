import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { asSuperuser } from '../support/cluster.ts'

/** Whoever has the login of intake: a connection to the database, and none of the service's code. */

const password = 'for-tests-alone'

/** The address at which `sotto_intake` logs in itself. */
export async function intakeLogin(url: string): Promise<string> {
  await asSuperuser(url, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(`ALTER ROLE sotto_intake LOGIN PASSWORD '${password}'`)
        return
      } catch (error) {
        // Another test file may be at it: roles belong to the whole server.
        if (attempt === 50) throw error
        await sleep(50)
      }
    }
  })
  const address = new URL(url)
  address.username = 'sotto_intake'
  address.password = password
  return address.href
}

/** Runs `work` with one connection as `sotto_intake`. */
export async function asIntakeLogin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: await intakeLogin(url) })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** What `put_batch` is given, by the names of its parameters. */
export type RawBatch = ReturnType<typeof rawBatch>

/** A batch of one report in every way well formed, with bytes that open to nothing. */
export function rawBatch(kid: string, more: Partial<Record<string, unknown>> = {}) {
  return {
    sealed_on: new Date().toISOString().slice(0, 10),
    batch: randomUUID(),
    kids: [kid],
    encs: [randomBytes(32)],
    ciphertexts: [randomBytes(48)],
    ids: [randomUUID()],
    categories: ['corruption'],
    priorities: [3],
    lead_agencies: ['law-enforcement'],
    support_agencies: [''],
    restricted: [false],
    wrapped_keys: [randomBytes(61)],
    bodies: [randomBytes(1053)],
    mailbox_ids: [randomUUID()],
    lookup_ids: [randomBytes(32)],
    sealing_keys: [randomBytes(32)],
    signing_keys: [randomBytes(32)],
    images_taken: [true],
    key_hashes: [] as Buffer[],
    answers: [] as Buffer[],
    ...more,
  }
}

/** A message in every way well formed but for its signature. */
export function rawMessage(kid: string, more: Partial<Record<string, unknown>> = {}) {
  return {
    wanted: randomBytes(32),
    message: randomUUID(),
    message_number: 1,
    sealed_on: new Date().toISOString().slice(0, 10),
    batch: randomUUID(),
    kids: [kid],
    encs: [randomBytes(32)],
    ciphertexts: [randomBytes(48)],
    mailbox_enc: randomBytes(32),
    mailbox_ciphertext: randomBytes(48),
    wrapped_key: randomBytes(61),
    body: randomBytes(1053),
    signature: randomBytes(64),
    key_hashes: [] as Buffer[],
    answers: [] as Buffer[],
    ...more,
  }
}

/** An image, likewise. */
export function rawAttachment(kid: string, more: Partial<Record<string, unknown>> = {}) {
  return {
    wanted: randomBytes(32),
    attachment: randomUUID(),
    sealed_on: new Date().toISOString().slice(0, 10),
    batch: randomUUID(),
    kids: [kid],
    encs: [randomBytes(32)],
    ciphertexts: [randomBytes(48)],
    wrapped_key: randomBytes(61),
    body: randomBytes(65_565),
    signature: randomBytes(64),
    meta_batch: randomUUID(),
    meta_kids: [kid],
    meta_encs: [randomBytes(32)],
    meta_ciphertexts: [randomBytes(48)],
    mailbox_enc: randomBytes(32),
    mailbox_ciphertext: randomBytes(48),
    meta_wrapped_key: randomBytes(61),
    meta: randomBytes(285),
    key_hashes: [] as Buffer[],
    answers: [] as Buffer[],
    ...more,
  }
}

/** Calls one of them with such values. Tells what it said, or the SQLSTATE with which it refused. */
export async function call(
  client: pg.Client,
  name: 'put_batch' | 'put_batch_unless_repeated' | 'put_message' | 'put_attachment',
  given: Record<string, unknown>,
): Promise<string> {
  const names = Object.keys(given)
  const text = `SELECT public.${name}(${names.map((key, index) => `${key} => $${index + 1}`).join(', ')}) AS said`
  try {
    const { rows } = await client.query<{ said: string }>(text, Object.values(given))
    return rows[0]?.said || 'put'
  } catch (error) {
    return (error as { code?: string }).code ?? 'gone'
  }
}
