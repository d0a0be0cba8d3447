/**
 * The process that touches a reporter's image: reads it from standard input, writes it encoded anew to
 * standard output, exits 0, or 2 where it cannot be read. Arguments: media type, most pixels, most bytes.
 * Says nothing else: a decoder's messages may quote the file.
 */
import { buffer } from 'node:stream/consumers'
import type { ImageType } from './imageType.ts'
import { recode } from './recode.ts'

// The parent decides when this ends. A signal to the whole group (Ctrl-C, a service manager's stop) reaches
// it too, while the parent still finishes what it has accepted.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

const [type, maxPixels, maxBytes] = process.argv.slice(2)
try {
  const limits = { maxPixels: Number(maxPixels), maxBytes: Number(maxBytes) }
  process.stdout.end(await recode(await buffer(process.stdin), type as ImageType, limits))
} catch {
  process.exitCode = 2
}
