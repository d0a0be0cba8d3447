-- Reports that have left the box, and what staff see: box and main table as one list.
--
-- It tells of each report: the UTC day on which it came, category, priority, status, agencies, who works on it and what
-- was decided about it (hold, restriction, review group). The report itself is sealed. Its id is random, and its row
-- was written when one of the staff first acted on it, or by the mixing together with its day's others in random order:
-- neither tells when on its day it came, nor what came with it. A restricted report names staff, never its reporter.

CREATE TABLE reports (
  id                   uuid PRIMARY KEY,
  received_on          date NOT NULL,
  category             text NOT NULL,
  priority             smallint NOT NULL CHECK (priority BETWEEN 1 AND 3),
  status               text NOT NULL DEFAULT 'received' CHECK (status IN (
    'received', 'screening', 'sanitising', 'graded', 'development', 'awaiting-clarification',
    'approved', 'disseminated', 'outcome-pending', 'closed')),
  lead_agency          text NOT NULL,
  support_agencies     text[] NOT NULL,
  conflict_of_interest text[] NOT NULL DEFAULT '{}',
  restricted           boolean NOT NULL DEFAULT false,
  restricted_to        uuid[] NOT NULL DEFAULT '{}',
  legal_hold           boolean NOT NULL DEFAULT false,
  chis_review          boolean NOT NULL DEFAULT false,
  suspected_malicious  boolean NOT NULL DEFAULT false,
  assignee             uuid,
  attention_by         date,
  review_group         text NOT NULL DEFAULT 'unassessed' CHECK (review_group IN ('1', '2', '3', '4', 'unassessed')),
  version              integer NOT NULL DEFAULT 1,
  batch_id             uuid NOT NULL,
  wrapped_key          bytea NOT NULL,
  body                 bytea NOT NULL,
  pending              boolean NOT NULL DEFAULT false,
  loosened_on          date,
  overdue_told         date
);
ALTER TABLE reports ALTER COLUMN body SET STORAGE EXTERNAL;
-- One for each filter of the list: with the column one value, rows come in order of priority; with the priority one value
-- too, in order of day. The list by agency goes by reports_by_agency, the work queue by reports_open.
CREATE INDEX reports_by_priority ON reports (priority, received_on, id);
CREATE INDEX reports_by_status ON reports (status, priority, received_on, id);
CREATE INDEX reports_by_category ON reports (category, priority, received_on, id);
CREATE INDEX reports_by_agency ON reports (lead_agency, priority, received_on, id);
CREATE INDEX reports_by_assignee
  ON reports (coalesce(assignee, '00000000-0000-0000-0000-000000000000'), priority, received_on, id);
CREATE INDEX reports_batch ON reports (batch_id);
-- The work queue counts what is open, however much is closed.
CREATE INDEX reports_open ON reports (status) WHERE status <> 'closed';
-- For the list of what waits, and for auditors: both are few.
CREATE INDEX reports_pending ON reports (priority, received_on, id) WHERE pending;
CREATE INDEX reports_restricted ON reports (received_on, id) WHERE restricted;
CREATE INDEX reports_due ON reports (review_group, received_on, id);
CREATE INDEX reports_overdue ON reports (attention_by)
  WHERE attention_by IS NOT NULL AND status <> 'closed' AND overdue_told IS DISTINCT FROM attention_by;
COMMENT ON TABLE reports IS 'Reports that have left the box: staff have acted on them, or their day was mixed.';
COMMENT ON COLUMN reports.id IS 'Random UUID v4: no order, no clock.';
COMMENT ON COLUMN reports.received_on IS 'UTC day of arrival. No finer time exists.';
COMMENT ON COLUMN reports.category IS 'Category slug.';
COMMENT ON COLUMN reports.priority IS '3 high, 2 medium, 1 low.';
COMMENT ON COLUMN reports.status IS 'Where it stands in its life.';
COMMENT ON COLUMN reports.lead_agency IS 'Lead agency slug.';
COMMENT ON COLUMN reports.support_agencies IS 'Supporting agencies'' slugs.';
COMMENT ON COLUMN reports.conflict_of_interest IS 'Agencies that may not know of the report at all.';
COMMENT ON COLUMN reports.restricted IS 'True where only named people may see it.';
COMMENT ON COLUMN reports.restricted_to IS 'Those people.';
COMMENT ON COLUMN reports.legal_hold IS 'Overrides purge.';
COMMENT ON COLUMN reports.chis_review IS 'Sending to the reporter is locked.';
COMMENT ON COLUMN reports.suspected_malicious IS 'A supervisor''s decision, with reasons.';
COMMENT ON COLUMN reports.assignee IS 'The person who works on it.';
COMMENT ON COLUMN reports.attention_by IS 'Day by which it wants attention.';
COMMENT ON COLUMN reports.review_group IS 'Retention group.';
COMMENT ON COLUMN reports.version IS 'Moves with each change of the report''s own fields.';
COMMENT ON COLUMN reports.batch_id IS 'The batch whose key wraps its data key.';
COMMENT ON COLUMN reports.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN reports.body IS 'The sealed report, as it came.';
COMMENT ON COLUMN reports.pending IS 'True while a change that loosens or hides waits for a second supervisor.';
COMMENT ON COLUMN reports.loosened_on IS 'UTC day on which a hold was lifted, a review group shortened or known proceedings taken back. Null if never.';
COMMENT ON COLUMN reports.overdue_told IS 'The attention_by of which staff were told that it has passed; null before any.';
GRANT SELECT, INSERT, UPDATE, DELETE ON reports TO sotto_triage;
GRANT SELECT (id, legal_hold, batch_id, loosened_on) ON reports TO sotto_definer;

