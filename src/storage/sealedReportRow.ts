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

/**
 * The same with its bytes in base64: so they come from the database with a third more and not twice as much, and go on to a
 * thread as they came, which decodes them where it wants them.
 */
export interface CodedReport extends Omit<SealedReport, 'wrappedKey' | 'body' | 'enc' | 'ciphertext'> {
  wrappedKey: string
  body: string
  enc: string
  ciphertext: string
}

/** These bytes as a `CodedReport` has them. */
export const coded = (column: string) => `encode(${column}, 'base64')`
