import type pg from 'pg'

/** Puts so many reports that open to nothing into the box at once, as whoever has the login of intake. */
export function floodStatement(day: string, kid: string, rows: number): pg.QueryConfig {
  return {
    name: 'flood',
    text: `SELECT public.put_batch($1, gen_random_uuid(), ARRAY[$2], ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea],
             array_agg(gen_random_uuid()), array_agg('corruption'::text), array_agg(3::smallint),
             array_agg('law-enforcement'::text), array_agg(''::text), array_agg(false), array_agg('\\x00'::bytea),
             array_agg('\\x00'::bytea), array_agg(gen_random_uuid()),
             array_agg(sha256(uuid_send(gen_random_uuid()))), array_agg(sha256('')), array_agg(sha256('')),
             array_agg(true), '{}', '{}')
             FROM generate_series(1, $3::integer)`,
    values: [day, kid, rows],
  }
}
