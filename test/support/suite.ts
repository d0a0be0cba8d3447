import { type Test, tap } from './tap.ts'

export type { Test } from './tap.ts'

/** What a file's tests belong to: tap itself where the file runs alone, its own part of a process that runs several. */
export let t: Test = tap

/** From now on, files that are imported put their tests here. */
export function takeSuite(test: Test): void {
  t = test
}
