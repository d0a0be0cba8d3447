-- The box: what reporters sent since the last mixing. Intake can only put in, by functions; triage empties it.
-- Sealed columns: body is format version | nonce | AES-256-GCM ciphertext of the padded JSON | tag; wrapped_key is the
-- body's data key under the batch key.
--
-- It tells, until the mixing of the day: how many reports came on which day, each one's category, priority and agencies
-- (what is needed to list it), its padded size, which mailbox belongs to it, and which reports came in one batch. Rows
-- lie on disk in the order in which they came, and their transaction ids are neighbours of others'. For all of this the
-- box is emptied every night and its files are freed. No clock time, address or text of a reporter stands here.

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
  PRIMARY KEY (id, parity),
  -- What is larger than any report is not let in: triage holds in memory what it opens. Texts in the clear have the form
  -- of slugs, since lists show them.
  CONSTRAINT box_reports_body_size CHECK (octet_length(body) <= 4194304 + 64),
  CONSTRAINT box_reports_category_form CHECK (category ~ '^[a-z][a-z0-9-]{0,63}$'),
  CONSTRAINT box_reports_lead_form CHECK (lead_agency ~ '^[a-z][a-z0-9-]{0,63}$'),
  CONSTRAINT box_reports_support_form
    CHECK (array_to_string(support_agencies, ',', '?') ~ '^([a-z][a-z0-9-]{0,63}(,[a-z][a-z0-9-]{0,63}){0,49})?$')
) PARTITION BY LIST (parity);
CREATE TABLE box_reports_even PARTITION OF box_reports FOR VALUES IN (0);
CREATE TABLE box_reports_odd PARTITION OF box_reports FOR VALUES IN (1);
ALTER TABLE box_reports ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX box_reports_by_priority ON box_reports (priority, received_on, id);
-- Lists and the mixing look into the box by these too; a flood must not make them read all of it.
CREATE INDEX box_reports_by_category ON box_reports (category, priority, received_on, id);
CREATE INDEX box_reports_by_agency ON box_reports (lead_agency, priority, received_on, id);
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
GRANT SELECT, DELETE, TRUNCATE ON box_reports, box_reports_even, box_reports_odd TO sotto_triage;
GRANT INSERT ON box_reports TO sotto_definer;

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
CREATE UNIQUE INDEX box_mailboxes_id ON box_mailboxes (id, parity);
CREATE UNIQUE INDEX box_mailboxes_report ON box_mailboxes (report_id, parity);
COMMENT ON TABLE box_mailboxes IS 'Mailboxes opened since the last mixing. What finds or opens one is derived from the receipt, and nothing here leads back to it.';
COMMENT ON COLUMN box_mailboxes.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_mailboxes.lookup_id IS 'Derived from the receipt by HKDF; finds the mailbox.';
COMMENT ON COLUMN box_mailboxes.id IS 'Random UUID v4; also inside the sealed report.';
COMMENT ON COLUMN box_mailboxes.report_id IS 'The report; the API never says which.';
COMMENT ON COLUMN box_mailboxes.opened_on IS 'UTC day.';
COMMENT ON COLUMN box_mailboxes.sealing_key IS 'X25519 public key: messages to the reporter are sealed to it.';
COMMENT ON COLUMN box_mailboxes.signing_key IS 'Ed25519 public key: what the reporter adds is signed with its other half.';
COMMENT ON COLUMN box_mailboxes.attachments_allowed IS 'What intake must tell without reading the report.';
GRANT SELECT, DELETE, TRUNCATE ON box_mailboxes, box_mailboxes_even, box_mailboxes_odd TO sotto_triage;
GRANT SELECT, INSERT, DELETE ON box_mailboxes TO sotto_definer;

