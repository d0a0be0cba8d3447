import { EmbeddedPostgresError } from '../embedded/fault.ts'
import { describeError } from '../log.ts'
import { ConfigError } from '../settings.ts'
import { ForeignSchemaError } from '../storage/migrate.ts'
import { Fault } from '../vocabulary/faults.ts'

/** One line that tells an operator what is in the way, and which setting mends it. It quotes no value. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message
  if (error instanceof ForeignSchemaError)
    return `DATABASE_URL or MIGRATION_DATABASE_URL: the database ${foreignSchema}`
  if (error instanceof Fault && error.kind === 'storage-away')
    return unusable('not there, closed to this login, or not migrated (`sotto migrate`)')
  if (error instanceof Fault && error.kind === 'storage-unsafe')
    return unusable('run with fsync or full_page_writes off')
  return databaseReason(error) ?? `unforeseen fault: ${JSON.stringify(describeError(error))}`
}

/** What is wrong with a database that was migrated by other files, and what to do. */
export const foreignSchema =
  'was made by a version before the first release, which this one cannot take over, and was left as it is: give an empty one (where DATABASE_URL is not set: another DATA_DIR), or run the version that made it'

/** All else that uses the network or a file tells its faults as a ConfigError, so these are the database's. */
function databaseReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', syscall, message } = error as NodeJS.ErrnoException
  if (syscall === 'connect') return unreachable
  return (
    byCode[code] ?? byCode[code.slice(0, 2)] ?? driverMessages.find(([words]) => words.test(message))?.[1]
  )
}

const unusable = (how: string) => `DATABASE_URL or MIGRATION_DATABASE_URL: the database is ${how}`
const unreachable = unusable('not reachable')
const notTrusted = unusable('not trusted: its certificate is refused')
const closedToLogin = unusable('closed to this login')

/** By the code of Node, or a SQLSTATE or its class. */
const byCode: Record<string, string> = {
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ETIMEDOUT: unreachable,
  ERR_INVALID_URL: 'DATABASE_URL or MIGRATION_DATABASE_URL: not a URL',
  ERR_TLS_CERT_ALTNAME_INVALID: notTrusted,
  CERT_HAS_EXPIRED: notTrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  '08': unreachable,
  '57': unreachable,
  '53': unusable('out of connections, memory or disk'),
  '28': closedToLogin,
  '3D': unusable('not on that server'),
  '42501': unusable('there, but this login may not do that: run `sotto migrate` as its owner first'),
}

/** node-postgres gives these no code. */
const driverMessages: [RegExp, string][] = [
  [/^timeout expired|^Connection terminated/, unreachable],
  [/^SASL/, closedToLogin],
  [/does not support SSL/, unusable('not offering TLS')],
]
