-- What staff write about a report: one shape for all of it, each version kept, sealed and signed.
--
-- It tells who of the staff wrote which kind of thing about which report, and when, and which items of one report say the
-- same. What was written is sealed, and a row counts only if its signature, over its kind too, holds: which kinds there
-- are, the service says.

CREATE TABLE casework (
  kind        text NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
  id          uuid NOT NULL,
  version     integer NOT NULL CHECK (version > 0),
  report_id   uuid NOT NULL REFERENCES reports (id),
  author      uuid NOT NULL,
  written_at  timestamptz NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  likeness    bytea CHECK (octet_length(likeness) = 32),
  PRIMARY KEY (kind, id, version)
);
ALTER TABLE casework ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX casework_report ON casework (report_id, kind, written_at, id);
CREATE INDEX casework_likeness ON casework (report_id, likeness) WHERE likeness IS NOT NULL;
CREATE INDEX casework_erasures ON casework (report_id) WHERE kind = 'erasure';
COMMENT ON TABLE casework IS 'Versions of what staff write about a report. A row is shown or acted upon only if its signature holds.';
COMMENT ON COLUMN casework.kind IS 'case: the report''s own sealed fields; note; assessment; item; entity: a thing confirmed from its text; message-unlock; erasure; item-decision and message-decision: approval or refusal of that version.';
COMMENT ON COLUMN casework.id IS 'The thing: for case, assessment and unlock the report''s id, for a decision the item''s or message''s.';
COMMENT ON COLUMN casework.version IS 'From 1; for a decision the version decided.';
COMMENT ON COLUMN casework.report_id IS 'The report.';
COMMENT ON COLUMN casework.author IS 'The person who wrote this version.';
COMMENT ON COLUMN casework.written_at IS 'When: staff acts have times.';
COMMENT ON COLUMN casework.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN casework.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN casework.body IS 'The sealed content.';
COMMENT ON COLUMN casework.signature IS 'Ed25519 of the keyring''s sign key over kind, id, report, version, author and ciphertext.';
COMMENT ON COLUMN casework.likeness IS 'Of an item: HMAC-SHA-256 over the letters and digits of its text, under a key that follows from the report''s data key and is gone with it. Tells which versions say the same.';
GRANT SELECT, INSERT, DELETE ON casework TO sotto_triage;
GRANT UPDATE (batch_id, wrapped_key) ON casework TO sotto_triage;

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
