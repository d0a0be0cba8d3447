import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffRole } from '../../src/vocabulary/roles.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { movedClock } from '../support/movedClock.ts'
import { startTestService } from '../support/service.ts'
import { untilReady } from './ready.ts'

/** What a world stands on: a service and its database, and the clocks of both, which are moved together. */
export interface Ground {
  /** Where the service listens now. */
  readonly base: string
  databaseUrl: string
  keyringFile: string
  /** The host's clock. */
  clock(): Date
  /** Both clocks say this; or the database's says something else, wrongly. */
  moveTo(now: Date, database?: Date): Promise<void>
  /** A new token of the person of that name. */
  token(role: StaffRole, of: { name: string; agency: string | null; days: number }): Promise<string>
  restart(): Promise<void>
  /** The service is gone in the midst of whatever it does: its clients, its database; then another comes. */
  crash(): Promise<void>
  /** Lets a command be cut short somewhere, `at` of the time that it may take: 0 to 1. */
  cutShort(command: Command, at: number): Promise<void>
  /** The latest of its log. */
  lastWords(): string
}

/** What is cut short: the words of the command, and the same within this process. */
export interface Command {
  words: readonly string[]
  begin(): Promise<unknown>
}

export interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** Within this process, on the server of the tests: the clocks stand still where they are put. */
export async function groundInside(
  test: Lifetime,
  began: Date,
  environment: Record<string, string>,
): Promise<Ground> {
  const { url: databaseUrl } = await cloneDatabase(test)
  const there = await movedClock(databaseUrl, began)
  let now = began
  const clock = () => now
  const options = { clock, environment, databaseUrl, takesAnyDay: false }
  let service = await startTestService(test, options)
  const { keyringFile } = service
  const ground: Ground = {
    get base() {
      return service.base
    },
    databaseUrl,
    keyringFile,
    clock,
    async moveTo(time, database = time) {
      now = time
      await there.moveTo(database)
    },
    token: (role, of) => service.token(role, of),
    async restart() {
      await service.close()
      service = await startTestService(test, { ...options, keyringFile })
      await untilReady(ground)
    },
    async crash() {
      service.app.server.closeAllConnections()
      await cutConnections(databaseUrl)
      await ground.restart()
    },
    async cutShort({ begin }, at) {
      const over = begin().catch(() => undefined)
      await sleep(at * 40)
      await cutConnections(databaseUrl)
      await over
    },
    lastWords: () => service.logLines.slice(-3).join(''),
  }
  return ground
}

/** Every connection to the database is cut, and gone: one that is still to end would be taken for good by whoever comes next. */
export async function cutConnections(databaseUrl: string): Promise<void> {
  await asSuperuser(databaseUrl, (client) =>
    client.query(
      'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    ),
  )
}
