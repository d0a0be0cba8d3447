-- The record of what staff did: append-only, each record chained to the one before.

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
CREATE INDEX audit_records_target ON audit_records (target, seq);
CREATE INDEX audit_records_actor ON audit_records (actor, seq);
COMMENT ON TABLE audit_records IS 'Logging duty (DPA 2018 s.62): one row an act, in the transaction of the act, as its last statement.';
COMMENT ON COLUMN audit_records.seq IS 'Without gaps, from 1.';
COMMENT ON COLUMN audit_records.at IS 'When, by the clock of the instance, to the millisecond. Staff acts only.';
COMMENT ON COLUMN audit_records.actor IS 'Id of the person, or public-intake for the daily roll-up.';
COMMENT ON COLUMN audit_records.role IS 'In which role.';
COMMENT ON COLUMN audit_records.action IS 'What kind of act.';
COMMENT ON COLUMN audit_records.target IS 'On what.';
COMMENT ON COLUMN audit_records.recipients IS 'To whom, for a disclosure.';
COMMENT ON COLUMN audit_records.reason_id IS 'Object id that the sealed reason is bound to.';
COMMENT ON COLUMN audit_records.reason_batch_id IS 'Batch whose key wraps the reason''s data key.';
COMMENT ON COLUMN audit_records.reason_wrapped_key IS 'Data key of the reason.';
COMMENT ON COLUMN audit_records.reason_body IS 'The sealed reason, so that erasure reaches it.';
COMMENT ON COLUMN audit_records.hash IS 'SHA-256 over the previous hash and this record as canonical JSON.';

COMMENT ON COLUMN audit_records.report_id IS 'The report that the target names, for its history.';

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE ON audit_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER audit_records_no_truncate BEFORE TRUNCATE ON audit_records
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

GRANT SELECT, INSERT ON audit_records TO sotto_triage;
