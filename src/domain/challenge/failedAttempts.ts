const triesPerSolution = 5
const solutionsAtMost = 10_000

/**
 * How often each solution was used to try a receipt that opens nothing. A call that fails does not spend its solution;
 * without this, one solution would do to try receipts for as long as it lives.
 */
export function failedAttempts() {
  const tries = new Map<string, number>()
  return {
    /** Counts one such try. Whether it was one too many. */
    isOneTooMany(hash: Buffer): boolean {
      const name = hash.toString('base64')
      const count = (tries.get(name) ?? 0) + 1
      tries.delete(name)
      if (count >= triesPerSolution) return true
      tries.set(name, count)
      const oldest = tries.keys().next()
      if (tries.size > solutionsAtMost && !oldest.done) tries.delete(oldest.value)
      return false
    },
  }
}
