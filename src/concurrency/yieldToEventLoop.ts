import type { Sliced } from './slicing.ts'

let since = 0

/**
 * Lets requests be served between one piece of cryptography and the next, if others have waited for `milliseconds`:
 * neither the mixing nor a long mailbox holds up intake.
 */
export async function yieldToEventLoop(milliseconds = 5): Promise<void> {
  if (performance.now() - since < milliseconds) return
  await new Promise(setImmediate)
  since = performance.now()
}

/** Does sliced work to its end, and lets others in between after each five milliseconds. */
export async function inTurns<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await yieldToEventLoop()
  }
}

/** Does `work` for one item after another, and lets others in between after each millisecond: many items take long. */
export async function oneByOne<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) {
    await yieldToEventLoop(1)
    results.push(await work(item))
  }
  return results
}
