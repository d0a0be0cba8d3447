import pg from 'pg'
import { parse, toClientConfig } from 'pg-connection-string'
import { Fault } from '../vocabulary/faults.ts'
import { begin, ownForSession } from './ownSettings.ts'
import { liftedForSession, liftedForTransaction } from './timeLimits.ts'

export type DatabaseRole = 'sotto_intake' | 'sotto_triage' | 'sotto_partner'

/** A pool of connections that all act as one database role. Only intake's functions take an intake pool, and so on. */
export interface Pool<Role extends DatabaseRole = DatabaseRole> {
  readonly role: Role
  /**
   * Runs one statement. Throws `overloaded` where too many wait for a connection, `storage-away` where the database cannot be reached or used, `storage-unsafe` where it
   * would not keep what is written.
   */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>
  /**
   * The same for a statement that reads a page of a list, as planned once for any values. Left to choose, Postgres plans some of
   * these anew each time, which takes several times as long as reading the page.
   */
  page<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>
  /** Runs `work` in one transaction: all of it or nothing. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** How many statements and transactions wait for a connection. */
  waiting(): number
  close(): Promise<void>
}

export type Query = <Row extends pg.QueryResultRow>(statement: Statement) => Promise<Row[]>

/** A statement is prepared by its name once a connection, and takes parameters only. */
export interface Statement {
  name: string
  text: string
  values: readonly unknown[]
  /**
   * Begins, for each attempt, to take what is of the type varchar as it comes, row by row and in the order of the columns: what
   * it gives stands in the row instead.
   */
  taking?: () => (text: string) => unknown
}

/** Dates stay YYYY-MM-DD: a day has no time zone. */
const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === pg.types.builtins.DATE
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
} as pg.CustomTypesConfig

/** Whether time limits that the server sets for sessions hold for it: its transactions are short. */
const timed: Record<DatabaseRole, boolean> = {
  sotto_intake: true,
  sotto_triage: false,
  sotto_partner: false,
}

function typesTaking(take: (text: string) => unknown): pg.CustomTypesConfig {
  return {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.VARCHAR ? take : types.getTypeParser(oid, format),
  } as pg.CustomTypesConfig
}

/** For one transaction alone: elsewhere the values may decide which plan is good. */
const plannedOnce = 'SET LOCAL plan_cache_mode = force_generic_plan'

/** Milliseconds to wait for a connection. On a busy machine even one that is there takes a while to be heard of. */
const waitAtMost = 10_000
/** Milliseconds after which a connection that nobody uses ends: the server shows of each when it was last used, and for what. */
const idleAtMost = 10_000
/** Statements and transactions that may wait for a connection. */
const waitingAtMost = 1_024

/**
 * Opens a pool at `url` whose connections act as `role`, and refuses one that turns out to be somebody else. Of the staff side
 * nothing is ended by a time limit that the server sets for sessions.
 */
export function openPool<Role extends DatabaseRole>(url: string, role: Role, size: number): Pool<Role> {
  const isTimed = timed[role]
  const beginning = isTimed ? begin : `${begin}; SELECT ${liftedForTransaction}`
  const pool = new pg.Pool({
    ...asRole(url, role),
    max: size,
    connectionTimeoutMillis: waitAtMost,
    idleTimeoutMillis: idleAtMost,
    query_timeout: 15_000,
    // Where one login serves both sides, only this tells their sessions apart.
    application_name: role,
    types,
    verify: (client, done) => {
      const refuse = (cause?: unknown) => done(cause instanceof Error ? cause : new Error('another role'))
      client
        .query<{ role: string }>(
          `SELECT current_user AS role, ${ownForSession}${isTimed ? '' : `, ${liftedForSession}`}`,
        )
        .then(({ rows }) => (rows[0]?.role === role ? done() : refuse()), refuse)
    },
  })
  // An idle connection that dies is replaced by the next that is wanted; of one at work, its query tells. Without a
  // listener of its own, the loss of one that is being verified or is in a transaction would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const enter = () => {
    if (pool.waitingCount >= waitingAtMost) throw new Fault('overloaded')
    return pool
  }
  return {
    role,
    query: (statement) => foreseen(() => untilDone(() => run(enter(), statement))),
    page: (statement) =>
      foreseen(() => inTransaction(enter(), `${beginning}; ${plannedOnce}`, (query) => query(statement))),
    transaction: (work) => foreseen(() => inTransaction(enter(), beginning, work)),
    waiting: () => pool.waitingCount,
    close: () => pool.end(),
  }
}

