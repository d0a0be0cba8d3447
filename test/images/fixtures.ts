import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A plain picture of one colour. */
export function plain(width: number, height: number, background = '#c02020') {
  return sharp({ create: { width, height, channels: 3, background } })
}

/** A small picture without symmetry: red on the left, blue on the right. */
export function redThenBlue(width: number, height: number) {
  const left = { create: { width: width / 2, height, channels: 3 as const, background: '#ff0000' } }
  return plain(width, height, '#0000ff')
    .composite([{ input: left, left: 0, top: 0 }])
    .removeAlpha()
}

export function segment(marker: number, ...parts: Array<Buffer | string>): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** Puts segments behind the start-of-image marker of a JPEG. */
export function withSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

export function chunk(name: string, ...parts: Array<Buffer | string>): Buffer {
  const named = Buffer.concat([Buffer.from(name), ...parts.map((part) => Buffer.from(part as string))])
  const frame = Buffer.alloc(4)
  const check = Buffer.alloc(4)
  frame.writeUInt32BE(named.length - 4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([frame, named, check])
}

/** Puts chunks behind the IHDR of a PNG. */
export function withChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
}

/** A PNG that says how large it is, and then holds what it is given as compressed rows. */
export function pngOf(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND')])
}

/** Compressed text of `megabytes` zeros: a thousandth of that in the file. */
export function zeros(megabytes: number): Buffer {
  return deflateSync(Buffer.alloc(megabytes * 1_000_000), { level: 9 })
}

/** Puts RIFF chunks behind all others of a WebP image that has a VP8X chunk, and sets its flags. */
export function withRiffChunks(webp: Buffer, flags: number, chunks: Record<string, string>): Buffer {
  const added = Object.entries(chunks).map(([name, text]) => {
    const head = Buffer.from(`${name}0000`)
    head.writeUInt32LE(text.length, 4)
    return Buffer.concat([head, Buffer.from(text), Buffer.alloc(text.length & 1)])
  })
  const whole = Buffer.concat([webp, ...added])
  whole.writeUInt32LE(whole.length - 8, 4)
  whole.writeUInt8(whole.readUInt8(20) | flags, 20)
  return whole
}

type Entry = [tag: number, type: 2 | 3 | 4 | 7, value: Buffer | string | number]

/** One TIFF directory at `offset`, its long values behind it, the offset of the next directory in between. */
function directory(offset: number, entries: Entry[], next: (end: number) => number): Buffer {
  const table = Buffer.alloc(2 + entries.length * 12 + 4)
  table.writeUInt16LE(entries.length)
  const values: Buffer[] = []
  let end = offset + table.length
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12
    const bytes =
      typeof value === 'number' ? undefined : Buffer.concat([Buffer.from(value as string), Buffer.alloc(1)])
    table.writeUInt16LE(tag, at)
    table.writeUInt16LE(type, at + 2)
    table.writeUInt32LE(bytes?.length ?? 1, at + 4)
    table.writeUInt32LE(bytes ? end : (value as number), at + 8)
    if (bytes) {
      values.push(bytes)
      end += bytes.length
    }
  }
  table.writeUInt32LE(next(end), table.length - 4)
  return Buffer.concat([table, ...values])
}

/** What a telephone writes: maker, orientation, maker note, place, and a thumbnail of another picture. */
export function exif(orientation: number, thumbnail: Buffer): Buffer {
  const photo = (at: number) => directory(at, [[0x927c, 7, 'CANARY-maker-note']], () => 0)
  const place = (at: number) =>
    directory(
      at,
      [
        [0x001b, 7, 'CANARY-gps-method'],
        [0x001d, 2, 'CANARY-gps-date'],
      ],
      () => 0,
    )
  const first = (photoAt: number, placeAt: number, nextAt: number) =>
    directory(
      8,
      [
        [0x010f, 2, 'CANARY-make'],
        [0x0112, 3, orientation],
        [0x8769, 4, photoAt],
        [0x8825, 4, placeAt],
      ],
      () => nextAt,
    )
  const photoAt = 8 + first(0, 0, 0).length
  const placeAt = photoAt + photo(photoAt).length
  const nextAt = placeAt + place(placeAt).length
  const small = Buffer.concat([thumbnail, Buffer.from('CANARY-thumbnail')])
  const second = directory(
    nextAt,
    [
      [0x0201, 4, nextAt + 30],
      [0x0202, 4, small.length],
    ],
    () => 0,
  )
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  return Buffer.concat([head, first(photoAt, placeAt, nextAt), photo(photoAt), place(placeAt), second, small])
}

/** Display P3, with words of its own behind its last tag. */
export async function profile(): Promise<Buffer> {
  const { icc } = await sharp(await plain(1, 1).withIccProfile('p3').jpeg().toBuffer()).metadata()
  const whole = Buffer.concat([icc ?? Buffer.alloc(0), Buffer.from('CANARY-profile00')])
  whole.writeUInt32BE(whole.length)
  return whole
}

/** An MPF index that names `second`, which is to follow an image of `firstLength` bytes, as Ultra HDR has. */
export function mpf(firstLength: number, second: Buffer): Buffer {
  const index = Buffer.alloc(82)
  index.write('MM\0*', 'latin1')
  index.writeUInt32BE(8, 4)
  index.writeUInt16BE(3, 8)
  const fields = [
    [0xb000, 7, 4, 0x30313030],
    [0xb001, 4, 1, 2],
    [0xb002, 7, 32, 50],
  ] as const
  for (const [row, [tag, type, count, value]] of fields.entries()) {
    index.writeUInt16BE(tag, 10 + row * 12)
    index.writeUInt16BE(type, 12 + row * 12)
    index.writeUInt32BE(count, 14 + row * 12)
    index.writeUInt32BE(value, 18 + row * 12)
  }
  const whole = firstLength + 8 + index.length
  index.writeUInt32BE(0x030000, 50)
  index.writeUInt32BE(whole, 54)
  index.writeUInt32BE(second.length, 70)
  index.writeUInt32BE(whole - 10, 74)
  return segment(0xe2, 'MPF\0', index)
}
