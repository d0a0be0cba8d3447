/** Milliseconds of work after which others have their turn. */
const turn = 1

/** Does `work` for one item after another, and lets others in between: many items take long. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let since = performance.now()
  for (const item of items) {
    results.push(await work(item))
    if (performance.now() - since < turn) continue
    await new Promise(setImmediate)
    since = performance.now()
  }
  return results
}
