const empty = -1

/** Remembers for pairs of small numbers a third one. */
export function createTransitions() {
  let from = new Int32Array(1 << 12).fill(empty)
  let by = new Int32Array(from.length)
  let to = new Int32Array(from.length)
  let taken = 0

  /** The slot of this pair, or the empty one where it belongs. */
  function slotOf(set: number, symbol: number): number {
    const mask = from.length - 1
    const hash = Math.imul(set, 0x9e37_79b1) + Math.imul(symbol, 0x85eb_ca6b)
    let slot = (hash ^ (hash >>> 15)) & mask
    while (from[slot] !== empty && (from[slot] !== set || by[slot] !== symbol)) slot = (slot + 1) & mask
    return slot
  }

  function put(set: number, symbol: number, led: number): void {
    const slot = slotOf(set, symbol)
    from[slot] = set
    by[slot] = symbol
    to[slot] = led
  }

  function grow(): void {
    const [oldFrom, oldBy, oldTo] = [from, by, to]
    from = new Int32Array(oldFrom.length * 2).fill(empty)
    by = new Int32Array(from.length)
    to = new Int32Array(from.length)
    for (const [slot, set] of oldFrom.entries()) {
      if (set !== empty) put(set, oldBy[slot] ?? 0, oldTo[slot] ?? 0)
    }
  }

  return {
    /** What was remembered for this pair, or -1. */
    get(set: number, symbol: number): number {
      const slot = slotOf(set, symbol)
      return from[slot] === empty ? empty : (to[slot] ?? empty)
    },
    set(set: number, symbol: number, led: number): void {
      put(set, symbol, led)
      taken += 1
      if (taken * 2 > from.length) grow()
    },
  }
}
