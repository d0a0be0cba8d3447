/** What Firefox's session files hold: `mozLz40`, the length, and one block of LZ4. Undefined where it is none. */
export function unpackedSession(file: Buffer): Buffer | undefined {
  if (file.toString('latin1', 0, 8) !== 'mozLz40\0') return undefined
  const text = Buffer.alloc(file.readUInt32LE(8))
  let [from, to] = [12, 0]
  const length = (start: number): number => {
    let all = start
    if (start === 15)
      for (let more = 255; more === 255; ) {
        more = file[from++] ?? 0
        all += more
      }
    return all
  }
  while (from < file.length) {
    const token = file[from++] ?? 0
    const literals = length(token >> 4)
    file.copy(text, to, from, from + literals)
    from += literals
    to += literals
    if (from >= file.length) break
    const back = file.readUInt16LE(from)
    from += 2
    // What is repeated may reach into what it makes, so it goes byte by byte.
    for (let left = length(token & 15) + 4; left > 0; left--) {
      text[to] = text[to - back] ?? 0
      to++
    }
  }
  return text
}