/** A login of the role's own name needs nothing; another takes the role on at connect (not through PgBouncer). */
function asRole(url: string, role: DatabaseRole): pg.ClientConfig {
  const parsed = parse(url)
  const config = toClientConfig(parsed)
  if (parsed.user === role) return config
  return { ...config, options: [parsed.options, `-c role=${role}`].filter(Boolean).join(' ') }
}

async function run<Row extends pg.QueryResultRow>(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
  { name, text, values, taking }: Statement,
): Promise<Row[]> {
  const own = taking === undefined ? {} : { types: typesTaking(taking()) }
  const { rows } = await client.query<Row>({ name, text, values: [...values], ...own })
  return rows
}

const attemptsAtMost = 3

/** A statement that stands alone and was undone in favour of others, as in a deadlock, is done again. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attemptsAtMost || !wasUndone(error)) throw error
    }
  }
}

/** Deadlock, and what could not be put in an order. Others of their class leave open what was done, or are a fault of ours. */
const undone: readonly (string | undefined)[] = ['40P01', '40001']

/** Whether Postgres undid it all so that others could go on. */
function wasUndone(error: unknown): boolean {
  return undone.includes(refusalOf(error)?.state)
}

async function inTransaction<T>(
  pool: pg.Pool,
  beginning: string,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | boolean = false
  try {
    await client.query(beginning)
    const result = await work((statement) => run(client, statement))
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that cannot roll back, or is still at what it was not waited for, is not fit for another transaction.
    if (isStillAtWork(error)) broken = true
    else
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Whether it was this side that gave up: the statement goes on until the connection is closed. */
function isStillAtWork(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

async function foreseen<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusalOf(error)?.state === notDurable) throw new Fault('storage-unsafe')
    if (wasUndone(error)) throw Object.assign(new Fault('overloaded'), { cause: error })
    throw isAway(error) ? Object.assign(new Fault('storage-away'), { cause: error }) : error
  }
}

/** Raised by every table that is kept, where the server does not flush to disk what it acknowledges. */
const notDurable = 'SD001'
/** Classes of SQLSTATE that tell of the server, not of the statement: connection, resources, operator intervention. */
const awayClasses = ['08', '53', '57']
/**
 * The schema or the role is not there yet, or the role may not do this yet; no room for a lock; read-only after a failover. Or
 * a pooler between gives a session to one and to another, and knows nothing of the statements prepared there (the last two).
 */
const awayStates = [
  ...['42P01', '42883', '42501', '22023', '3D000', '3F000', '28000', '28P01', '55P03', '25006'],
  ...['26000', '42P05'],
]

/** Whether the database could not be reached or used, rather than having refused a statement. */
function isAway(error: unknown): boolean {
  if (error instanceof Fault) return false
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error
    return awayClasses.includes(code.slice(0, 2)) || awayStates.includes(code)
  }
  return error instanceof Error && (hasSystemCode(error) || driverMessages.test(error.message))
}

/** node-postgres gives these no code. */
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|another role|Cannot use a pool after calling end|Client has encountered a connection error|The server does not support SSL)/

function hasSystemCode(error: Error): boolean {
  return /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')
}

/** The SQLSTATE of a refused statement, and the constraint that it broke. */
export function refusalOf(error: unknown): { state: string; constraint: string | undefined } | undefined {
  const refused = error instanceof Fault && error.kind === 'overloaded' ? error.cause : error
  if (!(refused instanceof pg.DatabaseError) || refused.code === undefined) return undefined
  return { state: refused.code, constraint: refused.constraint }
}
