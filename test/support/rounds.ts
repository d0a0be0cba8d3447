/**
 * How often a test repeats what it does: `usual` times in `npm test`, `long` times in `npm run test:more`, which sets
 * LONG=1. More rounds find what is rare; a few find what is broken.
 */
export function rounds(usual: number, long: number): number {
  return process.env.LONG === '1' ? long : usual
}
