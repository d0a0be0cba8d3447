-- The record of what staff did: append-only, each record chained to the one before. Partners' acts are recorded like
-- anyone's, in the transaction of the act.
--
-- It tells everything that the staff did, to the millisecond: that is its purpose. Of reporters it tells one number a
-- UTC day (collection). An act on a report tells that it had come by then. Searches and exports name what lay in the box
-- only once its day is mixed (left_box). Reasons in words are sealed, so that erasure reaches them.

CREATE TABLE audit_records (
  seq                bigint PRIMARY KEY,
  at                 timestamptz NOT NULL,
  actor              text NOT NULL,
  role               text NOT NULL,
  action             text NOT NULL CHECK (action IN (
    'collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'denied', 'administration')),
  target             text NOT NULL,
  recipients         text[] NOT NULL DEFAULT '{}',
  reason_id          uuid,
  reason_batch_id    uuid,
  reason_wrapped_key bytea,
  reason_body        bytea,
  hash               bytea NOT NULL CHECK (octet_length(hash) = 32),
  report_id          uuid GENERATED ALWAYS AS (
    CASE WHEN target ~ '^report/[0-9a-f-]{36}' THEN substring(target FROM 8 FOR 36)::uuid END) STORED
);
CREATE INDEX audit_records_report ON audit_records (report_id, seq) WHERE report_id IS NOT NULL;
CREATE INDEX audit_records_actor ON audit_records (actor, seq);
-- A thing is what a target begins with: its first two parts, such as report/<id>, staff/<id>, collection/<day>; of a
-- denial, whose target is a method and a path, it is the whole.
CREATE INDEX audit_records_thing ON audit_records (
  (CASE WHEN target LIKE '% %' THEN target ELSE split_part(target, '/', 1) || '/' || split_part(target, '/', 2) END),
  seq);
CREATE INDEX audit_records_action ON audit_records (action, seq);
CREATE INDEX audit_records_role ON audit_records (role, seq);
CREATE INDEX audit_records_at ON audit_records (at, seq);
-- Whatever instance rolls a day up, and however often: there is one record of it.
CREATE UNIQUE INDEX audit_records_collection ON audit_records (split_part(target, '/', 2))
  WHERE action = 'collection';
CREATE INDEX audit_records_searches ON audit_records (seq)
  WHERE action = 'consultation' AND (target = 'search' OR target LIKE 'export/%/begin');
COMMENT ON TABLE audit_records IS 'Logging duty (DPA 2018 s.62): one row an act, in the transaction of the act, as its last statement.';
COMMENT ON COLUMN audit_records.seq IS 'Without gaps, from 1.';
COMMENT ON COLUMN audit_records.at IS 'When, by the clock of the instance, to the millisecond. Staff acts only.';
COMMENT ON COLUMN audit_records.actor IS 'Id of the person, public-intake for the daily roll-up, operator for who works at the command line.';
COMMENT ON COLUMN audit_records.role IS 'In which role.';
COMMENT ON COLUMN audit_records.action IS 'What kind of act.';
COMMENT ON COLUMN audit_records.target IS 'On what.';
COMMENT ON COLUMN audit_records.recipients IS 'To whom, for a disclosure.';
COMMENT ON COLUMN audit_records.reason_id IS 'Object id that the sealed reason is bound to.';
COMMENT ON COLUMN audit_records.reason_batch_id IS 'Batch whose key wraps the reason''s data key.';
COMMENT ON COLUMN audit_records.reason_wrapped_key IS 'Data key of the reason.';
COMMENT ON COLUMN audit_records.reason_body IS 'The sealed reason, so that erasure reaches it.';
COMMENT ON COLUMN audit_records.hash IS 'SHA-256 over the previous hash and this record as canonical JSON; the sealed reason is in it as a hash over its id, keys and ciphertext.';
COMMENT ON COLUMN audit_records.report_id IS 'The report that the target names, for its history.';
GRANT SELECT, INSERT ON audit_records TO sotto_triage;
GRANT INSERT ON audit_records TO sotto_partner;
GRANT SELECT (seq, hash) ON audit_records TO sotto_partner;

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE ALL ON FUNCTION refuse_change_of_audit FROM PUBLIC;
CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE ON audit_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER audit_records_no_truncate BEFORE TRUNCATE ON audit_records
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

SELECT keep_durable();
