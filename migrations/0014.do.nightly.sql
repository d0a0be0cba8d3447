-- What the nightly pass keeps: the mixing, which empties the box; the matching of searches and exports; the purge; and the
-- statistics that are published.
--
-- It tells on which days all of this was done, and how much of it did not go well. Counts are frozen as they may be
-- shown; exact ones are not here.

-- The mixing.

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
COMMENT ON COLUMN mixings.unplaced IS 'Rows that met another of the same id: put into unplaced_rows.';
COMMENT ON COLUMN mixings.log_kept IS 'What the service was not allowed to do about the write-ahead log: switch, checkpoint.';
GRANT SELECT, INSERT, UPDATE ON mixings TO sotto_triage;

CREATE TABLE unplaced_rows (
  id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source   text NOT NULL,
  found_on date NOT NULL,
  content  jsonb NOT NULL
);
-- What supervisors are shown of it.
CREATE INDEX unplaced_reports ON unplaced_rows (((content ->> 'id')::uuid), id) WHERE source = 'box_reports';
-- What was set aside of a report goes with it.
CREATE INDEX unplaced_of_report ON unplaced_rows (((content ->> 'report_id')::uuid));
COMMENT ON TABLE unplaced_rows IS 'Rows of the box that met another of the same id: forged or damaged. Nothing is thrown away, and nothing waits for it.';
COMMENT ON COLUMN unplaced_rows.id IS 'Random.';
COMMENT ON COLUMN unplaced_rows.source IS 'The table it lay in.';
COMMENT ON COLUMN unplaced_rows.found_on IS 'The UTC day on which the mixing met it.';
COMMENT ON COLUMN unplaced_rows.content IS 'The row, sealed as it was.';
GRANT SELECT, INSERT, DELETE ON unplaced_rows TO sotto_triage;

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
COMMENT ON FUNCTION leave_log_behind IS 'Begins a new segment of the write-ahead log and makes a checkpoint, after which the server drops the segments before. Tells what its owner may not do.';
ALTER FUNCTION leave_log_behind OWNER TO sotto_log;
REVOKE ALL ON FUNCTION leave_log_behind FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leave_log_behind TO sotto_triage;

-- Postgres counts rows written and read by table: of the box's that tells how much lay there when staff looked.
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
COMMENT ON FUNCTION forget_counters IS 'Forgets what the statistics views say of the tables that reporters write to. Tells if its owner may not.';
ALTER FUNCTION forget_counters OWNER TO sotto_log;
REVOKE ALL ON FUNCTION forget_counters FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_counters TO sotto_triage;

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
GRANT SELECT, INSERT, UPDATE, DELETE ON left_box TO sotto_triage;

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
GRANT SELECT, INSERT, UPDATE, DELETE ON rematching TO sotto_triage;

-- The purge: what is kept no longer goes a share a night, and not while a clock is in doubt. Keys go first, rows after;
-- what remains is an erasure record without content.

CREATE TABLE night_watch (
  id            boolean PRIMARY KEY DEFAULT true CHECK (id),
  last_night    date,
  steady_nights integer NOT NULL DEFAULT 7 CHECK (steady_nights BETWEEN 0 AND 7),
  purged_on     date,
  purged        integer NOT NULL DEFAULT 0,
  ended         integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE night_watch IS 'One row: which nights the service has seen, and how much it destroyed in the last.';
COMMENT ON COLUMN night_watch.id IS 'There is one row.';
COMMENT ON COLUMN night_watch.last_night IS 'UTC day of the last nightly pass. Null before the first.';
COMMENT ON COLUMN night_watch.steady_nights IS 'Nights since the clock last jumped by more than two days; 7 is enough.';
COMMENT ON COLUMN night_watch.purged_on IS 'UTC day of the last purge.';
COMMENT ON COLUMN night_watch.purged IS 'Reports that it destroyed.';
COMMENT ON COLUMN night_watch.ended IS 'Conversations that it ended.';
GRANT SELECT, UPDATE ON night_watch TO sotto_triage;
INSERT INTO night_watch DEFAULT VALUES;

-- Published statistics: what may be shown of each ended month, frozen. No UPDATE, no DELETE: what is frozen stays.

CREATE TABLE frozen_months (
  month     date PRIMARY KEY CHECK (month = date_trunc('month', month)::date),
  frozen_on date NOT NULL CHECK (frozen_on > month)
);
COMMENT ON TABLE frozen_months IS 'Months whose statistics are computed. Never computed again.';
COMMENT ON COLUMN frozen_months.month IS 'First day of the month in which the reports arrived, or the outcomes were recorded.';
COMMENT ON COLUMN frozen_months.frozen_on IS 'UTC day on which it was counted.';
GRANT SELECT, INSERT ON frozen_months TO sotto_triage;

CREATE TABLE frozen_counts (
  month      date NOT NULL REFERENCES frozen_months (month),
  tabulation text NOT NULL,
  row_value  text NOT NULL,
  col_value  text NOT NULL,
  count      integer CHECK (count >= 10 AND count % 5 = 0),
  PRIMARY KEY (tabulation, month, row_value, col_value)
);
COMMENT ON TABLE frozen_counts IS 'Every cell of every table of a month, as it may be shown (docs/statistics.md).';
COMMENT ON COLUMN frozen_counts.month IS 'The month.';
COMMENT ON COLUMN frozen_counts.tabulation IS 'What is counted by: one dimension, or category and another.';
COMMENT ON COLUMN frozen_counts.row_value IS 'The row: a value of the first dimension.';
COMMENT ON COLUMN frozen_counts.col_value IS 'The column: a value of the second, or empty.';
COMMENT ON COLUMN frozen_counts.count IS 'Rounded to 5; null where it is hidden.';
GRANT SELECT, INSERT ON frozen_counts TO sotto_triage;

-- One row an outcome; none of a report that is restricted or names a conflict of interest. Outcomes count by the day on
-- which they were recorded: by month of arrival they would all come too late. By agency is: the agency that acted, or else
-- that was asked to.
CREATE VIEW countable_outcomes AS
  SELECT (o.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on, o.type,
         coalesce(o.agency, d.agency, r.lead_agency) AS agency, r.category
    FROM outcomes o
    LEFT JOIN disseminations d ON d.id = o.dissemination_id
    JOIN reports r ON r.id = coalesce(o.report_id, d.report_id)
   WHERE NOT r.restricted AND r.conflict_of_interest = '{}';
COMMENT ON VIEW countable_outcomes IS 'Outcomes that statistics count.';
GRANT SELECT ON countable_outcomes TO sotto_triage;

SELECT keep_durable();
