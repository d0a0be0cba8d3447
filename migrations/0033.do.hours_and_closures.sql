-- A receiver that asks to be left alone for a while (Retry-After) is sent nothing until then, whatever happens meanwhile.
ALTER TABLE webhooks ADD COLUMN not_before timestamptz;
COMMENT ON COLUMN webhooks.not_before IS
  'Before when the receiver wants nothing, as it said when an act was sent. Never set by what tells of an arrival: that would tell its hour.';

-- What wanted attention before today is told on the full hour, once for each day that it was wanted by.
ALTER TABLE reports ADD COLUMN overdue_told date;
COMMENT ON COLUMN reports.overdue_told IS 'The attention_by of which staff were told that it has passed; null before any.';
CREATE INDEX reports_overdue ON reports (attention_by)
  WHERE attention_by IS NOT NULL AND status <> 'closed' AND overdue_told IS DISTINCT FROM attention_by;

-- Reports that an officer selected to be closed together. Who asked, why and how it stands is sealed and signed with each
-- report: a row here without that is as if it were not there.
CREATE TABLE closure_reports (
  closure_id uuid NOT NULL,
  report_id  uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  PRIMARY KEY (closure_id, report_id)
);
CREATE INDEX closure_reports_of_report ON closure_reports (report_id);
COMMENT ON TABLE closure_reports IS 'Which reports were selected to be closed together.';
COMMENT ON COLUMN closure_reports.closure_id IS 'The selection: random UUID v4.';
COMMENT ON COLUMN closure_reports.report_id IS 'A report of it.';
GRANT SELECT, INSERT ON closure_reports TO sotto_triage;

SELECT keep_durable();
