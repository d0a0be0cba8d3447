-- What staff write about a report: one shape for all of it, each version kept, sealed and signed.

CREATE TABLE casework (
  kind        text NOT NULL CHECK (kind IN ('case', 'note', 'assessment', 'item', 'item-decision')),
  id          uuid NOT NULL,
  version     integer NOT NULL CHECK (version > 0),
  report_id   uuid NOT NULL REFERENCES reports (id),
  author      uuid NOT NULL,
  written_at  timestamptz NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  PRIMARY KEY (kind, id, version)
);
CREATE INDEX casework_report ON casework (report_id, kind, written_at, id);
ALTER TABLE casework ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE casework IS 'Versions of what staff write about a report. A row is shown or acted upon only if its signature holds.';
COMMENT ON COLUMN casework.kind IS 'case: the report''s own sealed fields; note; assessment; item; item-decision: approval or refusal of that version of an item.';
COMMENT ON COLUMN casework.id IS 'The thing: for case and assessment the report''s id, for a decision the item''s.';
COMMENT ON COLUMN casework.version IS 'From 1; for a decision the version decided.';
COMMENT ON COLUMN casework.report_id IS 'The report.';
COMMENT ON COLUMN casework.author IS 'The person who wrote this version.';
COMMENT ON COLUMN casework.written_at IS 'When: staff acts have times.';
COMMENT ON COLUMN casework.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN casework.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN casework.body IS 'The sealed content.';
COMMENT ON COLUMN casework.signature IS 'Ed25519 of the keyring''s sign key over kind, id, report, version, author and ciphertext.';

GRANT SELECT, INSERT, DELETE ON casework TO sotto_triage;
