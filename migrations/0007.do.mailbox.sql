-- What reporter and staff say to each other, and the images that a reporter adds.
-- The reporter's messages and the staff's are tables apart: intake inserts only into the first.
-- number counts a mailbox's messages, of both sides, from 1; it is bound into the sealed body.

CREATE TABLE box_mailbox_batch_keys (
  parity     smallint NOT NULL CHECK (parity IN (0, 1)),
  batch_id   uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, mailbox_id, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_mailbox_batch_keys_even PARTITION OF box_mailbox_batch_keys FOR VALUES IN (0);
CREATE TABLE box_mailbox_batch_keys_odd PARTITION OF box_mailbox_batch_keys FOR VALUES IN (1);
CREATE INDEX box_mailbox_batch_keys_mailbox ON box_mailbox_batch_keys (mailbox_id);
COMMENT ON TABLE box_mailbox_batch_keys IS 'Batch keys sealed to a mailbox, of what its reporter sent.';
COMMENT ON COLUMN box_mailbox_batch_keys.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_mailbox_batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN box_mailbox_batch_keys.mailbox_id IS 'Mailbox whose key it is sealed to.';
COMMENT ON COLUMN box_mailbox_batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN box_mailbox_batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';

CREATE TABLE mailbox_batch_keys (
  batch_id   uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, mailbox_id)
);
CREATE INDEX mailbox_batch_keys_mailbox ON mailbox_batch_keys (mailbox_id);
COMMENT ON TABLE mailbox_batch_keys IS 'Batch keys sealed to a mailbox, of what has left the box and of what staff write.';
COMMENT ON COLUMN mailbox_batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN mailbox_batch_keys.mailbox_id IS 'Mailbox whose key it is sealed to.';
COMMENT ON COLUMN mailbox_batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN mailbox_batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';

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
  PRIMARY KEY (id, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_reporter_messages_even PARTITION OF box_reporter_messages FOR VALUES IN (0);
CREATE TABLE box_reporter_messages_odd PARTITION OF box_reporter_messages FOR VALUES IN (1);
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
CREATE INDEX reporter_messages_mailbox ON reporter_messages (mailbox_id, number);
CREATE INDEX reporter_messages_report ON reporter_messages (report_id);
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
  CHECK ((status = 'sent') = (number IS NOT NULL AND sent_on IS NOT NULL))
);
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
COMMENT ON COLUMN staff_messages.version IS 'Moves with each decision.';
COMMENT ON COLUMN staff_messages.written_on IS 'UTC day, bound into the sealed body.';
COMMENT ON COLUMN staff_messages.batch_id IS 'A batch of its own, sealed to organisation and mailbox.';
COMMENT ON COLUMN staff_messages.wrapped_key IS 'Its data key under the batch key.';
COMMENT ON COLUMN staff_messages.body IS 'The sealed text.';
COMMENT ON COLUMN staff_messages.signature IS 'Ed25519 of the keyring''s sign key over id, report, author, decision and ciphertext.';

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
CREATE INDEX attachments_report ON attachments (report_id);
CREATE INDEX attachments_mailbox ON attachments (mailbox_id);
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

-- Ciphertext does not compress: do not try.
ALTER TABLE box_reports ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE reports ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE box_reporter_messages ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE reporter_messages ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE staff_messages ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE box_attachments ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE attachments ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE kept_answers ALTER COLUMN answer SET STORAGE EXTERNAL;

-- Reports that have left the box and whose names of things are not indexed yet.
CREATE TABLE unindexed (
  report_id uuid PRIMARY KEY
);
COMMENT ON TABLE unindexed IS 'Queue for the indexer, filled by admission and mixing.';
COMMENT ON COLUMN unindexed.report_id IS 'A report.';

CREATE VIEW listed_mailboxes AS
  SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, 'received'::text AS status
    FROM box_mailboxes
  UNION ALL
  SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, status
    FROM mailboxes;
COMMENT ON VIEW listed_mailboxes IS 'Every mailbox, in the box or out of it.';

