import { randomBytes, randomInt } from 'node:crypto'
import { type Loop, loop } from '../concurrency/loop.ts'
import { drawNumbers } from '../storage/drawnNumbers.ts'
import type { Pool } from '../storage/pool.ts'

/** Milliseconds from one to the next, at the mean: a thousand times as often as reports come where few do. */
const meanPause = 10_000
/** Of a row that stays in its table, as that of a short report. */
const short = 1_000
/** Of values that a report or a stored answer may have, in bytes. Over 2 KB it is kept out of line. */
const [shortest, longest] = [2_100, 8_200]

/**
 * Draws numbers of the server now and then, as a report does: else the rows that staff write tell how many reports came between
 * them. Pauses are those of events of which none knows of another (exponential), so that a report among them is one more of them.
 */
export function drawNumbersNowAndThen(pool: Pool<'sotto_triage'>, mean = meanPause): Loop {
  const draw = () => {
    const long = Array.from({ length: randomInt(0, 3) }, () => randomBytes(randomInt(shortest, longest)))
    return drawNumbers(pool, [randomBytes(short), ...long])
  }
  const pause = () => -Math.log(randomInt(1, 2 ** 32) / 2 ** 32) * mean
  return loop(draw, { wait: pause })
}
