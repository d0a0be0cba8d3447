import type pg from 'pg'
import { asSuperuser } from './cluster.ts'

/** A database whose clock stands at what the test says. */
export interface MovedClock {
  moveTo(now: Date): Promise<void>
}

/**
 * Lets a test move the clock of its own database. Whatever asks the server's clock there, each function, each default and
 * each statement that the service sends, asks a row of the test's instead: all of them are found in the catalogue, so that
 * none is forgotten. The migrations know nothing of it; only a superuser can do this. Where the server itself is to
 * live in another time, it takes libfaketime (`test/more/movedServer.ts`).
 */
export async function movedClock(url: string, now: Date): Promise<MovedClock> {
  await asSuperuser(url, async (client) => {
    await client.query('BEGIN')
    await client.query(schema)
    await client.query('INSERT INTO moved.stands VALUES ($1)', [now])
    await moveFunctions(client)
    await moveDefaults(client)
    await refuseOthers(client)
    await client.query(inPlaceOfTheSystems)
    await client.query('COMMIT')
  })
  return {
    moveTo: (time) =>
      asSuperuser(url, async (client) => {
        await client.query('UPDATE moved.stands SET at = $1', [time])
      }),
  }
}

const schema = `
  CREATE SCHEMA moved;
  CREATE TABLE moved.stands (at timestamptz NOT NULL);
  CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT at FROM moved.stands';
  CREATE FUNCTION moved.now() RETURNS timestamptz
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT at FROM moved.stands';
  GRANT USAGE ON SCHEMA moved TO PUBLIC;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA moved TO PUBLIC`

/** The system's own are found before any other, whatever a session searches: so these take their names in this database. */
const inPlaceOfTheSystems = `
  ALTER FUNCTION pg_catalog.clock_timestamp() RENAME TO unmoved_clock_timestamp;
  ALTER FUNCTION pg_catalog.now() RENAME TO unmoved_now;
  CREATE FUNCTION pg_catalog.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT moved.clock_timestamp()';
  CREATE FUNCTION pg_catalog.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT moved.now()';
  GRANT EXECUTE ON FUNCTION pg_catalog.clock_timestamp(), pg_catalog.now() TO PUBLIC`

/** In a pattern of Postgres, and here: a call of the clock, not of what merely ends in that word. */
const clocks = '(?<![a-z_.])(?:pg_catalog\\.)?(clock_timestamp|now)\\(\\)'
/** The clock in other words. Nothing uses them; should that change, they are to be moved too. */
const others =
  '\\m(current_date|current_time|current_timestamp|localtime|localtimestamp|statement_timestamp|transaction_timestamp|timeofday)\\M'

const calling = (sql: string, by: string) => sql.replaceAll(new RegExp(clocks, 'g'), by)
const moved = (sql: string) => calling(sql, 'moved.$1()')

/** Those that ask since when a session waits compare it with what the server itself noted, and go on asking the server's clock. */
const functions = `SELECT p.oid, p.prosrc, p.prosrc !~ 'xact_start' AS moves FROM pg_proc p
                    WHERE p.pronamespace = 'public'::regnamespace`
const ours = `SELECT oid, prosrc FROM (${functions}) f WHERE moves`

async function moveFunctions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ definition: string; moves: boolean }>(
    `SELECT pg_get_functiondef(f.oid) AS definition, moves FROM (${functions}) f WHERE f.prosrc ~ $1`,
    [clocks.replace('(?<![a-z_.])', '\\m')],
  )
  for (const { definition, moves } of rows)
    await client.query(moves ? moved(definition) : calling(definition, 'pg_catalog.unmoved_$1()'))
}

async function moveDefaults(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; value: string }>(
    `SELECT d.adrelid::regclass::text AS table, a.attname AS column, pg_get_expr(d.adbin, d.adrelid) AS value
       FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE pg_get_expr(d.adbin, d.adrelid) ~ '\\m(now|clock_timestamp)\\(\\)'`,
  )
  for (const { table, column, value } of rows) {
    await client.query(`ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${moved(value)}`)
  }
}

/** Throws where the clock is asked in a place, or by a word, that is not moved. */
async function refuseOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ place: string }>(
    `SELECT f.oid::regprocedure::text AS place FROM (${ours}) f WHERE f.prosrc ~* $1
     UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public' AND (definition ~* $1 OR definition ~ $2)
     UNION ALL SELECT conname FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
                  AND (pg_get_constraintdef(oid) ~* $1 OR pg_get_constraintdef(oid) ~ $2)`,
    [others, '\\m(now|clock_timestamp)\\(\\)'],
  )
  if (rows.length > 0)
    throw new Error(`the clock is not moved in ${rows.map(({ place }) => place).join(', ')}`)
}
