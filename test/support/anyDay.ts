import { asSuperuser } from './cluster.ts'

/**
 * Lets a test move its service's clock: the database takes every day for today. Only the owner of that function can do
 * this; that intake cannot, and what the function does as it is, is for test/intake/putting.test.ts.
 */
export const takeAnyDayForToday = (url: string) => replace(url, 'true')

/** Lets the server's clock decide again, as it does outside of tests. */
export const takeTodayAlone = (url: string) => replace(url, 'sealed_on = public.day_now()')

async function replace(url: string, answer: string): Promise<void> {
  await asSuperuser(url, (client) =>
    client.query(
      `CREATE OR REPLACE FUNCTION is_today(sealed_on date) RETURNS boolean
         LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$ SELECT ${answer} $$`,
    ),
  )
}
