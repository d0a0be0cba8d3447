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

/** The same, of reports whose mailboxes are called by their number, from this one on. */
export function floodOfMailboxes(day: string, kid: string, from: number, rows: number): pg.QueryConfig {
  return {
    name: 'flood-of-mailboxes',
    text: `SELECT public.put_batch($1, gen_random_uuid(), ARRAY[$2], ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea],
             array_agg(gen_random_uuid()), array_agg('corruption'::text), array_agg(3::smallint),
             array_agg('law-enforcement'::text), array_agg(''::text), array_agg(false), array_agg('\\x00'::bytea),
             array_agg('\\x00'::bytea), array_agg(gen_random_uuid()), array_agg(${lookupIdOf('n')}),
             array_agg(sha256('')), array_agg(sha256('')), array_agg(true), '{}', '{}')
             FROM generate_series($3::integer, $4::integer) AS n`,
    values: [day, kid, from, from + rows - 1],
  }
}

/** Says something into each of these mailboxes, in the number that is next, and puts an image there. */
export function floodOfWords(
  day: string,
  kid: string,
  from: number,
  rows: number,
  next: number,
): pg.QueryConfig {
  return {
    name: 'flood-of-words',
    text: `SELECT count(*) FILTER (WHERE said = 'put')::integer AS messages, count(*) FILTER (WHERE shown = 'put')::integer AS images
             FROM (SELECT public.put_message(${lookupIdOf('n')}, gen_random_uuid(), $5, $1, gen_random_uuid(), ARRAY[$2],
                            ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea], '\\x00', '\\x00', '\\x00', '\\x00', sha512(''), '{}', '{}') AS said,
                          public.put_attachment(${lookupIdOf('n')}, gen_random_uuid(), $1, gen_random_uuid(), ARRAY[$2],
                            ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea], '\\x00', '\\x00', sha512(''), gen_random_uuid(), ARRAY[$2],
                            ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea], '\\x00', '\\x00', '\\x00', '\\x00', '{}', '{}') AS shown
                     FROM generate_series($3::integer, $4::integer) AS n) AS put`,
    values: [day, kid, from, from + rows - 1, next],
  }
}

/** Keeps so many answers, of no report. */
export function floodOfAnswers(day: string, kid: string, rows: number): pg.QueryConfig {
  return {
    name: 'flood-of-answers',
    text: `SELECT public.put_batch($1, gen_random_uuid(), ARRAY[$2], ARRAY['\\x00'::bytea], ARRAY['\\x00'::bytea],
             '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
             array_agg(sha256(uuid_send(gen_random_uuid()))), array_agg(sha512('') || sha512('')))
             FROM generate_series(1, $3::integer)`,
    values: [day, kid, rows],
  }
}

const lookupIdOf = (number: string) => `sha256(convert_to('mailbox ' || ${number}, 'UTF8'))`
