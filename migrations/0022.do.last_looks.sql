-- Since version 16 Postgres notes beside each table and each index when it was last looked into. Of an index that
-- reporters' calls alone look into, as of the mailboxes by their lookup ids, that is when the last of them came, to the
-- second, and it stays so after the mixing. And each look of staff at the list counted, at the indexes of the main
-- tables, the rows that lay in the box then; and the place that webhooks have come to moved on in each hour in which
-- something came. So the night forgets what is counted at every index. What autovacuum goes by
-- is counted at tables: of the main tables it stays, and a look in the night takes the place of the last one.

CREATE OR REPLACE FUNCTION forget_counters() RETURNS text[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  PERFORM pg_stat_reset_single_table_counters(part.oid)
     FROM (SELECT t.oid, t.reltoastrelid,
                  starts_with(t.relname, 'box_') OR starts_with(t.relname, 'spent_challenges_')
                    OR t.relname IN ('kept_answers', 'arrival_events', 'webhook_deliveries_of_arrivals',
                                      'webhook_position') AS of_reporters
             FROM pg_class t WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r') t
     LEFT JOIN pg_index i ON i.indrelid IN (t.oid, t.reltoastrelid)
    CROSS JOIN LATERAL (VALUES (i.indexrelid),
                               (CASE WHEN t.of_reporters THEN t.oid END),
                               (CASE WHEN t.of_reporters THEN nullif(t.reltoastrelid, 0) END)) AS part (oid)
    WHERE part.oid IS NOT NULL;
  RETURN '{}';
EXCEPTION WHEN insufficient_privilege THEN
  RETURN '{counters}';
END
$$;
COMMENT ON FUNCTION forget_counters IS 'Forgets what the statistics views say of the tables that reporters write to, and of all indexes. Tells if its owner may not.';

CREATE FUNCTION look_into_all() RETURNS void
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp SET enable_indexscan = off SET enable_indexonlyscan = off
  AS $$
DECLARE
  one name;
BEGIN
  FOR one IN
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_any_column_privilege(oid, 'SELECT')
  LOOP
    EXECUTE format('SELECT FROM public.%I LIMIT 1', one);
  END LOOP;
END
$$;
COMMENT ON FUNCTION look_into_all IS 'Looks into every table that the caller may read, so that nothing tells when it was last looked into before.';
REVOKE ALL ON FUNCTION look_into_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION look_into_all TO sotto_triage;
