-- Reports, from the slot they are put into to the table that staff work on.
--
-- The box: tables named box_* take what reporters send, each in two partitions by parity of the day
-- (UTC days since 2000-01-01, mod 2). Intake can only put in; triage empties it. No foreign key joins
-- two box tables, so that one partition can be truncated while the other takes inserts.
-- Sealed columns: body is format version | nonce | AES-256-GCM ciphertext of the padded JSON | tag;
-- wrapped_key is the body's data key under the batch key; batch keys are sealed by HPKE to a kid.

CREATE TABLE accepted_keys (
  kid        text PRIMARY KEY,
  kem        integer NOT NULL,
  kdf        integer NOT NULL,
  aead       integer NOT NULL,
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  status     text NOT NULL CHECK (status IN ('pending', 'active', 'expired')),
  not_before date NOT NULL,
  not_after  date NOT NULL
);
COMMENT ON TABLE accepted_keys IS 'Organisation keys that reports may be sealed to. Triage registers them from its keyring; a batch that names another kid is refused.';
COMMENT ON COLUMN accepted_keys.kid IS 'Key id; decides the suite.';
COMMENT ON COLUMN accepted_keys.kem IS 'RFC 9180 KEM id.';
COMMENT ON COLUMN accepted_keys.kdf IS 'RFC 9180 KDF id.';
COMMENT ON COLUMN accepted_keys.aead IS 'RFC 9180 AEAD id.';
COMMENT ON COLUMN accepted_keys.public_key IS 'Raw X25519 public key.';
COMMENT ON COLUMN accepted_keys.status IS 'pending: known, not used yet; active: seals; expired: opens, and still seals for 14 days.';
COMMENT ON COLUMN accepted_keys.not_before IS 'First day of its period.';
COMMENT ON COLUMN accepted_keys.not_after IS 'Last day of its period.';

CREATE TABLE box_batch_keys (
  parity     smallint NOT NULL CHECK (parity IN (0, 1)),
  batch_id   uuid NOT NULL,
  kid        text NOT NULL REFERENCES accepted_keys (kid),
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, kid, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_batch_keys_even PARTITION OF box_batch_keys FOR VALUES IN (0);
CREATE TABLE box_batch_keys_odd PARTITION OF box_batch_keys FOR VALUES IN (1);
COMMENT ON TABLE box_batch_keys IS 'One commit''s batch key, sealed once for each organisation key.';
COMMENT ON COLUMN box_batch_keys.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN box_batch_keys.kid IS 'Organisation key it is sealed to.';
COMMENT ON COLUMN box_batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN box_batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';

CREATE TABLE batch_keys (
  batch_id   uuid NOT NULL,
  kid        text NOT NULL REFERENCES accepted_keys (kid),
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, kid)
);
CREATE INDEX batch_keys_kid ON batch_keys (kid);
COMMENT ON TABLE batch_keys IS 'Batch keys made by triage: for what has left the box, and for what staff write.';
COMMENT ON COLUMN batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN batch_keys.kid IS 'Organisation key it is sealed to.';
COMMENT ON COLUMN batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';

