/** When a count may be shown, and how exactly (domain.md, section 5). */
export interface DisclosureRule {
  /** A count below this is hidden. Nought is such a count. */
  readonly threshold: number
  /** What is shown is rounded to a multiple of this. Odd, so that no count lies halfway. */
  readonly base: number
}

export const disclosureRule = { threshold: 10, base: 5 } as const satisfies DisclosureRule

/** A count as it may be shown: rounded, or null for hidden. */
export type ShownCount = number | null

export function shown(count: number, { threshold, base }: DisclosureRule): ShownCount {
  return count < threshold ? null : Math.round(count / base) * base
}

/** The smallest count that is shown, or hidden, like this. */
export function leastOf(count: ShownCount, { threshold, base }: DisclosureRule): number {
  return count === null ? 0 : Math.max(threshold, count - (base - 1) / 2)
}

/** The largest count that is shown, or hidden, like this. */
export function mostOf(count: ShownCount, { threshold, base }: DisclosureRule): number {
  return count === null ? threshold - 1 : count + (base - 1) / 2
}
