-- Mailboxes that have left the box: what reporter and staff say to each other, and the images that a reporter adds.
-- The reporter's messages and the staff's are tables apart: intake puts only into the first. number counts a mailbox's
-- messages, of both sides, from 1; it is bound into the sealed body.
--
-- It tells which report has a conversation, how long it is, on which days each side wrote, and which of the staff wrote.
-- What finds a mailbox is derived from the receipt and leads back to none; what was said opens only with the receipt or
-- the organisation's key. Staff acts have times, a reporter's have days.

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
GRANT SELECT, INSERT, UPDATE, DELETE ON mailboxes TO sotto_triage;
GRANT SELECT, DELETE ON mailboxes TO sotto_definer;

CREATE TABLE reporter_messages (
  id          uuid PRIMARY KEY,
  report_id   uuid NOT NULL,
  mailbox_id  uuid NOT NULL,
  number      integer NOT NULL CHECK (number > 0),
  sent_on     date NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  read        boolean NOT NULL DEFAULT false
);
ALTER TABLE reporter_messages ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX reporter_messages_mailbox ON reporter_messages (mailbox_id, number);
CREATE INDEX reporter_messages_report ON reporter_messages (report_id);
-- A day's messages and images are counted when it has ended.
CREATE INDEX reporter_messages_day ON reporter_messages (sent_on, id);
-- Makes the unread count of a report in a page one look-up in an index, as box_reporter_messages_report does for
-- what still lies in the box.
CREATE INDEX reporter_messages_unread ON reporter_messages (report_id) WHERE NOT read;
COMMENT ON TABLE reporter_messages IS 'What reporters added, once it has left the box.';
COMMENT ON COLUMN reporter_messages.id IS 'Random UUID v4.';
COMMENT ON COLUMN reporter_messages.report_id IS 'The report.';
COMMENT ON COLUMN reporter_messages.mailbox_id IS 'The mailbox.';
COMMENT ON COLUMN reporter_messages.number IS 'Place in the conversation.';
COMMENT ON COLUMN reporter_messages.sent_on IS 'UTC day.';
COMMENT ON COLUMN reporter_messages.batch_id IS 'A batch of its own, sealed to organisation and mailbox.';
COMMENT ON COLUMN reporter_messages.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN reporter_messages.body IS 'The sealed text.';
COMMENT ON COLUMN reporter_messages.signature IS 'Ed25519 by the receipt''s key.';
COMMENT ON COLUMN reporter_messages.read IS 'Whether staff have read it.';
GRANT SELECT, INSERT, UPDATE, DELETE ON reporter_messages TO sotto_triage;
GRANT SELECT, DELETE ON reporter_messages TO sotto_definer;

CREATE TABLE staff_messages (
  id          uuid PRIMARY KEY,
  report_id   uuid NOT NULL,
  mailbox_id  uuid NOT NULL,
  number      integer CHECK (number > 0),
  sent_on     date,
  status      text NOT NULL CHECK (status IN ('pending', 'sent', 'refused')),
  author      uuid NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  written_on  date NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  written_at  timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'sent') = (number IS NOT NULL AND sent_on IS NOT NULL))
);
ALTER TABLE staff_messages ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX staff_messages_mailbox ON staff_messages (mailbox_id, number);
CREATE INDEX staff_messages_report ON staff_messages (report_id);
COMMENT ON TABLE staff_messages IS 'What staff write to a reporter; shown to them once it is sent and its signature holds.';
COMMENT ON COLUMN staff_messages.id IS 'Random UUID v4.';
COMMENT ON COLUMN staff_messages.report_id IS 'The report.';
COMMENT ON COLUMN staff_messages.mailbox_id IS 'The mailbox.';
COMMENT ON COLUMN staff_messages.number IS 'Place in the conversation, from when it is sent.';
COMMENT ON COLUMN staff_messages.sent_on IS 'UTC day on which it was sent.';
COMMENT ON COLUMN staff_messages.status IS 'pending until another supervisor approves or refuses.';
COMMENT ON COLUMN staff_messages.author IS 'The person who wrote it.';
COMMENT ON COLUMN staff_messages.version IS 'Of the text, which nobody edits: 1.';
COMMENT ON COLUMN staff_messages.written_on IS 'UTC day, bound into the sealed body.';
COMMENT ON COLUMN staff_messages.batch_id IS 'A batch of its own: sealed to the organisation alone while it is a draft; when it is sent, a new one, sealed to the mailbox too.';
COMMENT ON COLUMN staff_messages.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN staff_messages.body IS 'The sealed text; sealed anew when it is sent.';
COMMENT ON COLUMN staff_messages.signature IS 'Ed25519 of the keyring''s sign key over id, report, author, decision (draft, or sent with number and day) and ciphertext.';
COMMENT ON COLUMN staff_messages.written_at IS 'When it was written: staff acts have times. Never shown to the reporter.';
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_messages TO sotto_triage;
GRANT SELECT, DELETE ON staff_messages TO sotto_definer;