CREATE TABLE box_reporter_messages (
  parity      smallint NOT NULL CHECK (parity IN (0, 1)),
  id          uuid NOT NULL,
  report_id   uuid NOT NULL,
  mailbox_id  uuid NOT NULL,
  number      integer NOT NULL CHECK (number > 0),
  sent_on     date NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  PRIMARY KEY (id, parity),
  -- What is larger than any message is not let in: triage holds in memory what it opens.
  CONSTRAINT box_reporter_messages_body_size CHECK (octet_length(body) <= 1048576 + 64)
) PARTITION BY LIST (parity);
CREATE TABLE box_reporter_messages_even PARTITION OF box_reporter_messages FOR VALUES IN (0);
CREATE TABLE box_reporter_messages_odd PARTITION OF box_reporter_messages FOR VALUES IN (1);
ALTER TABLE box_reporter_messages ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX box_reporter_messages_mailbox ON box_reporter_messages (mailbox_id, number);
CREATE INDEX box_reporter_messages_report ON box_reporter_messages (report_id);
COMMENT ON TABLE box_reporter_messages IS 'What reporters added since the last mixing.';
COMMENT ON COLUMN box_reporter_messages.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_reporter_messages.id IS 'Random UUID v4.';
COMMENT ON COLUMN box_reporter_messages.report_id IS 'The report.';
COMMENT ON COLUMN box_reporter_messages.mailbox_id IS 'The mailbox.';
COMMENT ON COLUMN box_reporter_messages.number IS 'Place in the conversation.';
COMMENT ON COLUMN box_reporter_messages.sent_on IS 'UTC day.';
COMMENT ON COLUMN box_reporter_messages.batch_id IS 'A batch of its own, sealed to organisation and mailbox.';
COMMENT ON COLUMN box_reporter_messages.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN box_reporter_messages.body IS 'The sealed text.';
COMMENT ON COLUMN box_reporter_messages.signature IS 'Ed25519 by the receipt''s key.';
GRANT SELECT, DELETE, TRUNCATE ON box_reporter_messages, box_reporter_messages_even, box_reporter_messages_odd TO
  sotto_triage;
GRANT SELECT, INSERT, DELETE ON box_reporter_messages TO sotto_definer;

