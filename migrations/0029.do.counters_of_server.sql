-- What the whole server counts (pg_stat_wal, pg_stat_io, and the like) went on for ever: by how much it had grown from one
-- night to the next, with what staff are known to have looked at, it told a little of what lay there when they looked. So the
-- night forgets it too. Only a superuser can allow that; deploy/postgres/logins.sql does for other logins.

DO $$
BEGIN
  GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_reset_shared(text), pg_catalog.pg_stat_reset_slru(text) TO sotto_log;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$$;

-- A query of one's own may sort on disk without end, wherever this login is let in; no session may take it back.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
     AND NOT EXISTS (SELECT FROM pg_db_role_setting s, unnest(s.setconfig) AS one
                      WHERE s.setrole = 'sotto_intake'::regrole AND one LIKE 'temp\_file\_limit=%') THEN
    ALTER ROLE sotto_intake SET temp_file_limit = '256MB';
  END IF;
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
  EXCEPTION WHEN insufficient_privilege THEN
    refused := '{counters}';
  END;
  RETURN refused;
END
$$;
COMMENT ON FUNCTION forget_counters IS 'Forgets what the statistics views say of the tables that reporters write to or read, of sequences, of all indexes and of the whole server. Tells if its owner may not.';
