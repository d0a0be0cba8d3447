export interface AtMost {
  values: number
  depth: number
}

export type Excess = 'too-many-values' | 'too-deep'

/** What of a parsed JSON value is more than it may hold. */
export function excessOf(root: unknown, atMost: AtMost): Excess | undefined {
  return measured(root, atMost).excess
}

/** The same, with how many properties its objects have together, as far as it was walked. */
export function measured(root: unknown, atMost: AtMost): { excess: Excess | undefined; properties: number } {
  const met: Met = { values: 0, properties: 0, excess: undefined }
  walk(root, 0, met, atMost)
  return { excess: met.excess, properties: met.properties }
}

interface Met {
  values: number
  properties: number
  excess: Excess | undefined
}

/** Goes no deeper than it may, so that no depth exhausts the stack, and makes nothing on its way. */
function walk(value: unknown, depth: number, met: Met, atMost: AtMost): void {
  met.values += 1
  if (met.values > atMost.values) met.excess = 'too-many-values'
  else if (isObject(value)) {
    if (depth >= atMost.depth) met.excess = 'too-deep'
    else if (Array.isArray(value)) walkList(value, depth + 1, met, atMost)
    else walkObject(value, depth + 1, met, atMost)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function walkList(list: readonly unknown[], depth: number, met: Met, atMost: AtMost): void {
  for (let at = 0; at < list.length && met.excess === undefined; at += 1) walk(list[at], depth, met, atMost)
}

function walkObject(
  object: Readonly<Record<string, unknown>>,
  depth: number,
  met: Met,
  atMost: AtMost,
): void {
  for (const name in object) {
    if (met.excess !== undefined) return
    met.properties += 1
    walk(object[name], depth, met, atMost)
  }
}
