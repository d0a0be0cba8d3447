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

-- What is larger than any report or message is not let in: triage holds in memory what it opens. Texts in the clear have
-- the form of slugs, since lists show them.
ALTER TABLE box_reports
  ADD CONSTRAINT box_reports_body_size CHECK (octet_length(body) <= 4194304 + 64),
  ADD CONSTRAINT box_reports_category_form CHECK (category ~ '^[a-z][a-z0-9-]{0,63}$'),
  ADD CONSTRAINT box_reports_lead_form CHECK (lead_agency ~ '^[a-z][a-z0-9-]{0,63}$'),
  ADD CONSTRAINT box_reports_support_form
    CHECK (array_to_string(support_agencies, ',', '?') ~ '^([a-z][a-z0-9-]{0,63}(,[a-z][a-z0-9-]{0,63}){0,49})?$');
ALTER TABLE box_reporter_messages
  ADD CONSTRAINT box_reporter_messages_body_size CHECK (octet_length(body) <= 1048576 + 64);
