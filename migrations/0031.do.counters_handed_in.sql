-- Since version 18 Postgres counts for each session too what it reads and writes, for as long as the session lasts, and lets
-- every login see it: intake saw what staff do, and of a session that outlives the night it said how much lay there when they
-- looked. So the night forgets this as well; and what sessions and the whole server read and write, which told the same of a
-- quiet server, is for those who may read all statistics. Only a superuser can do either; deploy/postgres/logins.sql does for
-- other logins.

DO $$
DECLARE
  open regprocedure;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RETURN;
  END IF;
  IF to_regprocedure('pg_catalog.pg_stat_reset_backend_stats(integer)') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_reset_backend_stats(integer) TO sotto_log;
  END IF;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND p.proname ~ '^pg_stat_get_(io$|wal$|slru$|buf_|bgwriter_|checkpointer_|backend_(io|wal)$)'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_read_all_stats', open);
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION forget_counters() RETURNS text[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
DECLARE
  refused text[] := '{}';
BEGIN
  BEGIN
    PERFORM pg_stat_reset_single_table_counters(part.oid)
       FROM (SELECT t.oid, t.reltoastrelid,
                    starts_with(t.relname, 'box_') OR starts_with(t.relname, 'spent_challenges_') OR t.relkind = 'S'
                      OR t.relname IN ('kept_answers', 'arrival_events', 'webhook_deliveries_of_arrivals',
                                        'webhook_position', 'turns', 'accepted_keys', 'agencies') AS of_reporters
               FROM pg_class t WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'S')) t
       LEFT JOIN pg_index i ON i.indrelid IN (t.oid, t.reltoastrelid)
      CROSS JOIN LATERAL (VALUES (i.indexrelid),
                                 (CASE WHEN t.of_reporters THEN t.oid END),
                                 (CASE WHEN t.of_reporters THEN nullif(t.reltoastrelid, 0) END)) AS part (oid)
      WHERE part.oid IS NOT NULL;
  EXCEPTION WHEN insufficient_privilege THEN
    refused := '{counters}';
  END;
  BEGIN
    PERFORM pg_stat_reset_shared('bgwriter'), pg_stat_reset_shared('wal'), pg_stat_reset_slru(NULL);
    IF current_setting('server_version_num')::integer >= 160000 THEN
      PERFORM pg_stat_reset_shared('io');
    END IF;
    IF current_setting('server_version_num')::integer >= 170000 THEN
      PERFORM pg_stat_reset_shared('checkpointer');
    END IF;
    IF current_setting('server_version_num')::integer >= 180000 THEN
      PERFORM pg_stat_reset_backend_stats(a.pid) FROM pg_stat_get_activity(NULL) a;
    END IF;
  EXCEPTION WHEN insufficient_privilege THEN
    refused := '{counters}';
  END;
  RETURN refused;
END
$$;
COMMENT ON FUNCTION forget_counters IS 'Forgets what the statistics views say of the tables that reporters write to or read, of sequences, of all indexes, of the whole server and of each session. Tells if its owner may not.';
