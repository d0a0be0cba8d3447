const milliseconds = 5
let since = 0

/** Lets requests be served between one piece of cryptography and the next: the mixing must not hold up intake. */
export async function pause(): Promise<void> {
  if (performance.now() - since < milliseconds) return
  await new Promise(setImmediate)
  since = performance.now()
}
