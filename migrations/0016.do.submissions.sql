-- What partners and providers share in. A submission becomes a report of its own, with a mailbox of its own, outside the
-- box: whoever submits is logged in. The service keeps the mailbox's receipt for them, sealed, so that questions and answers
-- go the way of every reporter's; and, sealed apart from that and from the report, who submitted it.
--
-- It tells which agency submitted which report, and on which day. Which of its people did is behind a MAC, whose key is in no
-- database; what was told, who told and where it came from is sealed. Nothing here has a finer time than the day. A partner
-- sees the rows that they made, and those of their agency that are shared, and in them no report.

ALTER TABLE agencies ADD COLUMN kind text NOT NULL DEFAULT 'agency' CHECK (kind IN ('agency', 'provider'));
COMMENT ON COLUMN agencies.kind IS 'provider: it shares in what it learns, and nothing is sent to it.';
GRANT SELECT (slug, kind) ON agencies TO sotto_partner;

ALTER TABLE reports ADD COLUMN origin text NOT NULL DEFAULT 'public' CHECK (origin IN ('public', 'partner'));
ALTER TABLE reports ADD COLUMN origin_agency text CHECK ((origin = 'partner') = (origin_agency IS NOT NULL));
COMMENT ON COLUMN reports.origin IS 'public: from a reporter; partner: an agency submitted it.';
COMMENT ON COLUMN reports.origin_agency IS 'The agency that submitted it; null where none did.';
-- Those of partners are few, and are found by this; all others by the indexes that the list has.
CREATE INDEX reports_of_partners ON reports (priority, received_on, id) WHERE NOT restricted AND origin = 'partner';

CREATE OR REPLACE VIEW listed_reports AS
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
         restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
         batch_id, wrapped_key, body, pending, loosened_on, named, origin, origin_agency
    FROM (
      SELECT b.id, b.received_on, b.category, b.priority, 'received'::text AS status, b.lead_agency, b.support_agencies,
             '{}'::text[] AS conflict_of_interest, b.restricted, '{}'::uuid[] AS restricted_to,
             false AS legal_hold, false AS chis_review, false AS suspected_malicious,
             NULL::uuid AS assignee, CASE WHEN b.priority = 3 THEN b.received_on END AS attention_by,
             'unassessed'::text AS review_group, 1 AS version, b.batch_id, b.wrapped_key, b.body,
             false AS pending, NULL::date AS loosened_on, (SELECT people_named_from_start()) AS named,
             'public'::text AS origin, NULL::text AS origin_agency,
             coalesce((SELECT true FROM reports m WHERE m.id = b.id),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reports b
      UNION ALL
      SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
             restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
             batch_id, wrapped_key, body, pending, loosened_on, restricted_to, origin, origin_agency, false
        FROM reports) every
   WHERE NOT set_aside;

CREATE TABLE submissions (
  id                    uuid PRIMARY KEY,
  report_id             uuid NOT NULL UNIQUE REFERENCES reports (id),
  agency                text NOT NULL,
  owner                 text NOT NULL CHECK (owner ~ '^[0-9a-f]{64}$'),
  shared                boolean NOT NULL,
  submitted_on          date NOT NULL,
  ended                 boolean NOT NULL DEFAULT false,
  batch_id              uuid NOT NULL,
  wrapped_key           bytea NOT NULL,
  body                  bytea NOT NULL,
  signature             bytea NOT NULL CHECK (octet_length(signature) = 64),
  submitter_batch_id    uuid NOT NULL,
  submitter_wrapped_key bytea NOT NULL,
  submitter             bytea NOT NULL
);
ALTER TABLE submissions ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE submissions ALTER COLUMN submitter SET STORAGE EXTERNAL;
CREATE INDEX submissions_agency ON submissions (agency, submitted_on, id);
CREATE INDEX submissions_batch ON submissions (batch_id);
-- On the full hour staff are told that something came: what came today or the day before is looked at.
CREATE INDEX submissions_day ON submissions (submitted_on);
COMMENT ON TABLE submissions IS 'What partners and providers shared in: which report each became, and whose it is.';
COMMENT ON COLUMN submissions.id IS 'Random UUID v4: what its agency knows it by.';
COMMENT ON COLUMN submissions.report_id IS 'The report that it became; the partner role cannot read this column.';
COMMENT ON COLUMN submissions.agency IS 'The agency that submitted it.';
COMMENT ON COLUMN submissions.owner IS 'HMAC under the keyring''s token key over who submitted it: finds a person''s own, and names nobody.';
COMMENT ON COLUMN submissions.shared IS 'Whether others of the agency see it.';
COMMENT ON COLUMN submissions.submitted_on IS 'UTC day. No finer time exists.';
COMMENT ON COLUMN submissions.ended IS 'True where it was withdrawn and something kept the report: to its agency it is gone.';
COMMENT ON COLUMN submissions.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN submissions.wrapped_key IS 'Its data key.';
COMMENT ON COLUMN submissions.body IS 'Sealed: the report''s id and category, the receipt of its mailbox, a hash of who submitted it.';
COMMENT ON COLUMN submissions.signature IS 'Ed25519 of the keyring''s sign key over id, agency, owner, shared and the body.';
COMMENT ON COLUMN submissions.submitter_batch_id IS 'A batch of its own.';
COMMENT ON COLUMN submissions.submitter_wrapped_key IS 'Data key of who submitted it.';
COMMENT ON COLUMN submissions.submitter IS 'Sealed: name, role and contact of who submitted it, and on which basis. Opened with a reason, which is recorded.';
ALTER TABLE submissions ENABLE ROW LEVEL SECURITY;
CREATE POLICY triage_all ON submissions TO sotto_triage USING (true) WITH CHECK (true);
CREATE POLICY partner_own ON submissions TO sotto_partner
  USING (NOT ended AND agency = current_setting('sotto.agency', true)
         AND (shared OR owner = ANY (string_to_array(current_setting('sotto.owner', true), ','))));
GRANT SELECT, INSERT, UPDATE, DELETE ON submissions TO sotto_triage;
GRANT SELECT (id, agency, owner, shared, submitted_on, ended, batch_id, wrapped_key, body, signature) ON submissions TO sotto_partner;

-- Sealed to the organisation; who may see the row may read it through the service.
CREATE VIEW own_submission_batch_keys AS
  SELECT k.batch_id, k.kid, k.enc, k.ciphertext FROM batch_keys k
   WHERE EXISTS (SELECT FROM submissions s
                  WHERE s.batch_id = k.batch_id AND NOT s.ended AND s.agency = current_setting('sotto.agency', true)
                    AND (s.shared OR s.owner = ANY (string_to_array(current_setting('sotto.owner', true), ','))));
COMMENT ON VIEW own_submission_batch_keys IS 'Batch keys of the submissions that the partner may see.';
GRANT SELECT ON own_submission_batch_keys TO sotto_partner;

-- A partner uses the mailbox of a submission as a reporter uses theirs: by what only its receipt leads to.
GRANT EXECUTE ON FUNCTION day_now, open_mailbox, mailbox_messages, mailbox_attachments, mailbox_fill, put_message,
  put_attachment, end_mailbox TO sotto_partner;

SELECT keep_durable();
