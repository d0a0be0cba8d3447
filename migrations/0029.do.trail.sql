-- Nothing that is kept tells when a report came, closer than its day: not the trail, not the ids of events.

-- Acts alone move the sequence. An hour at which something came has a number of its own between the act before it and
-- the next: so many hours since 1970 after the act's, which no act takes.
ALTER SEQUENCE event_ids INCREMENT BY 1048576 START WITH 1048576;
SELECT setval('event_ids', (last_value / 1048576 + 1) * 1048576, false) FROM event_ids;
GRANT SELECT ON SEQUENCE event_ids TO sotto_triage;
COMMENT ON COLUMN events.id IS 'In the order of commits, in steps of 1048576.';
COMMENT ON COLUMN arrival_events.id IS 'That of the act before it, and hours since 1970: no act counts it, so nothing tells of it once it is forgotten.';
COMMENT ON COLUMN webhooks.since IS 'It gets events after this one: the newest act when it was made or last changed, and the hour of that.';

-- A search or an export at a clock time must not name what lay in the box then: its report would be dated by it. So what
-- has left the box is matched again, whatever hour it came, against all searches and exports of its days.
CREATE TABLE left_box (
  report_id   uuid PRIMARY KEY,
  received_on date NOT NULL,
  category    text NOT NULL,
  priority    smallint NOT NULL,
  lead_agency text NOT NULL,
  restricted  boolean NOT NULL,
  named       uuid[] NOT NULL,
  claimed     boolean NOT NULL DEFAULT false
);
CREATE INDEX left_box_claimed ON left_box (report_id) WHERE claimed;
COMMENT ON TABLE left_box IS 'Reports that have left the box, as they were listed while they lay in it. Deleted once they are matched again.';
COMMENT ON COLUMN left_box.report_id IS 'The report.';
COMMENT ON COLUMN left_box.received_on IS 'UTC day of arrival.';
COMMENT ON COLUMN left_box.category IS 'Category slug.';
COMMENT ON COLUMN left_box.priority IS 'Priority: 3 high, 2 medium, 1 low.';
COMMENT ON COLUMN left_box.lead_agency IS 'Lead agency.';
COMMENT ON COLUMN left_box.restricted IS 'True where named people only, or nobody, could find it.';
COMMENT ON COLUMN left_box.named IS 'Those people.';
COMMENT ON COLUMN left_box.claimed IS 'True while a pass matches it.';

CREATE TABLE rematching (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  pass     uuid NOT NULL,
  done_to  bigint NOT NULL,
  up_to    bigint NOT NULL
);
COMMENT ON TABLE rematching IS 'The pass that is under way, if one is: how far searches and exports are matched again.';
COMMENT ON COLUMN rematching.only_row IS 'There is one at most.';
COMMENT ON COLUMN rematching.pass IS 'Random UUID v4.';
COMMENT ON COLUMN rematching.done_to IS 'Audit records up to this number are done.';
COMMENT ON COLUMN rematching.up_to IS 'Later ones met nothing of it in the box.';

CREATE INDEX audit_records_searches ON audit_records (seq)
  WHERE action = 'consultation' AND (target = 'search' OR target LIKE 'export/%/begin');

GRANT SELECT, INSERT, UPDATE, DELETE ON left_box, rematching TO sotto_triage;

-- Postgres counts rows written and read by table: of the box's that tells how much lay there when staff looked.
DO $$
BEGIN
  GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_reset_single_table_counters(oid) TO sotto_log;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$$;

CREATE FUNCTION forget_counters() RETURNS text[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  PERFORM pg_stat_reset_single_table_counters(part.oid)
     FROM pg_class t
     LEFT JOIN pg_index i ON i.indrelid = t.oid
    CROSS JOIN LATERAL (VALUES (t.oid), (i.indexrelid), (nullif(t.reltoastrelid, 0))) AS part (oid)
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND part.oid IS NOT NULL
      AND (starts_with(t.relname, 'box_')
           OR t.relname IN ('kept_answers', 'arrival_events', 'webhook_deliveries_of_arrivals'));
  RETURN '{}';
EXCEPTION WHEN insufficient_privilege THEN
  RETURN '{counters}';
END
$$;
COMMENT ON FUNCTION forget_counters() IS 'Forgets what the statistics views say of the tables that reporters write to. Tells if its owner may not.';
ALTER FUNCTION forget_counters() OWNER TO sotto_log;
REVOKE ALL ON FUNCTION forget_counters() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_counters() TO sotto_triage;