CREATE VIEW listed_mailbox_batch_keys AS
  SELECT batch_id, mailbox_id, enc, ciphertext FROM box_mailbox_batch_keys
  UNION ALL
  SELECT batch_id, mailbox_id, enc, ciphertext FROM mailbox_batch_keys;
COMMENT ON VIEW listed_mailbox_batch_keys IS 'Every batch key sealed to a mailbox.';

CREATE VIEW listed_reporter_messages AS
  SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, false AS read
    FROM box_reporter_messages
  UNION ALL
  SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read
    FROM reporter_messages;
COMMENT ON VIEW listed_reporter_messages IS 'Everything that reporters added.';

CREATE VIEW listed_attachments AS
  SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature,
         meta_batch_id, meta_wrapped_key, meta, false AS quarantined
    FROM box_attachments
  UNION ALL
  SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature,
         meta_batch_id, meta_wrapped_key, meta, quarantined
    FROM attachments;
COMMENT ON VIEW listed_attachments IS 'Every image, in the box or out of it.';

GRANT INSERT ON box_mailbox_batch_keys, box_reporter_messages, box_attachments TO sotto_intake;

GRANT SELECT ON listed_mailboxes, listed_mailbox_batch_keys, listed_reporter_messages, listed_attachments TO sotto_triage;
GRANT SELECT, DELETE, TRUNCATE ON
  box_mailbox_batch_keys, box_mailbox_batch_keys_even, box_mailbox_batch_keys_odd,
  box_reporter_messages, box_reporter_messages_even, box_reporter_messages_odd,
  box_attachments, box_attachments_even, box_attachments_odd TO sotto_triage;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  mailbox_batch_keys, reporter_messages, staff_messages, attachments, unindexed TO sotto_triage;

-- What intake may learn and do of one mailbox, by whoever can name its lookup id.

GRANT SELECT, DELETE ON
  box_mailboxes, mailboxes, box_mailbox_batch_keys, mailbox_batch_keys,
  box_reporter_messages, reporter_messages, staff_messages TO sotto_definer;
GRANT SELECT ON
  listed_mailboxes, listed_mailbox_batch_keys, listed_reporter_messages, listed_attachments, staff_messages,
  box_batch_keys, batch_keys TO sotto_definer;
GRANT DELETE ON box_batch_keys, batch_keys TO sotto_definer;

