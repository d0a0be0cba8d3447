/** Gives back a place that `take` gave out. */
export type Release = () => void

/**
 * A few places for work that is heavy: at most `count` pieces at once, at most `waiting` more in line, in
 * order, none for longer than `waitMs`. `take` resolves to undefined where there is no place.
 */
export function semaphore(count: number, waiting: number, waitMs: number) {
  let free = count
  const line: Array<(release: Release) => void> = []

  function release(): void {
    const next = line.shift()
    if (next) next(release)
    else free += 1
  }

  return function take(): Promise<Release | undefined> {
    if (free > 0) {
      free -= 1
      return Promise.resolve(release)
    }
    if (line.length >= waiting) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const turn = (given: Release) => {
        clearTimeout(timer)
        resolve(given)
      }
      const timer = setTimeout(() => {
        line.splice(line.indexOf(turn), 1)
        resolve(undefined)
      }, waitMs)
      line.push(turn)
    })
  }
}
