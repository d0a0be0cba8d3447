/** What was seen, in the order in which it is told. */
export type Figures = Record<string, string | number>

/** Something that goes wrong in earnest, done on purpose. */
export interface Drill {
  name: string
  /** What a good end of it shows, and what not even that does. */
  proves: string
  cannot: string
  /** Resolves to figures; rejects where anything is not as it should be. Undefined where this machine cannot do it. */
  run(size: Size): Promise<Figures | undefined>
}

/** `short`: as a step of `npm run test:more`. */
export type Size = 'short' | 'whole'

/** A report of a drill, for a person and for docs/drills.md. */
export function reportOf({ name, proves, cannot }: Drill, figures: Figures): string {
  const width = Math.max(...Object.keys(figures).map((label) => label.length))
  const lines = Object.entries(figures).map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)
  return `drill ${name}\n${lines.join('\n')}\n  proves: ${proves}\n  cannot: ${cannot}\n`
}

/** Does `work`, and tells how many seconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now()
  const value = await work()
  return { value, seconds: Math.round((performance.now() - began) / 100) / 10 }
}
