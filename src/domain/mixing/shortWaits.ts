/**
 * How long each attempt to free a file waits for its lock, in milliseconds. Readers queue behind it, so that most are
 * shorter than Postgres takes to look for a deadlock. The last are longer than a session of intake may then hold a lock.
 */
export const shortWaits: readonly number[] = [...Array<number>(14).fill(300), 2_000, 2_000, 2_000, 2_000]
