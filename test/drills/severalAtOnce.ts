/** Does `work` for each, a few at a time. Rejects as soon as one of them does. */
export async function severalAtOnce<T>(each: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = each.values()
  const worker = async () => {
    for (const one of left) await work(one)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}