CREATE VIEW listed_reports AS
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
         restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
         batch_id, wrapped_key, body, pending, loosened_on
    FROM (
      SELECT b.id, b.received_on, b.category, b.priority, 'received'::text AS status, b.lead_agency, b.support_agencies,
             '{}'::text[] AS conflict_of_interest, b.restricted, '{}'::uuid[] AS restricted_to,
             false AS legal_hold, false AS chis_review, false AS suspected_malicious,
             NULL::uuid AS assignee, CASE WHEN b.priority = 3 THEN b.received_on END AS attention_by,
             'unassessed'::text AS review_group, 1 AS version, b.batch_id, b.wrapped_key, b.body,
             false AS pending, NULL::date AS loosened_on,
             coalesce((SELECT true FROM reports m WHERE m.id = b.id),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reports b
      UNION ALL
      SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
             restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
             batch_id, wrapped_key, body, pending, loosened_on, false
        FROM reports) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_reports IS 'Every report, in the box or out of it.';
GRANT SELECT ON listed_reports TO sotto_triage;

-- A box row names nobody itself: intake must not know whom.
CREATE FUNCTION named_people(report uuid, named uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF named <> '{}' OR EXISTS (SELECT FROM reports WHERE id = report) THEN
    RETURN named;
  END IF;
  RETURN people_named_from_start();
END
$$;
COMMENT ON FUNCTION named_people IS 'Whom a restricted report names: those of its row, or while it lies in the box those named from the start.';
REVOKE ALL ON FUNCTION named_people FROM PUBLIC;
GRANT EXECUTE ON FUNCTION named_people TO sotto_triage;

CREATE FUNCTION name_from_start() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.restricted_to := people_named_from_start();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION name_from_start IS 'A restricted report that leaves the box goes on naming whom it named there.';
REVOKE ALL ON FUNCTION name_from_start FROM PUBLIC;
GRANT EXECUTE ON FUNCTION name_from_start TO sotto_triage;
CREATE TRIGGER reports_name_from_start BEFORE INSERT ON reports
  FOR EACH ROW WHEN (NEW.restricted AND NEW.restricted_to = '{}') EXECUTE FUNCTION name_from_start();

-- Whoever takes over an intake host can seal anything, and say anything of it in the clear. What triage finds out when it
-- first opens a report that leaves the box stands here; nothing is written while it lies in the box.
CREATE TABLE doubtful_reports (
  report_id  uuid PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
  unreadable boolean NOT NULL,
  differed   boolean NOT NULL,
  counted    boolean NOT NULL DEFAULT false
);
CREATE INDEX doubtful_reports_uncounted ON doubtful_reports (report_id) WHERE NOT counted;
COMMENT ON TABLE doubtful_reports IS 'Reports of which not all was as it should be when they left the box.';
COMMENT ON COLUMN doubtful_reports.report_id IS 'The report.';
COMMENT ON COLUMN doubtful_reports.unreadable IS 'Its seal did not open, or what it holds is no report.';
COMMENT ON COLUMN doubtful_reports.differed IS 'What stood in the clear was not what its content says: the stricter holds.';
COMMENT ON COLUMN doubtful_reports.counted IS 'Whether a mixing has counted it: a count at once would tell, beside a clock, that it lay in the box.';
GRANT SELECT, INSERT, UPDATE, DELETE ON doubtful_reports TO sotto_triage;

-- Which reports still wait for the indexer: those that have left the box lately.
CREATE TABLE unindexed (
  report_id uuid PRIMARY KEY
);
COMMENT ON TABLE unindexed IS 'Queue for the indexer, filled by admission and mixing.';
COMMENT ON COLUMN unindexed.report_id IS 'A report.';
GRANT SELECT, INSERT, UPDATE, DELETE ON unindexed TO sotto_triage;

SELECT keep_durable();
