/** Chance that can be had again: the same seed gives the same throws. */
export type Dice = ReturnType<typeof diceOf>

export function diceOf(seed: number) {
  let state = seed >>> 0
  /** From 0 to below 1 (mulberry32). */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    /** One of these; undefined of none. */
    oneOf: <T>(many: readonly T[]): T | undefined => many[below(many.length)],
    /** One of at least one. */
    pick: <T>(many: readonly [T, ...T[]]): T => many[below(many.length)] ?? many[0],
    isLucky: (chance: number) => next() < chance,
  }
}
