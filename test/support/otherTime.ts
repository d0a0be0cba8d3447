import { rename, writeFile } from 'node:fs/promises'

/** A time of its own for processes that are started with this environment. */
export interface OtherTime {
  environment: Record<string, string>
  /** All of them find that it is now this time; from there their clocks go on as ours. */
  moveTo(now: Date): Promise<void>
}

/** Where Debian's libfaketime lies. Its package is `faketime`. */
export const faketime = `/usr/lib/${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch}-linux-gnu/faketime/libfaketime.so.1`

/**
 * Another time, kept in `file`, for a Postgres or a service that is to live there as a whole. How long something takes
 * is measured as ever.
 */
export async function otherTime(file: string, now: Date): Promise<OtherTime> {
  async function moveTo(time: Date): Promise<void> {
    // Read at each look at the clock: it must never be there by half.
    await writeFile(
      `${file}.new`,
      `${((time.getTime() - Date.now()) / 1_000).toFixed(3)}s\n`.replace(/^(?!-)/, '+'),
    )
    await rename(`${file}.new`, file)
  }
  await moveTo(now)
  return {
    environment: {
      LD_PRELOAD: faketime,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    moveTo,
  }
}
