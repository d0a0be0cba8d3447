-- The daily mixing: what it needs beside the box and the main tables.

CREATE TABLE mixings (
  day        date PRIMARY KEY,
  mixed_on   date NOT NULL,
  emptied_on date,
  unopened   integer NOT NULL,
  unplaced   integer NOT NULL,
  log_kept   text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE mixings IS 'Days that had ended when the box was mixed. No finer time than a day.';
COMMENT ON COLUMN mixings.day IS 'The UTC day that had ended.';
COMMENT ON COLUMN mixings.mixed_on IS 'The UTC day on which its rows were moved.';
COMMENT ON COLUMN mixings.emptied_on IS 'The UTC day on which the files that they lay in were freed, and the log left behind. Null until then.';
COMMENT ON COLUMN mixings.unopened IS 'Rows whose keys did not open: moved as they were, under their old batch keys.';
COMMENT ON COLUMN mixings.unplaced IS 'Rows whose id was taken already: put into unplaced_rows.';
COMMENT ON COLUMN mixings.log_kept IS 'What the service was not allowed to do about the write-ahead log: switch, checkpoint.';

CREATE TABLE unplaced_rows (
  id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source   text NOT NULL,
  found_on date NOT NULL,
  content  jsonb NOT NULL
);
COMMENT ON TABLE unplaced_rows IS 'Rows of the box whose id is taken in the main tables: forged or damaged. Nothing is thrown away, and nothing waits for it.';
COMMENT ON COLUMN unplaced_rows.id IS 'Random.';
COMMENT ON COLUMN unplaced_rows.source IS 'The table it lay in.';
COMMENT ON COLUMN unplaced_rows.found_on IS 'The UTC day on which the mixing met it.';
COMMENT ON COLUMN unplaced_rows.content IS 'The row, sealed as it was.';

CREATE TABLE kept_answers_mixed (
  key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
  kept_on  date NOT NULL,
  answer   bytea NOT NULL
);
CREATE INDEX kept_answers_mixed_day ON kept_answers_mixed (kept_on);
ALTER TABLE kept_answers_mixed ALTER COLUMN answer SET STORAGE EXTERNAL;
COMMENT ON TABLE kept_answers_mixed IS 'Kept answers of days that have ended, put here by the mixing in order of their hashes.';
COMMENT ON COLUMN kept_answers_mixed.key_hash IS 'HKDF of the key, scoped to call and caller.';
COMMENT ON COLUMN kept_answers_mixed.kept_on IS 'UTC day.';
COMMENT ON COLUMN kept_answers_mixed.answer IS 'The answer, padded and sealed.';

GRANT SELECT, INSERT ON mixings, unplaced_rows TO sotto_triage;
GRANT UPDATE ON mixings TO sotto_triage;
GRANT SELECT, INSERT, DELETE ON kept_answers_mixed TO sotto_triage;
GRANT TRUNCATE ON kept_answers TO sotto_triage;
GRANT SELECT ON kept_answers_mixed TO sotto_definer;

CREATE OR REPLACE FUNCTION kept_answer(wanted bytea) RETURNS bytea
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT k.answer
      FROM (SELECT answer FROM public.kept_answers WHERE key_hash = wanted
            UNION ALL
            SELECT answer FROM public.kept_answers_mixed WHERE key_hash = wanted) k
     LIMIT 1
  $$;

-- Owns the one function that needs more than tables: nobody logs in as it, and nobody is a member of it. Unlike the
-- others it inherits, or its membership in pg_checkpoint would be worth nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sotto_log') THEN
    BEGIN
      CREATE ROLE sotto_log NOLOGIN INHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT sotto_log TO %I', current_user);
    GRANT CREATE ON SCHEMA public TO sotto_log;
  END IF;
END
$$;

-- A login that is no superuser may not be allowed to grant these. Then a superuser does it, once, or the log keeps times
-- for longer: docs/mixing.md.
DO $$
BEGIN
  BEGIN
    GRANT pg_checkpoint TO sotto_log;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
  BEGIN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO sotto_log;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
END
$$;

CREATE FUNCTION leave_log_behind() RETURNS text[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
DECLARE
  refused text[] := '{}';
BEGIN
  BEGIN
    PERFORM pg_switch_wal();
  EXCEPTION WHEN insufficient_privilege THEN
    refused := refused || 'switch'::text;
  END;
  BEGIN
    EXECUTE 'CHECKPOINT';
  EXCEPTION WHEN insufficient_privilege THEN
    refused := refused || 'checkpoint'::text;
  END;
  RETURN refused;
END
$$;
COMMENT ON FUNCTION leave_log_behind() IS 'Begins a new segment of the write-ahead log and makes a checkpoint, after which the server drops the segments before. Tells what its owner may not do.';
ALTER FUNCTION leave_log_behind() OWNER TO sotto_log;
REVOKE ALL ON FUNCTION leave_log_behind() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leave_log_behind() TO sotto_triage;
