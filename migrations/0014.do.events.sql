-- Events: what happened, as ids and kinds, for screens that follow along and records that import.

-- Ids are taken under the lock of the audit trail and so are in the order of commits: whoever has seen one has missed
-- none below it. (A sequence without that lock commits out of order.) Deleting old events does not turn it back.
CREATE SEQUENCE event_ids AS bigint;

CREATE TABLE events (
  id               bigint PRIMARY KEY,
  at               timestamptz NOT NULL,
  kind             text NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)+$'),
  report_id        uuid,
  dissemination_id uuid,
  object_id        uuid,
  CHECK (report_id IS NOT NULL OR dissemination_id IS NOT NULL)
);
CREATE INDEX events_at ON events (at);
COMMENT ON TABLE events IS 'What staff and partners did, written with the audit record of the act. Deleted after 30 days.';
COMMENT ON COLUMN events.id IS 'In the order of commits.';
COMMENT ON COLUMN events.at IS 'When, as the audit record has it.';
COMMENT ON COLUMN events.kind IS 'What was done to what: item-approved, attachment-quarantined.';
COMMENT ON COLUMN events.report_id IS 'The report. Who may not see it is not shown the event.';
COMMENT ON COLUMN events.dissemination_id IS 'What a partner answered, who knows no report; it leads to the report.';
COMMENT ON COLUMN events.object_id IS 'The item, note, image or other thing of the report, if it was about one.';

-- Not logged: the write-ahead log would keep the hour. The nightly pass empties it, since after the mixing nothing may
-- tell the time of a day's reports.
CREATE UNLOGGED TABLE arrival_events (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL UNIQUE CHECK (date_trunc('hour', at, 'UTC') = at)
);
COMMENT ON TABLE arrival_events IS 'Full hours at which something had come from reporters since the hour before. Not what, not how much.';
COMMENT ON COLUMN arrival_events.id IS 'From the same sequence as other events.';
COMMENT ON COLUMN arrival_events.at IS 'The full hour, UTC.';

GRANT USAGE ON SEQUENCE event_ids TO sotto_triage, sotto_partner;
GRANT INSERT ON events TO sotto_triage, sotto_partner;
GRANT SELECT, DELETE ON events TO sotto_triage;
GRANT SELECT, INSERT, TRUNCATE ON arrival_events TO sotto_triage;
