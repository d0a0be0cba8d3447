import { readFileSync } from 'node:fs'
import { SealBroken } from '../crypto/seal.ts'
import { pairIn } from '../domain/sharing/keyFile.ts'
import { printable } from '../domain/sharing/printable.ts'
import { openProduct } from '../domain/sharing/product.ts'
import type { Dissemination } from '../schemas/sharing.ts'
import { command, Refusal } from './command.ts'

/** `sotto open`: opens a sealed product offline, with the key that the agency alone holds. */
export const open = command({
  name: 'open',
  about: 'Open a sealed product with the agency’s own key, offline.',
  more: 'The product is what GET /v1/partner/disseminations/{did} answered. It is printed as a page; with --json as it is.',
  parameters: {
    key: { value: 'FILE', about: 'the key file from `sotto agency add --key`', required: true },
    product: { value: 'FILE', about: 'the answer, as JSON (stdin if not said)' },
  },
  example: 'curl -s "$URL" -H "authorization: Bearer $TOKEN" | sotto open --key housing.key',
  async run({ key, product }) {
    const sealed = productIn(read(product ?? '/dev/stdin', '--product'))
    const pair = pairOrRefusal(read(key, '--key'), sealed.sealed.kid)
    try {
      const { sealed: envelope, ...rest } = sealed
      const opened = { ...rest, ...(await openProduct(pair, sealed.id, envelope)) }
      return { text: printable(opened), json: opened }
    } catch (error) {
      if (error instanceof SealBroken)
        throw new Refusal('it does not open: another key, or not as it was sent')
      throw error
    }
  },
})

function pairOrRefusal(text: string, kid: string) {
  try {
    return pairIn(text, kid)
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'the key file cannot be read')
  }
}

function productIn(text: string): Dissemination & { sealed: NonNullable<Dissemination['sealed']> } {
  try {
    const product = JSON.parse(text) as Dissemination
    if (product.sealed !== undefined) return { ...product, sealed: product.sealed }
  } catch {
    // Said below.
  }
  throw new Refusal('--product must be the JSON of a dissemination with a sealed product')
}

function read(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Refusal(`${option} cannot be read`)
  }
}
