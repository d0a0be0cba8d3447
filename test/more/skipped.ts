import { AsyncLocalStorage } from 'node:async_hooks'

const reasons = new AsyncLocalStorage<string[]>()

/** Says loudly what this machine cannot do. The step that it belongs to counts as skipped, if only in part. */
export function skipped(why: string): undefined {
  process.stdout.write(`# SKIPPED: ${why}\n`)
  reasons.getStore()?.push(why)
  return undefined
}

/** Does `work`, and tells what of it was skipped, and why. */
export async function withSkips(work: () => Promise<void>): Promise<readonly string[]> {
  const said: string[] = []
  await reasons.run(said, work)
  return said
}
