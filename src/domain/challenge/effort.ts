import { randomInt } from 'node:crypto'

/** What a challenge costs: `tries` derivations of a key, each of `cost` iterations of PBKDF2. */
export interface Effort {
  readonly cost: number
  /** On average; each challenge has between half and one and a half times as many. */
  readonly tries: number
}

/** Two million iterations: about a third of a second on one core of a server, some seconds on an old phone. */
export const leastEffort: Effort = { cost: 2_500, tries: 800 }

/** Eight times the least. More would shut out old phones before it stopped whoever has a graphics card. */
const doublingsAtMost = 3

/** The effort after the pressure has doubled so many times. It costs the service the same to make. */
export function harder({ cost, tries }: Effort, doublings: number): Effort {
  return { cost, tries: tries * 2 ** Math.min(doublings, doublingsAtMost) }
}

/** How many tries one challenge of this effort will take. Known in advance, so that nobody has bad luck. */
export function drawTries({ tries }: Effort): number {
  return randomInt(Math.ceil(tries / 2), Math.ceil(tries * 1.5) + 1)
}
