/** What of a parsed JSON value is more than it may hold. Walks without recursion: no depth exhausts the stack. */
export function excessOf(
  root: unknown,
  atMost: { values: number; depth: number },
): 'too-many-values' | 'too-deep' | undefined {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  let seen = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    seen += 1
    if (seen > atMost.values) return 'too-many-values'
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.depth >= atMost.depth) return 'too-deep'
    for (const value of Object.values(next.value)) waiting.push({ value, depth: next.depth + 1 })
  }
  return undefined
}
