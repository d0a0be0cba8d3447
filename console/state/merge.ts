/** What came of two people who changed the same thing. */
export interface Merged<F> {
  /** Mine where I alone changed a field, theirs where they did, and mine where both did. */
  values: F
  /** What they wrote in fields that both changed, differently. */
  clashes: Partial<F>
  /** Fields that they alone changed: taken over. */
  taken: (keyof F)[]
}

/** Three-way merge by field: from what both began with. Nothing of mine is lost. */
export function merge<F extends object>(base: F, theirs: F, mine: F): Merged<F> {
  const names = Object.keys(mine) as (keyof F)[]
  const values = { ...mine }
  const clashes: Partial<F> = {}
  const taken: (keyof F)[] = []
  for (const name of names) {
    if (isSame(base[name], theirs[name]) || isSame(theirs[name], mine[name])) continue
    if (isSame(base[name], mine[name])) {
      values[name] = theirs[name]
      taken.push(name)
    } else clashes[name] = theirs[name]
  }
  return { values, clashes, taken }
}

/** Lists of the contract are sets: their order says nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))
}

function ordered(value: unknown): unknown {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...value].sort() : value
}
