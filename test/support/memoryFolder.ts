import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const sharedMemory = '/dev/shm'
/** A container often has 64 MB there, and Postgres itself wants some of it. */
const enough = 2 * 1024 ** 3

/**
 * Where databases of tests lie. They run with fsync on, as the service demands, which costs next to nothing on a file
 * system in memory; where there is none, or a small one, they lie among the other temporary files.
 */
export const memoryFolder = isRoomy(sharedMemory) ? sharedMemory : tmpdir()

function isRoomy(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= enough
  } catch {
    return false
  }
}
