interface Asked<Key, Answer> {
  key: Key
  resolve: (answer: Answer | undefined) => void
  reject: (error: unknown) => void
}

/**
 * Asks one question for many: what is asked for in one turn of the event loop, or while the question before is under
 * way, goes into the next, at most `atMost` of it. `ask` answers in the order of its keys; where it fails, all fail that
 * asked.
 */
export function askTogether<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<readonly (Answer | undefined)[]>,
  atMost: number,
): (key: Key) => Promise<Answer | undefined> {
  const waiting: Asked<Key, Answer>[] = []
  let isAsking = false

  async function askAll(): Promise<void> {
    await new Promise(setImmediate)
    while (waiting.length > 0) await askOnce(waiting.splice(0, atMost))
    isAsking = false
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (isAsking) return
      isAsking = true
      void askAll()
    })

  async function askOnce(asked: readonly Asked<Key, Answer>[]): Promise<void> {
    try {
      const answers = await ask(asked.map(({ key }) => key))
      for (const [index, { resolve }] of asked.entries()) resolve(answers[index])
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }
}
