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

/** The same without its sealed parts, which lie beside it as one piece of so many bytes. */
export type PackedReport = Omit<SealedReport, 'body' | 'wrappedKey' | 'enc' | 'ciphertext'> & {
  sealed: number
}

/**
 * Sealed reports in their order: what stands in the clear of them as text, and their sealed parts, both in pieces of memory that
 * a thread takes over as they are. Report by report they would be copied twice on the way there, as many small texts.
 */
export interface Slab {
  /** JSON, a line for each row: read one after the other, none outlives its report. */
  lines: Uint8Array<ArrayBuffer>
  /** No part lies in two of them. */
  sealed: readonly Uint8Array<ArrayBuffer>[]
}

/** The same for whoever hands it on, with what must be known of these reports there. */
export interface KnownSlab<Known> extends Slab {
  rows: readonly Known[]
}

const withLength = (part: string) => `int4send(octet_length(${part})) || ${part}`

/**
 * What is sealed of a report, and of its batch key, as one text, since each costs as much as its bytes do: the keys, each after its
 * length, then the body; in base64, which has a third more and not, as hex, twice as much.
 */
const sealedText = `encode(${['wrapped_key', 'enc', 'ciphertext'].map(withLength).join(' || ')} || body, 'base64')::varchar`

/** The columns of it for `readSlab`. */
export const sealedColumns = `batch_id AS "batchId", kid, ${sealedText} AS sealed`

/** The columns for `readWrittenSlab`: what is known there, and a row of these as Postgres writes it. */
export const writtenColumns = (known: string, row: string) => `${known},
  (SELECT row_to_json(written) FROM (
     SELECT ${row}, batch_id AS "batchId", kid,
            12 + octet_length(wrapped_key) + octet_length(enc) + octet_length(ciphertext) + octet_length(body) AS sealed
   ) written)::varchar AS line, ${sealedText} AS sealed`

/**
 * Runs a statement whose rows have these columns beside their own. Of each row only what `known` takes stays behind: whole rows
 * would fill the service's own heap for as long as their step is under way.
 */
export async function readSlab<Row extends PackedReport, Known>(
  query: Query,
  statement: Statement,
  known: (row: Row) => Known,
): Promise<KnownSlab<Known>> {
  let packed = pack()
  // Each text is decoded as it comes and forgotten: those of a whole step would outlive the young generation.
  const rows = await query<Row>({
    ...statement,
    taking: () => {
      packed = pack()
      return packed.put
    },
  })
  const lines = utf8.encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  return { rows: rows.map(known), lines, sealed: packed.all() }
}

/**
 * The same of rows that come as lines already, for rows of many columns: texts of each would outlive the young generation too,
 * for as long as their step is read.
 */
export async function readWrittenSlab<Known extends object>(
  query: Query,
  statement: Statement,
): Promise<KnownSlab<Known>> {
  let lines = pack('utf8')
  let packed = pack()
  const rows = await query<Known>({
    ...statement,
    taking: () => {
      lines = pack('utf8')
      packed = pack()
      let isLine = false
      return (text) => {
        isLine = !isLine
        return isLine ? lines.put(`${text}\n`) : packed.put(text)
      }
    },
  })
  return { rows, lines: joined(lines.all()), sealed: packed.all() }
}

const utf8 = new TextEncoder()
const pieceBytes = 64 * 1024
/** Bytes that a UTF-16 unit takes at most. */
const bytesAUnit = { utf8: 3, base64: 1 }

function joined(pieces: Slab['sealed']): Slab['lines'] {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Fills one piece of memory after the other, each of its own and none that Node shares out: they are given away. */
function pack(encoding: keyof typeof bytesAUnit = 'base64') {
  const full: Slab['sealed'][number][] = []
  let memory = Buffer.allocUnsafeSlow(pieceBytes)
  let at = 0

  function all(): Slab['sealed'] {
    return [...full, new Uint8Array(memory.buffer as ArrayBuffer, 0, at)]
  }

  return {
    all,

    /** Puts bytes behind those before, and tells how many. */
    put(text: string): number {
      const most = text.length * bytesAUnit[encoding]
      if (memory.length - at < most) {
        full.splice(0, full.length, ...all())
        memory = Buffer.allocUnsafeSlow(Math.max(pieceBytes, most))
        at = 0
      }
      const bytes = memory.write(text, at, encoding)
      at += bytes
      return bytes
    },
  }
}

/** What a slab gives away. */
export function memoryOf({ lines, sealed }: Slab): ArrayBuffer[] {
  return [lines, ...sealed].map(({ buffer }) => buffer)
}
