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

type SealedPart = 'body' | 'wrappedKey' | 'enc' | 'ciphertext'

/** The same without its sealed parts, which lie beside it one after the other in this order: so many bytes each. */
export type PackedReport = Omit<SealedReport, SealedPart> & Record<SealedPart, number>

/**
 * Sealed reports in their order: what stands in the clear of them as one text, and their sealed parts in pieces of
 * memory that a thread takes over as they are. Report by report they would be copied twice on the way there, as many small
 * texts.
 */
export interface Slab {
  /** JSON, a list of the rows. */
  text: string
  /** No part lies in two of them. */
  sealed: readonly Uint8Array<ArrayBuffer>[]
}

/** The same for whoever hands it on, who must know which reports these are. */
export interface KnownSlab<Row> extends Slab {
  rows: readonly Row[]
}

/**
 * The columns of what is sealed of a report, and of its batch key, for `readSlab`: bytes in base64, with a third more and not,
 * as in hex, twice as much.
 */
export const sealedColumns = `batch_id AS "batchId", kid, encode(body, 'base64')::varchar AS body,
  encode(wrapped_key, 'base64')::varchar AS "wrappedKey", encode(enc, 'base64')::varchar AS enc,
  encode(ciphertext, 'base64')::varchar AS ciphertext`

/** Runs a statement whose rows have these columns, in this order, beside their own. */
export async function readSlab<Row extends PackedReport>(
  query: Query,
  statement: Statement,
): Promise<KnownSlab<Row>> {
  let packed = pack()
  // Each text is decoded as it comes and forgotten: those of a whole step would outlive the young generation.
  const rows = await query<Row>({
    ...statement,
    taking: () => {
      packed = pack()
      return packed.put
    },
  })
  return { rows, text: JSON.stringify(rows), sealed: packed.all() }
}

const pieceBytes = 64 * 1024

/** Fills one piece of memory after the other, each of its own and none that Node shares out: they are given away. */
function pack() {
  const full: Slab['sealed'][number][] = []
  let memory = Buffer.allocUnsafeSlow(pieceBytes)
  let at = 0

  function all(): Slab['sealed'] {
    return [...full, new Uint8Array(memory.buffer as ArrayBuffer, 0, at)]
  }

  return {
    all,

    /** Puts bytes behind those before, and tells how many. */
    put(coded: string): number {
      if (memory.length - at < coded.length) {
        full.splice(0, full.length, ...all())
        memory = Buffer.allocUnsafeSlow(Math.max(pieceBytes, coded.length))
        at = 0
      }
      const bytes = memory.write(coded, at, 'base64')
      at += bytes
      return bytes
    },
  }
}

/** What a slab gives away. */
export function memoryOf({ sealed }: Pick<Slab, 'sealed'>): ArrayBuffer[] {
  return sealed.map(({ buffer }) => buffer)
}
