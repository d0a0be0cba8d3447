-- Each hour in which something came took the trail's turn once and looked once at the sequence of acts, and each commit of
-- reports looked at the accepted keys: the server counts all of it, and the counts stayed after the mixing. So the night forgets
-- what is counted at sequences too, and at small tables that both sides read and that need no vacuum.

CREATE OR REPLACE FUNCTION forget_counters() RETURNS text[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
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
  RETURN '{}';
EXCEPTION WHEN insufficient_privilege THEN
  RETURN '{counters}';
END
$$;
COMMENT ON FUNCTION forget_counters IS 'Forgets what the statistics views say of the tables that reporters write to or read, of sequences and of all indexes. Tells if its owner may not.';
