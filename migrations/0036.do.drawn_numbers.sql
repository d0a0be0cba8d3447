-- Each transaction takes a number of the server's, and each value that is kept out of line another, for good. By the rows that
-- staff wrote, whose times are on record, whoever read the database could count how much came between two of them: on a day with
-- one report, its time. So numbers are drawn at random as well, as often again as a quiet service lets nobody tell which was which.

CREATE TABLE drawn_numbers (
  filling bytea NOT NULL
);
ALTER TABLE drawn_numbers ALTER COLUMN filling SET STORAGE EXTERNAL;
COMMENT ON TABLE drawn_numbers IS 'Empty. What is put in and taken out again in one transaction draws numbers of the server as a report does.';
COMMENT ON COLUMN drawn_numbers.filling IS 'Random bytes.';
GRANT INSERT, DELETE ON drawn_numbers TO sotto_triage;
SELECT keep_durable();

-- As before; new is that what was counted of these is forgotten too.
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
                                        'webhook_position', 'turns', 'accepted_keys', 'agencies', 'drawn_numbers') AS of_reporters
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
