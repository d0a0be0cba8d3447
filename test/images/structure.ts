/** Reads the parts an image is built of, and throws where it does not end with its last part. */

const jpegNames = new Map([
  [0xd8, 'SOI'],
  [0xdb, 'DQT'],
  [0xc0, 'SOF0'],
  [0xc4, 'DHT'],
  [0xda, 'SOS'],
  [0xd9, 'EOI'],
])

export function jpegParts(bytes: Buffer): string[] {
  const names: string[] = []
  let at = 0
  while (at < bytes.length) {
    const marker = bytes.readUInt8(at + 1)
    if (bytes.readUInt8(at) !== 0xff) throw new Error(`no marker at ${at}`)
    names.push(jpegNames.get(marker) ?? marker.toString(16))
    at += 2
    if (marker === 0xd8 || marker === 0xd9) continue
    at += bytes.readUInt16BE(at)
    while (marker === 0xda && !(bytes[at] === 0xff && bytes[at + 1] !== 0)) at += 1
  }
  return names
}

export function pngParts(bytes: Buffer): string[] {
  const names: string[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    names.push(bytes.toString('latin1', at + 4, at + 8))
  }
  if (names.at(-1) !== 'IEND') throw new Error('no end')
  return names
}

export function webpParts(bytes: Buffer): string[] {
  const names: string[] = []
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) throw new Error('wrong length')
  for (let at = 12; at < bytes.length; ) {
    names.push(bytes.toString('latin1', at, at + 4))
    const length = bytes.readUInt32LE(at + 4)
    at += 8 + length + (length & 1)
  }
  return names
}
