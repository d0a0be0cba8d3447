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