CREATE TABLE box_reports (
  parity           smallint NOT NULL CHECK (parity IN (0, 1)),
  id               uuid NOT NULL,
  received_on      date NOT NULL,
  category         text NOT NULL,
  priority         smallint NOT NULL CHECK (priority BETWEEN 1 AND 3),
  lead_agency      text NOT NULL,
  support_agencies text[] NOT NULL,
  restricted       boolean NOT NULL,
  batch_id         uuid NOT NULL,
  wrapped_key      bytea NOT NULL,
  body             bytea NOT NULL,
  PRIMARY KEY (id, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_reports_even PARTITION OF box_reports FOR VALUES IN (0);
CREATE TABLE box_reports_odd PARTITION OF box_reports FOR VALUES IN (1);
CREATE INDEX box_reports_by_priority ON box_reports (priority, received_on, id);
COMMENT ON TABLE box_reports IS 'Reports that nobody on the staff has acted on yet, until the daily mixing.';
COMMENT ON COLUMN box_reports.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_reports.id IS 'Random UUID v4: no order, no clock.';
COMMENT ON COLUMN box_reports.received_on IS 'UTC day of arrival. No finer time exists.';
COMMENT ON COLUMN box_reports.category IS 'Category slug.';
COMMENT ON COLUMN box_reports.priority IS 'Proposed priority: 3 high, 2 medium, 1 low.';
COMMENT ON COLUMN box_reports.lead_agency IS 'Proposed lead agency.';
COMMENT ON COLUMN box_reports.support_agencies IS 'Proposed supporting agencies.';
COMMENT ON COLUMN box_reports.restricted IS 'True where only named people may see it.';
COMMENT ON COLUMN box_reports.batch_id IS 'The batch whose key wraps its data key.';
COMMENT ON COLUMN box_reports.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN box_reports.body IS 'The sealed report.';

CREATE TABLE reports (
  id                   uuid PRIMARY KEY,
  received_on          date NOT NULL,
  category             text NOT NULL,
  priority             smallint NOT NULL CHECK (priority BETWEEN 1 AND 3),
  status               text NOT NULL DEFAULT 'received' CHECK (status IN (
    'received', 'screening', 'sanitising', 'graded', 'development', 'awaiting-clarification',
    'approved', 'disseminated', 'outcome-pending', 'closed')),
  lead_agency          text NOT NULL,
  support_agencies     text[] NOT NULL,
  conflict_of_interest text[] NOT NULL DEFAULT '{}',
  restricted           boolean NOT NULL DEFAULT false,
  restricted_to        uuid[] NOT NULL DEFAULT '{}',
  legal_hold           boolean NOT NULL DEFAULT false,
  chis_review          boolean NOT NULL DEFAULT false,
  suspected_malicious  boolean NOT NULL DEFAULT false,
  assignee             uuid,
  attention_by         date,
  review_group         text NOT NULL DEFAULT 'unassessed' CHECK (review_group IN ('1', '2', '3', '4', 'unassessed')),
  version              integer NOT NULL DEFAULT 1,
  batch_id             uuid NOT NULL,
  wrapped_key          bytea NOT NULL,
  body                 bytea NOT NULL
);
-- One for each filter of the list: with the column one value, rows come in order of priority; with the priority one
-- value too, in order of day. The box holds a day's reports, too few to need more than the first.
CREATE INDEX reports_by_priority ON reports (priority, received_on, id);
CREATE INDEX reports_by_status ON reports (status, priority, received_on, id);
CREATE INDEX reports_by_category ON reports (category, priority, received_on, id);
CREATE INDEX reports_by_agency ON reports (lead_agency, priority, received_on, id);
CREATE INDEX reports_by_assignee
  ON reports (coalesce(assignee, '00000000-0000-0000-0000-000000000000'), priority, received_on, id);
CREATE INDEX reports_batch ON reports (batch_id);
COMMENT ON TABLE reports IS 'Reports that have left the box: staff have acted on them, or their day was mixed.';
COMMENT ON COLUMN reports.id IS 'Random UUID v4: no order, no clock.';
COMMENT ON COLUMN reports.received_on IS 'UTC day of arrival. No finer time exists.';
COMMENT ON COLUMN reports.category IS 'Category slug.';
COMMENT ON COLUMN reports.priority IS '3 high, 2 medium, 1 low.';
COMMENT ON COLUMN reports.status IS 'Where it stands in its life.';
COMMENT ON COLUMN reports.lead_agency IS 'Lead agency slug.';
COMMENT ON COLUMN reports.support_agencies IS 'Supporting agencies'' slugs.';
COMMENT ON COLUMN reports.conflict_of_interest IS 'Agencies that may not know of the report at all.';
COMMENT ON COLUMN reports.restricted IS 'True where only named people may see it.';
COMMENT ON COLUMN reports.restricted_to IS 'Those people.';
COMMENT ON COLUMN reports.legal_hold IS 'Overrides purge.';
COMMENT ON COLUMN reports.chis_review IS 'Sending to the reporter is locked.';
COMMENT ON COLUMN reports.suspected_malicious IS 'A supervisor''s decision, with reasons.';
COMMENT ON COLUMN reports.assignee IS 'The person who works on it.';
COMMENT ON COLUMN reports.attention_by IS 'Day by which it wants attention.';
COMMENT ON COLUMN reports.review_group IS 'Retention group.';
COMMENT ON COLUMN reports.version IS 'Moves with each change of the report''s own fields.';
COMMENT ON COLUMN reports.batch_id IS 'The batch whose key wraps its data key.';
COMMENT ON COLUMN reports.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN reports.body IS 'The sealed report, as it came.';

-- What staff see: box and main table as one list, with the same index on each side.
CREATE VIEW listed_reports AS
  SELECT id, received_on, category, priority, 'received'::text AS status, lead_agency, support_agencies,
         '{}'::text[] AS conflict_of_interest, restricted, '{}'::uuid[] AS restricted_to,
         false AS legal_hold, false AS chis_review, false AS suspected_malicious,
         NULL::uuid AS assignee, CASE WHEN priority = 3 THEN received_on END AS attention_by,
         'unassessed'::text AS review_group, 1 AS version, batch_id, wrapped_key, body
    FROM box_reports
  UNION ALL
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies,
         conflict_of_interest, restricted, restricted_to,
         legal_hold, chis_review, suspected_malicious,
         assignee, attention_by,
         review_group, version, batch_id, wrapped_key, body
    FROM reports;
COMMENT ON VIEW listed_reports IS 'Every report, in the box or out of it.';

CREATE VIEW listed_batch_keys AS
  SELECT batch_id, kid, enc, ciphertext FROM box_batch_keys
  UNION ALL
  SELECT batch_id, kid, enc, ciphertext FROM batch_keys;
COMMENT ON VIEW listed_batch_keys IS 'Every batch key sealed to an organisation key.';

CREATE TABLE box_mailboxes (
  parity              smallint NOT NULL CHECK (parity IN (0, 1)),
  lookup_id           bytea NOT NULL CHECK (octet_length(lookup_id) = 32),
  id                  uuid NOT NULL,
  report_id           uuid NOT NULL,
  opened_on           date NOT NULL,
  sealing_key         bytea NOT NULL CHECK (octet_length(sealing_key) = 32),
  signing_key         bytea NOT NULL CHECK (octet_length(signing_key) = 32),
  attachments_allowed boolean NOT NULL,
  PRIMARY KEY (lookup_id, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_mailboxes_even PARTITION OF box_mailboxes FOR VALUES IN (0);
CREATE TABLE box_mailboxes_odd PARTITION OF box_mailboxes FOR VALUES IN (1);
CREATE INDEX box_mailboxes_report ON box_mailboxes (report_id);
COMMENT ON TABLE box_mailboxes IS 'Mailboxes opened since the last mixing. What finds or opens one is derived from the receipt, and nothing here leads back to it.';
COMMENT ON COLUMN box_mailboxes.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_mailboxes.lookup_id IS 'Derived from the receipt by HKDF; finds the mailbox.';
COMMENT ON COLUMN box_mailboxes.id IS 'Random UUID v4; also inside the sealed report.';
COMMENT ON COLUMN box_mailboxes.report_id IS 'The report; the API never says which.';
COMMENT ON COLUMN box_mailboxes.opened_on IS 'UTC day.';
COMMENT ON COLUMN box_mailboxes.sealing_key IS 'X25519 public key: messages to the reporter are sealed to it.';
COMMENT ON COLUMN box_mailboxes.signing_key IS 'Ed25519 public key: what the reporter adds is signed with its other half.';
COMMENT ON COLUMN box_mailboxes.attachments_allowed IS 'What intake must tell without reading the report.';

CREATE TABLE mailboxes (
  lookup_id           bytea PRIMARY KEY CHECK (octet_length(lookup_id) = 32),
  id                  uuid NOT NULL UNIQUE,
  report_id           uuid NOT NULL,
  opened_on           date NOT NULL,
  sealing_key         bytea NOT NULL CHECK (octet_length(sealing_key) = 32),
  signing_key         bytea NOT NULL CHECK (octet_length(signing_key) = 32),
  attachments_allowed boolean NOT NULL,
  status              text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'reviewed', 'shared', 'closed'))
);
CREATE INDEX mailboxes_report ON mailboxes (report_id);
COMMENT ON TABLE mailboxes IS 'Mailboxes of reports that have left the box.';
COMMENT ON COLUMN mailboxes.lookup_id IS 'Derived from the receipt by HKDF; finds the mailbox.';
COMMENT ON COLUMN mailboxes.id IS 'Random UUID v4; also inside the sealed report.';
COMMENT ON COLUMN mailboxes.report_id IS 'The report; the API never says which.';
COMMENT ON COLUMN mailboxes.opened_on IS 'UTC day.';
COMMENT ON COLUMN mailboxes.sealing_key IS 'X25519 public key: messages to the reporter are sealed to it.';
COMMENT ON COLUMN mailboxes.signing_key IS 'Ed25519 public key: what the reporter adds is signed with its other half.';
COMMENT ON COLUMN mailboxes.attachments_allowed IS 'What intake must tell without reading the report.';
COMMENT ON COLUMN mailboxes.status IS 'The coarse status that the reporter sees.';

-- Intake: INSERT into the box, SELECT nowhere.
GRANT INSERT ON box_batch_keys, box_reports, box_mailboxes TO sotto_intake;

GRANT SELECT ON listed_reports, listed_batch_keys TO sotto_triage;
GRANT SELECT, DELETE, TRUNCATE ON
  box_batch_keys, box_batch_keys_even, box_batch_keys_odd,
  box_reports, box_reports_even, box_reports_odd,
  box_mailboxes, box_mailboxes_even, box_mailboxes_odd TO sotto_triage;
GRANT SELECT, INSERT, UPDATE, DELETE ON accepted_keys, batch_keys, reports, mailboxes TO sotto_triage;

-- The one thing intake must be told: which keys it may seal to.
CREATE FUNCTION keys_accepted_now()
  RETURNS TABLE (kid text, kem integer, kdf integer, aead integer, public_key bytea, status text, not_before date, not_after date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT k.kid, k.kem, k.kdf, k.aead, k.public_key, k.status, k.not_before, k.not_after
      FROM public.accepted_keys k ORDER BY k.not_before DESC, k.kid LIMIT 100
  $$;
COMMENT ON FUNCTION keys_accepted_now() IS 'The organisation keys that reports may be sealed to.';
GRANT SELECT ON accepted_keys TO sotto_definer;
ALTER FUNCTION keys_accepted_now() OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION keys_accepted_now() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keys_accepted_now() TO sotto_intake, sotto_triage;
