import type { Query, Statement } from './pool.ts'

/** A sealed report with its batch key, as sealed to the key `kid`; empty if to none that opens. */
export interface SealedReport {
  id: string
  receivedOn: string
  batchId: string
  wrappedKey: Uint8Array
  body: Uint8Array
  kid: string
  enc: Buffer
  ciphertext: Buffer
}

/** The same without its sealed parts, which lie one after the other beside it: so many bytes each. */
export interface PackedReport extends Omit<SealedReport, SealedPart> {
  sizes: readonly [body: number, wrappedKey: number, enc: number, ciphertext: number]
}

type SealedPart = 'body' | 'wrappedKey' | 'enc' | 'ciphertext'

/**
 * Sealed reports in their order: what stands in the clear of them as one text, and their sealed parts as one piece of
 * memory, which a thread takes over as it is. Report by report they would be copied twice on the way there, as many small
 * texts.
 */
export interface Slab {
  /** JSON, a list of the rows. */
  text: string
  sealed: Uint8Array<ArrayBuffer>
}

/** The same for whoever hands it on, who must know which reports these are. */
export interface KnownSlab<Row> extends Slab {
  rows: readonly Row[]
}

/** A report as it comes from the database: its bytes in base64, with a third more and not, as in hex, twice as much. */
type Coded<Row> = Omit<Row, 'sizes'> & Record<SealedPart, string>

/** The columns of what is sealed of a report, and of its batch key, for `readSlab`. */
export const sealedColumns = `batch_id AS "batchId", encode(wrapped_key, 'base64') AS "wrappedKey",
  encode(body, 'base64') AS body, kid, encode(enc, 'base64') AS enc, encode(ciphertext, 'base64') AS ciphertext`

/** Runs a statement whose rows have these columns beside their own. */
export async function readSlab<Row extends PackedReport>(
  query: Query,
  statement: Statement,
): Promise<KnownSlab<Row>> {
  const coded = await query<Coded<Row>>(statement)
  // Memory of its own, and none that Node shares out: it is given away.
  const memory = Buffer.from(new ArrayBuffer(coded.reduce((sum, row) => sum + bytesOf(row), 0)))
  let at = 0
  const put = (text: string): number => {
    const bytes = memory.write(text, at, 'base64')
    at += bytes
    return bytes
  }
  const rows = coded.map(({ body, wrappedKey, enc, ciphertext, ...row }) => ({
    ...row,
    sizes: [put(body), put(wrappedKey), put(enc), put(ciphertext)],
  })) as unknown as Row[]
  return { rows, text: JSON.stringify(rows), sealed: new Uint8Array(memory.buffer, 0, at) }
}

/** No less than they are, since Postgres breaks lines. */
function bytesOf({ body, wrappedKey, enc, ciphertext }: Record<SealedPart, string>): number {
  return Math.ceil(0.75 * (body.length + wrappedKey.length + enc.length + ciphertext.length)) + 12
}
