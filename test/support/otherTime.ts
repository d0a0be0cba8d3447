import { rename, utimes, writeFile } from 'node:fs/promises'

/** A time of its own for processes that are started with this environment. */
export interface OtherTime {
  environment: Record<string, string>
  /** All of them find that it is now this time; from there their clocks go on as ours. */
  moveTo(now: Date): Promise<void>
}

/** Where Debian's libfaketime lies. Its package is `faketime`. */
export const faketime = `/usr/lib/${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch}-linux-gnu/faketime/libfaketime.so.1`

/** How long something takes is measured as ever. */
const always = { LD_PRELOAD: faketime, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }

/** Another time, kept in `file`, for a service that is to live there as a whole. */
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
  return { environment: { ...always, FAKETIME_TIMESTAMP_FILE: file }, moveTo }
}

/** The time of a Postgres, which is told once what its clock shows. */
export interface OtherTimeOfPostgres extends OtherTime {
  /** From here on it is moved to the millisecond. */
  shows(now: Date): void
}

/**
 * The same for a Postgres, by the time of `file` itself. Its handlers of signals look at the clock: where libfaketime reads a file
 * then, it takes memory in the middle of whoever takes memory, and the process was seen to end by that.
 */
export async function otherTimeOfPostgres(file: string, now: Date): Promise<OtherTimeOfPostgres> {
  let began = Date.now()
  let zero = now.getTime()
  // Counted from when the first of its processes began; all others are its forks.
  const setZero = async () => utimes(file, new Date(zero), new Date(zero))
  await writeFile(file, '')
  await setZero()
  return {
    environment: {
      ...always,
      FAKETIME: '%',
      FAKETIME_FOLLOW_FILE: file,
      FAKETIME_DONT_RESET: '1',
    },
    shows(time) {
      began = Date.now() - (time.getTime() - zero)
    },
    async moveTo(time) {
      zero = time.getTime() - (Date.now() - began)
      await setZero()
    },
  }
}
