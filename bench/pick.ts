/** A name, or of a list the one that this holds of. */
export type Step = string | ((one: unknown) => boolean)

/** A figure of what a leg printed, found by names and in lists by what holds; undefined where it is not there. */
export function pick(said: unknown, ...steps: readonly Step[]): number | undefined {
  let at = said
  for (const step of steps) {
    if (typeof step === 'string')
      at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined
    else at = Array.isArray(at) ? at.find(step) : undefined
  }
  const figure = typeof at === 'string' ? Number(at) : at
  return typeof figure === 'number' && !Number.isNaN(figure) ? figure : undefined
}

/** Whether something has these values. */
export const has =
  (wanted: Readonly<Record<string, unknown>>) =>
  (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    Object.entries(wanted).every(([key, value]) => Reflect.get(one, key) === value)
