-- What goes to other agencies, and what comes back. sotto_partner acts for one agency at a time: it must name it in the
-- setting sotto.agency, and row security shows it that agency's products alone, never the report behind them.
--
-- It tells which report led to a product for which agency, when, by whom, whether it was urgent, and what came of it as a
-- kind and a day. What was passed on, the reasons and the details of outcomes are sealed; a product's batch key is sealed
-- to the agency too.

CREATE TABLE agencies (
  slug    text PRIMARY KEY CHECK (slug ~ '^[a-z][a-z0-9-]{0,63}$'),
  name    text NOT NULL,
  retired boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE agencies IS 'Organisations that products can go to.';
COMMENT ON COLUMN agencies.slug IS 'Stable name.';
COMMENT ON COLUMN agencies.name IS 'Name to show.';
COMMENT ON COLUMN agencies.retired IS 'True: nothing new goes there.';
GRANT SELECT, INSERT, UPDATE, DELETE ON agencies TO sotto_triage;
GRANT SELECT ON agencies TO sotto_definer;

-- Some proposals go to an agency only where the deployment has it: intake must be told which it has, and no more.
CREATE FUNCTION agencies_configured_now()
  RETURNS TABLE (slug text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT a.slug FROM public.agencies a WHERE NOT a.retired ORDER BY a.slug LIMIT 1000
  $$;
COMMENT ON FUNCTION agencies_configured_now IS 'Slugs of the agencies that reports may be proposed to.';
ALTER FUNCTION agencies_configured_now OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION agencies_configured_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agencies_configured_now TO sotto_intake;

CREATE TABLE agency_keys (
  kid        text PRIMARY KEY,
  agency     text NOT NULL REFERENCES agencies (slug),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  held_by    text NOT NULL CHECK (held_by IN ('service', 'agency')),
  status     text NOT NULL CHECK (status IN ('active', 'retired')),
  added_on   date NOT NULL,
  author     text NOT NULL,
  signature  bytea NOT NULL CHECK (octet_length(signature) = 64)
);
CREATE INDEX agency_keys_agency ON agency_keys (agency, added_on);
COMMENT ON TABLE agency_keys IS 'Keys that products are sealed to. One that was written into the database is refused: it is not signed.';
COMMENT ON COLUMN agency_keys.kid IS 'Key id.';
COMMENT ON COLUMN agency_keys.agency IS 'Whose key.';
COMMENT ON COLUMN agency_keys.public_key IS 'Raw X25519 public key.';
COMMENT ON COLUMN agency_keys.held_by IS 'Who has the private half: the service''s keyring, or the agency alone.';
COMMENT ON COLUMN agency_keys.status IS 'active: sealed to; retired: kept for its history.';
COMMENT ON COLUMN agency_keys.added_on IS 'UTC day.';
COMMENT ON COLUMN agency_keys.author IS 'Who added it.';
COMMENT ON COLUMN agency_keys.signature IS 'Ed25519 of the keyring''s sign key over kid, agency, holder and key.';
GRANT SELECT, INSERT, UPDATE, DELETE ON agency_keys TO sotto_triage;

CREATE TABLE disseminations (
  id                 uuid PRIMARY KEY,
  report_id          uuid NOT NULL REFERENCES reports (id),
  agency             text NOT NULL REFERENCES agencies (slug),
  status             text NOT NULL CHECK (status IN ('sent', 'acknowledged', 'answered', 'recalled')),
  sent_at            timestamptz NOT NULL,
  due                date,
  expires_on         date,
  urgent             boolean NOT NULL,
  review_by          timestamptz,
  reviewed           boolean NOT NULL DEFAULT false,
  tell_reporter      boolean NOT NULL,
  author             uuid NOT NULL,
  batch_id           uuid NOT NULL,
  wrapped_key        bytea NOT NULL,
  body               bytea NOT NULL,
  signature          bytea NOT NULL CHECK (octet_length(signature) = 64),
  record_batch_id    uuid NOT NULL,
  record_wrapped_key bytea NOT NULL,
  record             bytea NOT NULL
);
ALTER TABLE disseminations ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE disseminations ALTER COLUMN record SET STORAGE EXTERNAL;
CREATE INDEX disseminations_report ON disseminations (report_id, sent_at, id);
CREATE INDEX disseminations_agency ON disseminations (agency, sent_at, id);
CREATE INDEX disseminations_unreviewed ON disseminations (review_by) WHERE review_by IS NOT NULL AND NOT reviewed;
COMMENT ON TABLE disseminations IS 'Products that went to an agency.';
COMMENT ON COLUMN disseminations.id IS 'Random UUID v4.';
COMMENT ON COLUMN disseminations.report_id IS 'The report behind it; the partner role cannot read this column.';
COMMENT ON COLUMN disseminations.agency IS 'To whom.';
COMMENT ON COLUMN disseminations.status IS 'sent, acknowledged, answered; recalled ends the agency''s access.';
COMMENT ON COLUMN disseminations.sent_at IS 'When.';
COMMENT ON COLUMN disseminations.due IS 'Day by which an answer is wanted.';
COMMENT ON COLUMN disseminations.expires_on IS 'Last day of the agency''s access, by the handling conditions.';
COMMENT ON COLUMN disseminations.urgent IS 'Sent before approval, to law enforcement or safeguarding.';
COMMENT ON COLUMN disseminations.review_by IS 'When somebody else must have reviewed an urgent one.';
COMMENT ON COLUMN disseminations.reviewed IS 'Whether they have.';
COMMENT ON COLUMN disseminations.tell_reporter IS 'Whether the reporter''s status may become shared.';
COMMENT ON COLUMN disseminations.author IS 'Who sent it.';
COMMENT ON COLUMN disseminations.batch_id IS 'Batch of the product, sealed to organisation and agency.';
COMMENT ON COLUMN disseminations.wrapped_key IS 'The product''s data key.';
COMMENT ON COLUMN disseminations.body IS 'The sealed product.';
COMMENT ON COLUMN disseminations.signature IS 'Ed25519 of the keyring''s sign key.';
COMMENT ON COLUMN disseminations.record_batch_id IS 'Batch of the record, sealed to the organisation alone.';
COMMENT ON COLUMN disseminations.record_wrapped_key IS 'The record''s data key.';
COMMENT ON COLUMN disseminations.record IS 'Sealed: necessity, proportionality, which items, the salt of the hashes.';
ALTER TABLE disseminations ENABLE ROW LEVEL SECURITY;
CREATE POLICY triage_all ON disseminations TO sotto_triage USING (true) WITH CHECK (true);
CREATE POLICY partner_own ON disseminations TO sotto_partner
  USING (agency = current_setting('sotto.agency', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON disseminations TO sotto_triage;
GRANT SELECT (id, agency, status, sent_at, due, expires_on, author, batch_id, wrapped_key, body, signature), UPDATE
  (status) ON disseminations TO sotto_partner;

CREATE TABLE agency_batch_keys (
  batch_id   uuid NOT NULL,
  kid        text NOT NULL REFERENCES agency_keys (kid),
  agency     text NOT NULL,
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, kid)
);
COMMENT ON TABLE agency_batch_keys IS 'Batch keys of products, sealed to an agency''s key.';
COMMENT ON COLUMN agency_batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN agency_batch_keys.kid IS 'Key it is sealed to.';
COMMENT ON COLUMN agency_batch_keys.agency IS 'Whose key: what row security goes by.';
COMMENT ON COLUMN agency_batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN agency_batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';
ALTER TABLE agency_batch_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY triage_all ON agency_batch_keys TO sotto_triage USING (true) WITH CHECK (true);
CREATE POLICY partner_own ON agency_batch_keys TO sotto_partner
  USING (agency = current_setting('sotto.agency', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON agency_batch_keys TO sotto_triage;
GRANT SELECT ON agency_batch_keys TO sotto_partner;

CREATE TABLE outcomes (
  id               uuid PRIMARY KEY,
  report_id        uuid REFERENCES reports (id),
  dissemination_id uuid REFERENCES disseminations (id),
  agency           text,
  type             text NOT NULL,
  happened_on      date NOT NULL,
  disruption       text CHECK (disruption IN ('major', 'moderate', 'minor', 'none')),
  four_p           text CHECK (four_p IN ('pursue', 'prevent', 'protect', 'prepare')),
  recorded_at      timestamptz NOT NULL,
  author           uuid NOT NULL,
  batch_id         uuid NOT NULL,
  wrapped_key      bytea NOT NULL,
  body             bytea NOT NULL,
  signature        bytea NOT NULL CHECK (octet_length(signature) = 64),
  CHECK ((report_id IS NULL) <> (dissemination_id IS NULL))
);
CREATE INDEX outcomes_report ON outcomes (report_id, recorded_at, id);
CREATE INDEX outcomes_dissemination ON outcomes (dissemination_id, recorded_at, id);
CREATE INDEX outcomes_batch ON outcomes (batch_id);
COMMENT ON TABLE outcomes IS 'What came of a report: what staff record, and what an agency answers to a product.';
COMMENT ON COLUMN outcomes.id IS 'Random UUID v4.';
COMMENT ON COLUMN outcomes.report_id IS 'The report, where staff recorded it.';
COMMENT ON COLUMN outcomes.dissemination_id IS 'The product, where the agency answered.';
COMMENT ON COLUMN outcomes.agency IS 'Who did it, where known.';
COMMENT ON COLUMN outcomes.type IS 'Outcome or power used.';
COMMENT ON COLUMN outcomes.happened_on IS 'Day.';
COMMENT ON COLUMN outcomes.disruption IS 'How much it disrupted.';
COMMENT ON COLUMN outcomes.four_p IS 'Pursue, prevent, protect or prepare.';
COMMENT ON COLUMN outcomes.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN outcomes.author IS 'Who recorded it.';
COMMENT ON COLUMN outcomes.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN outcomes.wrapped_key IS 'Its data key.';
COMMENT ON COLUMN outcomes.body IS 'Sealed: detail, quantity, value, OCG reference.';
COMMENT ON COLUMN outcomes.signature IS 'Ed25519 of the keyring''s sign key.';
ALTER TABLE outcomes ENABLE ROW LEVEL SECURITY;
CREATE POLICY triage_all ON outcomes TO sotto_triage USING (true) WITH CHECK (true);
CREATE POLICY partner_own ON outcomes TO sotto_partner
  USING (agency = current_setting('sotto.agency', true) AND dissemination_id IS NOT NULL)
  WITH CHECK (agency = current_setting('sotto.agency', true) AND dissemination_id IS NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON outcomes TO sotto_triage;
GRANT INSERT ON outcomes TO sotto_partner;
GRANT SELECT (id, dissemination_id, agency, type, happened_on, disruption, four_p, recorded_at, author, batch_id,
  wrapped_key, body, signature) ON outcomes TO sotto_partner;

-- A partner's answers are sealed to the organisation; its own it may read back, through the service.
CREATE VIEW own_outcome_batch_keys AS
  SELECT k.batch_id, k.kid, k.enc, k.ciphertext FROM batch_keys k
   WHERE EXISTS (SELECT FROM outcomes o
                  WHERE o.batch_id = k.batch_id AND o.dissemination_id IS NOT NULL
                    AND o.agency = current_setting('sotto.agency', true));
COMMENT ON VIEW own_outcome_batch_keys IS 'Batch keys of what the agency itself answered.';
GRANT SELECT ON own_outcome_batch_keys TO sotto_partner;

SELECT keep_durable();
