-- What reading the audit trail needs, and the daily record of what reporters did.

-- A thing is what a target begins with: its first two parts, such as report/<id>, staff/<id>, collection/<day>; of a
-- denial, whose target is a method and a path, it is the whole.
CREATE INDEX audit_records_thing ON audit_records (
  (CASE WHEN target LIKE '% %' THEN target ELSE split_part(target, '/', 1) || '/' || split_part(target, '/', 2) END),
  seq);
CREATE INDEX audit_records_action ON audit_records (action, seq);
CREATE INDEX audit_records_role ON audit_records (role, seq);
CREATE INDEX audit_records_at ON audit_records (at, seq);
DROP INDEX audit_records_target;

-- Whatever instance rolls a day up, and however often: there is one record of it.
CREATE UNIQUE INDEX audit_records_collection ON audit_records (split_part(target, '/', 2))
  WHERE action = 'collection';

COMMENT ON COLUMN audit_records.actor IS 'Id of the person, public-intake for the daily roll-up, operator for who works at the command line.';
COMMENT ON COLUMN audit_records.hash IS 'SHA-256 over the previous hash and this record as canonical JSON; the sealed reason is in it as a hash over its id, keys and ciphertext.';

-- A day's messages and images are counted when it has ended.
CREATE INDEX reporter_messages_day ON reporter_messages (sent_on, id);
CREATE INDEX attachments_day ON attachments (received_on, id);
