import { ConfigError } from '../config.ts'
import { EmbeddedPostgresError } from '../embedded/fault.ts'
import { Fault } from '../faults.ts'
import { describeError } from '../log.ts'

/** One line that tells an operator what is in the way, and which setting mends it. It quotes no value. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message
  if (error instanceof Fault && error.kind === 'storage-away') return unusable('not there, or not migrated')
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : ''
  const known = reasons[code] ?? reasons[code.slice(0, 2)]
  return known ?? `unforeseen fault: ${JSON.stringify(describeError(error))}`
}

const unusable = (how: string) => `DATABASE_URL or MIGRATION_DATABASE_URL: the database is ${how}`
const unreachable = unusable('not reachable')

/** By the code of a system error, or a SQLSTATE or its class. */
const reasons: Record<string, string> = {
  EADDRINUSE: 'PORT: another program listens there already',
  EACCES: 'HOST and PORT: this address cannot be listened at',
  EADDRNOTAVAIL: 'HOST and PORT: this address cannot be listened at',
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  '08': unreachable,
  '57': unreachable,
  '53': unusable('out of connections, memory or disk'),
  '28': unusable('closed to this login'),
  '3D': unusable('not on that server'),
  '42501': unusable('there, but this login may not do that on it'),
}