CREATE FUNCTION open_mailbox(wanted bytea)
  RETURNS TABLE (id uuid, report_id uuid, opened_on date, sealing_key bytea, signing_key bytea,
                 attachments_allowed boolean, status text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT m.id, m.report_id, m.opened_on, m.sealing_key, m.signing_key, m.attachments_allowed, m.status
      FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1
  $$;
COMMENT ON FUNCTION open_mailbox(bytea) IS 'The mailbox with this lookup id, if there is one.';

CREATE FUNCTION mailbox_messages(wanted bytea)
  RETURNS TABLE (sender text, id uuid, number integer, sent_on date, written_on date, author uuid, version integer,
                 batch_id uuid, enc bytea, ciphertext bytea, wrapped_key bytea, body bytea, signature bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH mailbox AS (SELECT m.id FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1)
    SELECT 'reporter', r.id, r.number, r.sent_on, r.sent_on, NULL::uuid, 1, r.batch_id, k.enc, k.ciphertext,
           r.wrapped_key, r.body, r.signature
      FROM mailbox
      JOIN public.listed_reporter_messages r ON r.mailbox_id = mailbox.id
      JOIN public.listed_mailbox_batch_keys k ON k.batch_id = r.batch_id AND k.mailbox_id = mailbox.id
    UNION ALL
    SELECT 'staff', s.id, s.number, s.sent_on, s.written_on, s.author, s.version, s.batch_id, k.enc, k.ciphertext,
           s.wrapped_key, s.body, s.signature
      FROM mailbox
      JOIN public.staff_messages s ON s.mailbox_id = mailbox.id AND s.status = 'sent'
      JOIN public.listed_mailbox_batch_keys k ON k.batch_id = s.batch_id AND k.mailbox_id = mailbox.id
    LIMIT 1000
  $$;
COMMENT ON FUNCTION mailbox_messages(bytea) IS 'What both sides said in this mailbox, sealed, with the keys that are sealed to it.';

CREATE FUNCTION mailbox_attachments(wanted bytea)
  RETURNS TABLE (id uuid, received_on date, batch_id uuid, enc bytea, ciphertext bytea, wrapped_key bytea, meta bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH mailbox AS (SELECT m.id FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1)
    SELECT a.id, a.received_on, a.meta_batch_id, k.enc, k.ciphertext, a.meta_wrapped_key, a.meta
      FROM mailbox
      JOIN public.listed_attachments a ON a.mailbox_id = mailbox.id
      JOIN public.listed_mailbox_batch_keys k ON k.batch_id = a.meta_batch_id AND k.mailbox_id = mailbox.id
    LIMIT 100
  $$;
COMMENT ON FUNCTION mailbox_attachments(bytea) IS 'Type and size, sealed, of the images sent through this mailbox; never the images.';

CREATE FUNCTION lock_mailbox(wanted bytea)
  RETURNS TABLE (messages integer, last_number integer, attachments integer)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      mailbox uuid;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(encode(wanted, 'hex'), 7365748));
      SELECT m.id INTO mailbox FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF mailbox IS NULL THEN
        RETURN;
      END IF;
      RETURN QUERY
        SELECT (SELECT count(*) FROM public.listed_reporter_messages r WHERE r.mailbox_id = mailbox)::integer,
               greatest(
                 (SELECT coalesce(max(r.number), 0) FROM public.listed_reporter_messages r WHERE r.mailbox_id = mailbox),
                 (SELECT coalesce(max(s.number), 0) FROM public.staff_messages s WHERE s.mailbox_id = mailbox)),
               (SELECT count(*) FROM public.listed_attachments a WHERE a.mailbox_id = mailbox)::integer;
    END
  $$;
COMMENT ON FUNCTION lock_mailbox(bytea) IS 'Lets one writer at a time add to this mailbox, to the end of its transaction, and tells how much is in it. No row if there is no such mailbox.';

CREATE FUNCTION end_mailbox(wanted bytea) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      mailbox uuid;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(encode(wanted, 'hex'), 7365748));
      SELECT m.id INTO mailbox FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF mailbox IS NULL THEN
        RETURN false;
      END IF;
      -- Keys first: what they opened is gone even before the rows are.
      DELETE FROM public.box_batch_keys k USING public.box_reporter_messages r
        WHERE r.mailbox_id = mailbox AND k.batch_id = r.batch_id;
      DELETE FROM public.batch_keys k USING public.reporter_messages r
        WHERE r.mailbox_id = mailbox AND k.batch_id = r.batch_id;
      DELETE FROM public.batch_keys k USING public.staff_messages s
        WHERE s.mailbox_id = mailbox AND k.batch_id = s.batch_id;
      DELETE FROM public.box_mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
      DELETE FROM public.mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
      DELETE FROM public.box_reporter_messages r WHERE r.mailbox_id = mailbox;
      DELETE FROM public.reporter_messages r WHERE r.mailbox_id = mailbox;
      DELETE FROM public.staff_messages s WHERE s.mailbox_id = mailbox;
      DELETE FROM public.box_mailboxes m WHERE m.lookup_id = wanted;
      DELETE FROM public.mailboxes m WHERE m.lookup_id = wanted;
      RETURN true;
    END
  $$;
COMMENT ON FUNCTION end_mailbox(bytea) IS 'Destroys a mailbox with what both sides said; report and images stay. False if there is no such mailbox.';

DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'open_mailbox(bytea)', 'mailbox_messages(bytea)', 'mailbox_attachments(bytea)', 'lock_mailbox(bytea)',
    'end_mailbox(bytea)'] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO sotto_definer', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sotto_intake', signature);
  END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION lock_mailbox(bytea) TO sotto_triage;