CREATE TABLE attachments (
  id               uuid PRIMARY KEY,
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
  quarantined      boolean NOT NULL DEFAULT false
);
ALTER TABLE attachments ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX attachments_report ON attachments (report_id);
CREATE INDEX attachments_mailbox ON attachments (mailbox_id);
CREATE INDEX attachments_day ON attachments (received_on, id);
COMMENT ON TABLE attachments IS 'Images that have left the box.';
COMMENT ON COLUMN attachments.id IS 'Random UUID v4.';
COMMENT ON COLUMN attachments.report_id IS 'The report.';
COMMENT ON COLUMN attachments.mailbox_id IS 'The mailbox.';
COMMENT ON COLUMN attachments.received_on IS 'UTC day.';
COMMENT ON COLUMN attachments.batch_id IS 'Batch of the image, sealed to the organisation alone.';
COMMENT ON COLUMN attachments.wrapped_key IS 'The image''s data key under the batch key.';
COMMENT ON COLUMN attachments.body IS 'The sealed image.';
COMMENT ON COLUMN attachments.signature IS 'Ed25519 by the receipt''s key.';
COMMENT ON COLUMN attachments.meta_batch_id IS 'Batch of type and size, sealed to organisation and mailbox.';
COMMENT ON COLUMN attachments.meta_wrapped_key IS 'Data key of type and size.';
COMMENT ON COLUMN attachments.meta IS 'Sealed type and size.';
COMMENT ON COLUMN attachments.quarantined IS 'True: nobody views, copies, exports or sends it; the sealed image is kept for the police.';
GRANT SELECT, INSERT, UPDATE, DELETE ON attachments TO sotto_triage;
GRANT SELECT (id) ON attachments TO sotto_definer;

-- Reports of which only an image waits for a second supervisor are listed as pending too.
CREATE TABLE image_destructions (
  attachment_id uuid PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
  report_id     uuid NOT NULL,
  asked_by      uuid NOT NULL,
  asked_at      timestamptz NOT NULL,
  signature     bytea NOT NULL
);
-- Reports of which only an image waits for a second supervisor are listed as pending too.
CREATE INDEX image_destructions_asked ON image_destructions (asked_at, report_id);
CREATE INDEX image_destructions_report ON image_destructions (report_id, asked_at);
COMMENT ON TABLE image_destructions IS 'Images that one supervisor wants destroyed, until another agrees. A row counts only if its signature holds.';
COMMENT ON COLUMN image_destructions.attachment_id IS 'The image; the row goes with it.';
COMMENT ON COLUMN image_destructions.report_id IS 'Its report.';
COMMENT ON COLUMN image_destructions.asked_by IS 'The first supervisor.';
COMMENT ON COLUMN image_destructions.asked_at IS 'When: staff acts have times. It lapses after 14 days.';
COMMENT ON COLUMN image_destructions.signature IS 'Ed25519 of the keyring''s sign key over image, report, person and moment.';
GRANT SELECT, INSERT, DELETE ON image_destructions TO sotto_triage;

CREATE VIEW listed_mailboxes AS
  SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, status
    FROM (
      SELECT b.lookup_id, b.id, b.report_id, b.opened_on, b.sealing_key, b.signing_key, b.attachments_allowed,
             'received'::text AS status,
             coalesce((SELECT true FROM mailboxes m WHERE m.lookup_id = b.lookup_id),
                      (SELECT true FROM mailboxes m WHERE m.id = b.id),
                      (SELECT true FROM reports m WHERE m.id = b.report_id),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.lookup_id = b.lookup_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.report_id = b.report_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.report_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.opened_on OR (o.received_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_mailboxes b
      UNION ALL
      SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, status, false
        FROM mailboxes) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_mailboxes IS 'Every mailbox, in the box or out of it.';
GRANT SELECT ON listed_mailboxes TO sotto_triage, sotto_definer;

CREATE VIEW listed_reporter_messages AS
  SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read
    FROM (
      SELECT b.id, b.report_id, b.mailbox_id, b.number, b.sent_on, b.batch_id, b.wrapped_key, b.body, b.signature,
             false AS read,
             coalesce((SELECT true FROM reporter_messages m WHERE m.id = b.id),
                      (SELECT true FROM box_reporter_messages o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.sent_on < b.sent_on OR (o.sent_on = b.sent_on AND (b.sent_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reporter_messages b
      UNION ALL
      SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read, false
        FROM reporter_messages) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_reporter_messages IS 'Everything that reporters added.';
GRANT SELECT ON listed_reporter_messages TO sotto_triage, sotto_definer;

CREATE VIEW listed_attachments AS
  SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature, meta_batch_id, meta_wrapped_key,
         meta, quarantined
    FROM (
      SELECT b.id, b.report_id, b.mailbox_id, b.received_on, b.batch_id, b.wrapped_key, b.body, b.signature,
             b.meta_batch_id, b.meta_wrapped_key, b.meta, false AS quarantined,
             coalesce((SELECT true FROM attachments m WHERE m.id = b.id),
                      (SELECT true FROM box_attachments o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_attachments b
      UNION ALL
      SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature, meta_batch_id,
             meta_wrapped_key, meta, quarantined, false
        FROM attachments) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_attachments IS 'Every image, in the box or out of it.';
GRANT SELECT ON listed_attachments TO sotto_triage, sotto_definer;

SELECT keep_durable();
