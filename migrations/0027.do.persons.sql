-- Who is one person with whom, what two people wrote alike, and images that wait to be destroyed.

-- Two people may share a name, once somebody said that they are two.
ALTER TABLE staff DROP CONSTRAINT staff_name_key;
CREATE INDEX staff_name ON staff (name);
ALTER TABLE staff ADD COLUMN distinct_from uuid[] NOT NULL DEFAULT '{}';
COMMENT ON TABLE staff IS 'One row a person. Tokens of one name are one person: the four-eyes rule compares persons, and takes two rows whose names are the same or look alike for one.';
COMMENT ON COLUMN staff.name IS 'Name as the team knows it. Compared by NFKC, without regard to case and to how much white space there is.';
COMMENT ON COLUMN staff.distinct_from IS 'Other people of a like name of whom the operator said that they are somebody else.';

ALTER TABLE casework ADD COLUMN likeness bytea CHECK (octet_length(likeness) = 32);
CREATE INDEX casework_likeness ON casework (report_id, likeness) WHERE likeness IS NOT NULL;
COMMENT ON COLUMN casework.likeness IS 'Of an item: HMAC-SHA-256 over the letters and digits of its text, under a key that follows from the report''s data key and is gone with it. Tells which versions say the same.';

CREATE TABLE image_destructions (
  attachment_id uuid PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
  report_id     uuid NOT NULL,
  asked_by      uuid NOT NULL,
  asked_at      timestamptz NOT NULL,
  signature     bytea NOT NULL
);
COMMENT ON TABLE image_destructions IS 'Images that one supervisor wants destroyed, until another agrees. A row counts only if its signature holds.';
COMMENT ON COLUMN image_destructions.attachment_id IS 'The image; the row goes with it.';
COMMENT ON COLUMN image_destructions.report_id IS 'Its report.';
COMMENT ON COLUMN image_destructions.asked_by IS 'The first supervisor.';
COMMENT ON COLUMN image_destructions.asked_at IS 'When: staff acts have times. It lapses after 14 days.';
COMMENT ON COLUMN image_destructions.signature IS 'Ed25519 of the keyring''s sign key over image, report, person and moment.';

GRANT SELECT, INSERT, DELETE ON image_destructions TO sotto_triage;