CREATE TABLE box_attachments (
  parity           smallint NOT NULL CHECK (parity IN (0, 1)),
  id               uuid NOT NULL,
  report_id        uuid NOT NULL,
  mailbox_id       uuid NOT NULL,
  received_on      date NOT NULL,
  batch_id         uuid NOT NULL,
  wrapped_key      bytea NOT NULL,
  body             bytea NOT NULL,
  signature        bytea NOT NULL CHECK (octet_length(signature) = 64),
  meta_batch_id    uuid NOT NULL,
  meta_wrapped_key bytea NOT NULL,
  meta             bytea NOT NULL,
  PRIMARY KEY (id, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_attachments_even PARTITION OF box_attachments FOR VALUES IN (0);
CREATE TABLE box_attachments_odd PARTITION OF box_attachments FOR VALUES IN (1);
ALTER TABLE box_attachments ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX box_attachments_report ON box_attachments (report_id);
CREATE INDEX box_attachments_mailbox ON box_attachments (mailbox_id);
COMMENT ON TABLE box_attachments IS 'Images that reporters added since the last mixing, encoded anew from their pixels.';
COMMENT ON COLUMN box_attachments.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_attachments.id IS 'Random UUID v4.';
COMMENT ON COLUMN box_attachments.report_id IS 'The report.';
COMMENT ON COLUMN box_attachments.mailbox_id IS 'The mailbox.';
COMMENT ON COLUMN box_attachments.received_on IS 'UTC day.';
COMMENT ON COLUMN box_attachments.batch_id IS 'Batch of the image, sealed to the organisation alone.';
COMMENT ON COLUMN box_attachments.wrapped_key IS 'The image''s data key under the batch key.';
COMMENT ON COLUMN box_attachments.body IS 'The sealed image.';
COMMENT ON COLUMN box_attachments.signature IS 'Ed25519 by the receipt''s key.';
COMMENT ON COLUMN box_attachments.meta_batch_id IS 'Batch of type and size, sealed to organisation and mailbox.';
COMMENT ON COLUMN box_attachments.meta_wrapped_key IS 'Data key of type and size.';
COMMENT ON COLUMN box_attachments.meta IS 'Sealed type and size: exact sizes stand nowhere in clear.';
GRANT SELECT, DELETE, TRUNCATE ON box_attachments, box_attachments_even, box_attachments_odd TO sotto_triage;
GRANT INSERT ON box_attachments TO sotto_definer;

-- One writer at a time adds to a mailbox or ends it. A lock on the mailbox's row would leave a transaction id in a main
-- table, which tells an hour. Here a row is put and taken away again; the next writer waits for that transaction.
CREATE UNLOGGED TABLE box_mailbox_turns (
  lookup_id bytea PRIMARY KEY
);
COMMENT ON TABLE box_mailbox_turns IS 'Empty but while somebody adds to a mailbox. The mixing frees its file.';
COMMENT ON COLUMN box_mailbox_turns.lookup_id IS 'That mailbox.';
GRANT TRUNCATE ON box_mailbox_turns TO sotto_triage;
GRANT SELECT, INSERT, DELETE ON box_mailbox_turns TO sotto_definer;

-- Answers kept for repeats of a creating call (Idempotency-Key), to the end of the next UTC day but one. Neither key nor
-- body is stored: the row is found by a hash of the key, and opens only with key and body. It tells how many calls
-- carried a key on a day, and nothing of what they were for.

CREATE TABLE kept_answers (
  key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
  kept_on  date NOT NULL,
  answer   bytea NOT NULL
);
ALTER TABLE kept_answers ALTER COLUMN answer SET STORAGE EXTERNAL;
CREATE INDEX kept_answers_day ON kept_answers (kept_on);
COMMENT ON TABLE kept_answers IS 'One row a creating call that carried an Idempotency-Key and succeeded; written in the transaction of what it created.';
COMMENT ON COLUMN kept_answers.key_hash IS 'HKDF of the key, scoped to call and caller.';
COMMENT ON COLUMN kept_answers.kept_on IS 'UTC day.';
COMMENT ON COLUMN kept_answers.answer IS 'The answer, padded to a multiple of 4 KiB, sealed under HKDF(key, salt = hash of the body).';
GRANT SELECT, INSERT, DELETE, TRUNCATE ON kept_answers TO sotto_triage;
GRANT INSERT ON kept_answers TO sotto_partner;
GRANT SELECT, INSERT ON kept_answers TO sotto_definer;

CREATE TABLE kept_answers_mixed (
  key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
  kept_on  date NOT NULL,
  answer   bytea NOT NULL
);
ALTER TABLE kept_answers_mixed ALTER COLUMN answer SET STORAGE EXTERNAL;
CREATE INDEX kept_answers_mixed_day ON kept_answers_mixed (kept_on);
COMMENT ON TABLE kept_answers_mixed IS 'Kept answers of days that have ended, put here by the mixing in order of their hashes.';
COMMENT ON COLUMN kept_answers_mixed.key_hash IS 'HKDF of the key, scoped to call and caller.';
COMMENT ON COLUMN kept_answers_mixed.kept_on IS 'UTC day.';
COMMENT ON COLUMN kept_answers_mixed.answer IS 'The answer, padded and sealed.';
GRANT SELECT, INSERT, DELETE ON kept_answers_mixed TO sotto_triage;
GRANT SELECT ON kept_answers_mixed TO sotto_definer;

CREATE FUNCTION kept_answer(wanted bytea) RETURNS bytea
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT k.answer
      FROM (SELECT answer FROM public.kept_answers WHERE key_hash = wanted
            UNION ALL
            SELECT answer FROM public.kept_answers_mixed WHERE key_hash = wanted) k
     LIMIT 1
  $$;
COMMENT ON FUNCTION kept_answer IS 'The sealed answer kept for a key, to whoever has the key.';
ALTER FUNCTION kept_answer OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION kept_answer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kept_answer TO sotto_triage, sotto_partner, sotto_intake;

SELECT keep_durable();
