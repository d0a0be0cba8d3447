-- Intake puts in, and can do nothing else. It learns ids from mailboxes, so that a bare INSERT would be too much: a twin
-- of a known id opens a restricted report, or takes its place. From here on it has no right on any table. Everything
-- goes through functions, and where two rows of one id meet all the same, one of them wins everywhere.

-- Turns: what only one transaction may do at a time. Rows, not advisory locks, which every login shares: whoever knows
-- the number could stop all of the staff. Intake cannot lock these.
CREATE TABLE turns (
  name  text PRIMARY KEY,
  taken boolean NOT NULL DEFAULT false
);
INSERT INTO turns (name) VALUES ('trail'), ('mixing'), ('retention'), ('links'), ('statistics');
COMMENT ON TABLE turns IS 'One row for each thing that one transaction does at a time; whoever does it locks the row.';
COMMENT ON COLUMN turns.name IS 'trail: appends to the audit trail; mixing; retention: purges; links: writes index tokens; statistics: freezes a month.';
COMMENT ON COLUMN turns.taken IS 'Never written: to lock a row one must be allowed to update a column.';

GRANT SELECT, UPDATE (taken) ON turns TO sotto_triage, sotto_partner;
ALTER TABLE turns ENABLE ROW LEVEL SECURITY;
CREATE POLICY turns_of_triage ON turns TO sotto_triage USING (true);
CREATE POLICY turns_of_partner ON turns TO sotto_partner USING (name = 'trail');

-- One writer at a time adds to a mailbox or ends it. A lock on the mailbox's row would leave a transaction id in a main
-- table, which tells an hour. Here a row is put and taken away again; the next writer waits for that transaction.
CREATE UNLOGGED TABLE box_mailbox_turns (
  lookup_id bytea PRIMARY KEY
);
COMMENT ON TABLE box_mailbox_turns IS 'Empty but while somebody adds to a mailbox. The mixing frees its file.';
COMMENT ON COLUMN box_mailbox_turns.lookup_id IS 'That mailbox.';
GRANT INSERT, SELECT, DELETE ON box_mailbox_turns TO sotto_definer;
GRANT TRUNCATE ON box_mailbox_turns TO sotto_triage;

-- What one id may be once a half of the box.
ALTER TABLE box_batch_keys
  ADD COLUMN put_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
  ADD COLUMN place  smallint NOT NULL DEFAULT 1;
ALTER TABLE box_mailbox_batch_keys
  ADD COLUMN put_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date;
CREATE UNIQUE INDEX box_batch_keys_place ON box_batch_keys (batch_id, place, parity);
CREATE UNIQUE INDEX box_mailboxes_id ON box_mailboxes (id, parity);
DROP INDEX box_mailboxes_report;
CREATE UNIQUE INDEX box_mailboxes_report ON box_mailboxes (report_id, parity);
COMMENT ON COLUMN box_batch_keys.put_on IS 'UTC day.';
COMMENT ON COLUMN box_batch_keys.place IS 'Counts the keys of one batch from 1: nobody adds another to a batch that is there.';
COMMENT ON COLUMN box_mailbox_batch_keys.put_on IS 'UTC day.';

-- Lists and the mixing look into the box by these; a flood must not make them read all of it.
CREATE INDEX box_reports_by_category ON box_reports (category, priority, received_on, id);
CREATE INDEX box_reports_by_agency ON box_reports (lead_agency, priority, received_on, id);

-- Views: of rows of one id the one in the main table wins, of two in the box the one of the older day (of one day, the one
-- that lies in its half). What loses is set aside: nobody lists, opens, searches, exports or moves it, and the mixing puts
-- it into unplaced_rows. Each look is a scalar subquery, so that it stays a look-up in an index and rows come in the order
-- of their own index.
CREATE OR REPLACE VIEW listed_reports AS
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
         restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
         batch_id, wrapped_key, body, pending, loosened_on
    FROM (
      SELECT b.id, b.received_on, b.category, b.priority, 'received'::text AS status, b.lead_agency, b.support_agencies,
             '{}'::text[] AS conflict_of_interest, b.restricted, '{}'::uuid[] AS restricted_to,
             false AS legal_hold, false AS chis_review, false AS suspected_malicious,
             NULL::uuid AS assignee, CASE WHEN b.priority = 3 THEN b.received_on END AS attention_by,
             'unassessed'::text AS review_group, 1 AS version, b.batch_id, b.wrapped_key, b.body,
             false AS pending, NULL::date AS loosened_on,
             coalesce((SELECT true FROM reports m WHERE m.id = b.id),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reports b
      UNION ALL
      SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
             restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
             batch_id, wrapped_key, body, pending, loosened_on, false
        FROM reports) every
   WHERE NOT set_aside;

-- A mailbox leaves the box together with its report: one that lies there while its report does not came with a twin.
CREATE OR REPLACE VIEW listed_mailboxes AS
  SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, status
    FROM (
      SELECT b.lookup_id, b.id, b.report_id, b.opened_on, b.sealing_key, b.signing_key, b.attachments_allowed,
             'received'::text AS status,
             coalesce((SELECT true FROM mailboxes m WHERE m.lookup_id = b.lookup_id),
                      (SELECT true FROM mailboxes m WHERE m.id = b.id),
                      (SELECT true FROM reports m WHERE m.id = b.report_id),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.lookup_id = b.lookup_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_mailboxes o
                        WHERE o.report_id = b.report_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.opened_on < b.opened_on OR (o.opened_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.report_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.opened_on OR (o.received_on = b.opened_on AND (b.opened_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_mailboxes b
      UNION ALL
      SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed, status, false
        FROM mailboxes) every
   WHERE NOT set_aside;

CREATE OR REPLACE VIEW listed_reporter_messages AS
  SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read
    FROM (
      SELECT b.id, b.report_id, b.mailbox_id, b.number, b.sent_on, b.batch_id, b.wrapped_key, b.body, b.signature,
             false AS read,
             coalesce((SELECT true FROM reporter_messages m WHERE m.id = b.id),
                      (SELECT true FROM box_reporter_messages o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.sent_on < b.sent_on OR (o.sent_on = b.sent_on AND (b.sent_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reporter_messages b
      UNION ALL
      SELECT id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read, false
        FROM reporter_messages) every
   WHERE NOT set_aside;

CREATE OR REPLACE VIEW listed_attachments AS
  SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature, meta_batch_id, meta_wrapped_key,
         meta, quarantined
    FROM (
      SELECT b.id, b.report_id, b.mailbox_id, b.received_on, b.batch_id, b.wrapped_key, b.body, b.signature,
             b.meta_batch_id, b.meta_wrapped_key, b.meta, false AS quarantined,
             coalesce((SELECT true FROM attachments m WHERE m.id = b.id),
                      (SELECT true FROM box_attachments o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_attachments b
      UNION ALL
      SELECT id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature, meta_batch_id,
             meta_wrapped_key, meta, quarantined, false
        FROM attachments) every
   WHERE NOT set_aside;

CREATE OR REPLACE VIEW listed_batch_keys AS
  SELECT batch_id, kid, enc, ciphertext
    FROM (
      SELECT b.batch_id, b.kid, b.enc, b.ciphertext,
             coalesce((SELECT true FROM batch_keys m WHERE m.batch_id = b.batch_id LIMIT 1),
                      (SELECT true FROM box_batch_keys o
                        WHERE o.batch_id = b.batch_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.put_on < b.put_on OR (o.put_on = b.put_on AND (b.put_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_batch_keys b
      UNION ALL
      SELECT batch_id, kid, enc, ciphertext, false FROM batch_keys) every
   WHERE NOT set_aside;

CREATE OR REPLACE VIEW listed_mailbox_batch_keys AS
  SELECT batch_id, mailbox_id, enc, ciphertext
    FROM (
      SELECT b.batch_id, b.mailbox_id, b.enc, b.ciphertext,
             coalesce((SELECT true FROM mailbox_batch_keys m WHERE m.batch_id = b.batch_id LIMIT 1),
                      (SELECT true FROM box_mailbox_batch_keys o
                        WHERE o.batch_id = b.batch_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.put_on < b.put_on OR (o.put_on = b.put_on AND (b.put_on - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_mailbox_batch_keys b
      UNION ALL
      SELECT batch_id, mailbox_id, enc, ciphertext, false FROM mailbox_batch_keys) every
   WHERE NOT set_aside;

-- What supervisors are shown of it.
CREATE INDEX unplaced_reports ON unplaced_rows (((content ->> 'id')::uuid), id) WHERE source = 'box_reports';
COMMENT ON TABLE unplaced_rows IS 'Rows of the box that met another of the same id: forged or damaged. Nothing is thrown away, and nothing waits for it.';
COMMENT ON COLUMN mixings.unplaced IS 'Rows that met another of the same id: put into unplaced_rows.';

-- ---------------------------------------------------------------------------------------------------------------------
-- The functions. None rests on what a session may set: the day is the clock's, every name says its schema, and each puts
-- first and looks afterwards, in a statement of its own. Its lock then keeps the mixing out, or it sees what that has
-- moved; under repeatable read it would see neither, since TRUNCATE takes rows from every snapshot.

-- Not AT TIME ZONE 'UTC': a session may set TimeZone to 'UTC+100', and with it what that name means.
CREATE FUNCTION day_now() RETURNS date
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT DATE '1970-01-01' + floor(extract(epoch FROM clock_timestamp()) / 86400)::integer $$;
COMMENT ON FUNCTION day_now() IS 'The UTC day by the server''s clock.';

CREATE FUNCTION is_today(sealed_on date) RETURNS boolean
  LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$ SELECT sealed_on = DATE '1970-01-01' + floor(extract(epoch FROM clock_timestamp()) / 86400)::integer $$;
COMMENT ON FUNCTION is_today(date) IS 'Whether it is that UTC day by the server''s clock, whatever zone the session has set.';

CREATE OR REPLACE FUNCTION challenge_secrets_now() RETURNS TABLE (day date, secret bytea)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
#variable_conflict use_column
DECLARE
  today date := public.day_now();
BEGIN
  INSERT INTO public.challenge_secrets (day, secret)
    VALUES (today, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    -- The first of the day. The partition that today's will go to holds at most those of the day before yesterday.
    DELETE FROM public.challenge_secrets WHERE day < today - 1;
    EXECUTE format('TRUNCATE public.%I',
      CASE (today - DATE '2000-01-01') % 2 WHEN 0 THEN 'spent_challenges_even' ELSE 'spent_challenges_odd' END);
  END IF;
  RETURN QUERY SELECT day, secret FROM public.challenge_secrets ORDER BY day DESC LIMIT 3;
END
$$;

CREATE FUNCTION half_to_put_in(sealed_on date) RETURNS smallint
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'only in read committed' USING ERRCODE = 'invalid_transaction_state';
      END IF;
      IF public.is_today(sealed_on) IS NOT TRUE THEN
        RAISE EXCEPTION 'sealed for another day' USING ERRCODE = 'SO001';
      END IF;
      RETURN (sealed_on - DATE '2000-01-01') % 2;
    END
  $$;
COMMENT ON FUNCTION half_to_put_in(date) IS 'The half of the box that takes today. Refuses another day with SO001.';

CREATE FUNCTION put_answers(sealed_on date, key_hashes bytea[], answers bytea[]) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      IF cardinality(key_hashes) > 256 OR (SELECT max(octet_length(a)) FROM unnest(answers) a) > 1048576 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      INSERT INTO public.kept_answers (kept_on, key_hash, answer)
        SELECT sealed_on, a.key_hash, a.answer FROM unnest(key_hashes, answers) AS a (key_hash, answer);
      IF EXISTS (SELECT FROM public.kept_answers_mixed k WHERE k.key_hash = ANY (key_hashes)) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'kept_answers_pkey';
      END IF;
    END
  $$;
COMMENT ON FUNCTION put_answers(date, bytea[], bytea[]) IS 'Keeps answers for repeats of a call, in the order in which they come.';

CREATE FUNCTION put_keys(half smallint, sealed_on date, batch uuid, kids text[], encs bytea[], ciphertexts bytea[])
  RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      IF coalesce(cardinality(kids), 0) NOT BETWEEN 1 AND 16
         OR (SELECT max(octet_length(k)) FROM unnest(encs || ciphertexts) k) > 2048 THEN
        RAISE EXCEPTION 'a batch is sealed to somebody, and to few' USING ERRCODE = 'check_violation';
      END IF;
      INSERT INTO public.box_batch_keys (parity, put_on, batch_id, place, kid, enc, ciphertext)
        SELECT half, sealed_on, batch, k.place, k.kid, k.enc, k.ciphertext
          FROM unnest(kids, encs, ciphertexts) WITH ORDINALITY AS k (kid, enc, ciphertext, place);
      IF EXISTS (SELECT FROM public.batch_keys k WHERE k.batch_id = batch)
         OR EXISTS (SELECT FROM public.mailbox_batch_keys k WHERE k.batch_id = batch) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'batch_keys_pkey';
      END IF;
    END
  $$;
COMMENT ON FUNCTION put_keys(smallint, date, uuid, text[], bytea[], bytea[]) IS 'Puts the keys of a batch that is new.';

CREATE FUNCTION put_batch(
  sealed_on date, batch uuid, kids text[], encs bytea[], ciphertexts bytea[],
  ids uuid[], categories text[], priorities smallint[], lead_agencies text[], support_agencies text[],
  restricted boolean[], wrapped_keys bytea[], bodies bytea[],
  mailbox_ids uuid[], lookup_ids bytea[], sealing_keys bytea[], signing_keys bytea[], images_taken boolean[],
  key_hashes bytea[], answers bytea[]) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      half smallint := public.half_to_put_in(sealed_on);
    BEGIN
      -- Larger than anything that intake makes.
      IF cardinality(ids) > 256
         OR (SELECT max(octet_length(b)) FROM unnest(bodies) b) > 33600000
         OR (SELECT max(octet_length(k)) FROM unnest(wrapped_keys) k) > 256
         OR (SELECT max(octet_length(t)) FROM unnest(categories || lead_agencies || support_agencies) t) > 1024 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      IF cardinality(key_hashes) > 0 THEN
        PERFORM public.put_answers(sealed_on, key_hashes, answers);
      END IF;
      PERFORM public.put_keys(half, sealed_on, batch, kids, encs, ciphertexts);
      INSERT INTO public.box_reports (parity, received_on, batch_id, id, category, priority, lead_agency,
                                      support_agencies, restricted, wrapped_key, body)
        SELECT half, sealed_on, batch, r.id, r.category, r.priority, r.lead_agency,
               string_to_array(r.support_agencies, ','), r.restricted, r.wrapped_key, r.body
          FROM unnest(ids, categories, priorities, lead_agencies, support_agencies, restricted, wrapped_keys, bodies)
            AS r (id, category, priority, lead_agency, support_agencies, restricted, wrapped_key, body);
      INSERT INTO public.box_mailboxes (parity, opened_on, report_id, id, lookup_id, sealing_key, signing_key,
                                        attachments_allowed)
        SELECT half, sealed_on, m.report_id, m.id, m.lookup_id, m.sealing_key, m.signing_key, m.images_taken
          FROM unnest(ids, mailbox_ids, lookup_ids, sealing_keys, signing_keys, images_taken)
            AS m (report_id, id, lookup_id, sealing_key, signing_key, images_taken)
         ORDER BY m.id;
      IF EXISTS (SELECT FROM public.reports r WHERE r.id = ANY (ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.lookup_id = ANY (lookup_ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.id = ANY (mailbox_ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.report_id = ANY (ids)) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'reports_pkey';
      END IF;
    END
  $$;
COMMENT ON FUNCTION put_batch(date, uuid, text[], bytea[], bytea[], uuid[], text[], smallint[], text[], text[], boolean[], bytea[], bytea[], uuid[], bytea[], bytea[], bytea[], boolean[], bytea[], bytea[]) IS 'Puts one batch of reports, each with its mailbox, into today''s half of the box. Supporting agencies come as one text each, with commas.';

CREATE FUNCTION mailbox_fill(wanted bytea)
  RETURNS TABLE (messages integer, last_number integer, attachments integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT (SELECT count(*) FROM public.listed_reporter_messages r WHERE r.mailbox_id = m.id)::integer,
           greatest(
             (SELECT coalesce(max(r.number), 0) FROM public.listed_reporter_messages r WHERE r.mailbox_id = m.id),
             (SELECT coalesce(max(s.number), 0) FROM public.staff_messages s WHERE s.mailbox_id = m.id)),
           (SELECT count(*) FROM public.listed_attachments a WHERE a.mailbox_id = m.id)::integer
      FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1
  $$;
COMMENT ON FUNCTION mailbox_fill(bytea) IS 'How much is in this mailbox. No row if there is no such mailbox.';

CREATE FUNCTION take_mailbox_turn(wanted bytea) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      LOOP
        INSERT INTO public.box_mailbox_turns (lookup_id) VALUES (wanted) ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
      END LOOP;
      DELETE FROM public.box_mailbox_turns WHERE lookup_id = wanted;
    END
  $$;
COMMENT ON FUNCTION take_mailbox_turn(bytea) IS 'Waits for others who add to this mailbox, and lets others wait to the end of the transaction.';

CREATE OR REPLACE FUNCTION lock_mailbox(wanted bytea)
  RETURNS TABLE (messages integer, last_number integer, attachments integer)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      PERFORM public.take_mailbox_turn(wanted);
      RETURN QUERY SELECT f.messages, f.last_number, f.attachments FROM public.mailbox_fill(wanted) f;
    END
  $$;
REVOKE EXECUTE ON FUNCTION lock_mailbox(bytea) FROM sotto_intake;

-- Both say what came of it: put, gone (no such mailbox), full, not-next (somebody was faster: seal for the next number),
-- no-images. What they put belongs to the mailbox that the lookup id names, and to its report; nobody says which.

CREATE FUNCTION put_message(
  wanted bytea, message uuid, message_number integer, sealed_on date, batch uuid, kids text[], encs bytea[],
  ciphertexts bytea[], mailbox_enc bytea, mailbox_ciphertext bytea, wrapped_key bytea, body bytea, signature bytea,
  key_hashes bytea[], answers bytea[]) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      half smallint := public.half_to_put_in(sealed_on);
      mailbox record;
      fill record;
    BEGIN
      IF greatest(octet_length(body), octet_length(wrapped_key), octet_length(mailbox_enc),
                  octet_length(mailbox_ciphertext)) > 131072 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      PERFORM FROM public.listed_mailboxes m WHERE m.lookup_id = wanted;
      IF NOT FOUND THEN
        RETURN 'gone';
      END IF;
      PERFORM public.take_mailbox_turn(wanted);
      SELECT m.id, m.report_id INTO mailbox FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF NOT FOUND THEN
        RETURN 'gone';
      END IF;
      SELECT * INTO fill FROM public.mailbox_fill(wanted);
      IF fill.messages >= 200 THEN
        RETURN 'full';
      END IF;
      IF message_number IS DISTINCT FROM fill.last_number + 1 THEN
        RETURN 'not-next';
      END IF;
      PERFORM public.put_answers(sealed_on, key_hashes, answers);
      PERFORM public.put_keys(half, sealed_on, batch, kids, encs, ciphertexts);
      INSERT INTO public.box_mailbox_batch_keys (parity, put_on, batch_id, mailbox_id, enc, ciphertext)
        VALUES (half, sealed_on, batch, mailbox.id, mailbox_enc, mailbox_ciphertext);
      INSERT INTO public.box_reporter_messages (parity, id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key,
                                                body, signature)
        VALUES (half, message, mailbox.report_id, mailbox.id, message_number, sealed_on, batch, wrapped_key, body,
                signature);
      IF EXISTS (SELECT FROM public.reporter_messages r WHERE r.id = message) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'reporter_messages_pkey';
      END IF;
      RETURN 'put';
    END
  $$;
COMMENT ON FUNCTION put_message(bytea, uuid, integer, date, uuid, text[], bytea[], bytea[], bytea, bytea, bytea, bytea, bytea, bytea[], bytea[]) IS 'Puts a reporter''s next message into today''s half of the box, for whoever can name the mailbox''s lookup id.';

CREATE FUNCTION put_attachment(
  wanted bytea, attachment uuid, sealed_on date,
  batch uuid, kids text[], encs bytea[], ciphertexts bytea[], wrapped_key bytea, body bytea, signature bytea,
  meta_batch uuid, meta_kids text[], meta_encs bytea[], meta_ciphertexts bytea[], mailbox_enc bytea,
  mailbox_ciphertext bytea, meta_wrapped_key bytea, meta bytea,
  key_hashes bytea[], answers bytea[]) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      half smallint := public.half_to_put_in(sealed_on);
      mailbox record;
      fill record;
    BEGIN
      IF octet_length(body) > 33600000
         OR greatest(octet_length(meta), octet_length(wrapped_key), octet_length(meta_wrapped_key),
                     octet_length(mailbox_enc), octet_length(mailbox_ciphertext)) > 131072 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      PERFORM FROM public.listed_mailboxes m WHERE m.lookup_id = wanted;
      IF NOT FOUND THEN
        RETURN 'gone';
      END IF;
      PERFORM public.take_mailbox_turn(wanted);
      SELECT m.id, m.report_id, m.attachments_allowed INTO mailbox
        FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF NOT FOUND THEN
        RETURN 'gone';
      END IF;
      IF NOT mailbox.attachments_allowed THEN
        RETURN 'no-images';
      END IF;
      SELECT * INTO fill FROM public.mailbox_fill(wanted);
      IF fill.attachments >= 10 THEN
        RETURN 'full';
      END IF;
      PERFORM public.put_answers(sealed_on, key_hashes, answers);
      PERFORM public.put_keys(half, sealed_on, batch, kids, encs, ciphertexts);
      PERFORM public.put_keys(half, sealed_on, meta_batch, meta_kids, meta_encs, meta_ciphertexts);
      INSERT INTO public.box_mailbox_batch_keys (parity, put_on, batch_id, mailbox_id, enc, ciphertext)
        VALUES (half, sealed_on, meta_batch, mailbox.id, mailbox_enc, mailbox_ciphertext);
      INSERT INTO public.box_attachments (parity, id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body,
                                          signature, meta_batch_id, meta_wrapped_key, meta)
        VALUES (half, attachment, mailbox.report_id, mailbox.id, sealed_on, batch, wrapped_key, body, signature,
                meta_batch, meta_wrapped_key, meta);
      IF EXISTS (SELECT FROM public.attachments a WHERE a.id = attachment) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'attachments_pkey';
      END IF;
      RETURN 'put';
    END
  $$;
COMMENT ON FUNCTION put_attachment(bytea, uuid, date, uuid, text[], bytea[], bytea[], bytea, bytea, bytea, uuid, text[], bytea[], bytea[], bytea, bytea, bytea, bytea, bytea[], bytea[]) IS 'Puts a reporter''s image into today''s half of the box, for whoever can name the mailbox''s lookup id.';

-- Ending a mailbox. Of the batches that its messages name only those go that are sealed to this mailbox and to no other,
-- or are a draft's: a row that names another's batch takes nothing along.

CREATE FUNCTION shred_mailbox(mailbox uuid) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      DELETE FROM public.box_batch_keys k USING public.box_reporter_messages r
        WHERE r.mailbox_id = mailbox AND k.batch_id = r.batch_id AND k.parity = r.parity
          AND EXISTS (SELECT FROM public.box_mailbox_batch_keys m
                       WHERE m.batch_id = r.batch_id AND m.mailbox_id = mailbox AND m.parity = r.parity)
          AND NOT EXISTS (SELECT FROM public.box_mailbox_batch_keys m
                           WHERE m.batch_id = r.batch_id AND m.mailbox_id <> mailbox);
      DELETE FROM public.batch_keys k USING public.reporter_messages r
        WHERE r.mailbox_id = mailbox AND k.batch_id = r.batch_id
          AND EXISTS (SELECT FROM public.mailbox_batch_keys m
                       WHERE m.batch_id = r.batch_id AND m.mailbox_id = mailbox)
          AND NOT EXISTS (SELECT FROM public.mailbox_batch_keys m
                           WHERE m.batch_id = r.batch_id AND m.mailbox_id <> mailbox)
          AND NOT EXISTS (SELECT FROM public.reports x WHERE x.batch_id = r.batch_id);
      DELETE FROM public.batch_keys k USING public.staff_messages s
        WHERE s.mailbox_id = mailbox AND k.batch_id = s.batch_id
          AND NOT EXISTS (SELECT FROM public.mailbox_batch_keys m
                           WHERE m.batch_id = s.batch_id AND m.mailbox_id <> mailbox)
          AND NOT EXISTS (SELECT FROM public.reports x WHERE x.batch_id = s.batch_id);
      DELETE FROM public.box_mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
      DELETE FROM public.mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
    END
  $$;
COMMENT ON FUNCTION shred_mailbox(uuid) IS 'Destroys the keys of what both sides said in a mailbox, and of nothing else.';

CREATE OR REPLACE FUNCTION end_mailbox(wanted bytea) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      mailbox uuid;
    BEGIN
      PERFORM FROM public.listed_mailboxes m WHERE m.lookup_id = wanted;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      PERFORM public.take_mailbox_turn(wanted);
      SELECT m.id INTO mailbox FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF mailbox IS NULL THEN
        RETURN false;
      END IF;
      -- Keys first: what they opened is gone even before the rows are.
      PERFORM public.shred_mailbox(mailbox);
      DELETE FROM public.box_reporter_messages r WHERE r.mailbox_id = mailbox;
      DELETE FROM public.reporter_messages r WHERE r.mailbox_id = mailbox;
      DELETE FROM public.staff_messages s WHERE s.mailbox_id = mailbox;
      DELETE FROM public.box_mailboxes m WHERE m.lookup_id = wanted;
      DELETE FROM public.mailboxes m WHERE m.lookup_id = wanted;
      RETURN true;
    END
  $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A session of intake that holds a lock for long is ended: its owner may have switched every time-out off. The owner of
-- the function may signal other sessions, and is nobody's login.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sotto_signals') THEN
    BEGIN
      CREATE ROLE sotto_signals NOLOGIN INHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT sotto_signals TO %I', current_user);
    GRANT CREATE ON SCHEMA public TO sotto_signals;
  END IF;
END
$$;
-- A login that is no superuser may not be allowed to grant these: deploy/postgres/logins.sql does it, once.
DO $$
BEGIN
  GRANT pg_signal_backend, pg_read_all_stats TO sotto_signals;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$$;

CREATE FUNCTION end_intake_in_the_way(seconds integer) RETURNS TABLE (ended integer, allowed boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      intake integer[];
      stuck integer;
    BEGIN
      ended := 0;
      allowed := pg_has_role('pg_signal_backend', 'USAGE') AND pg_has_role('pg_read_all_stats', 'USAGE');
      -- Where one login serves both sides, its sessions differ by the name that their pool gives them.
      intake := ARRAY(
        SELECT a.pid FROM pg_stat_activity a
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
           AND (a.usename = 'sotto_intake' OR (a.usename = session_user AND a.application_name = 'sotto_intake')));
      FOR stuck IN
        SELECT a.pid FROM pg_stat_activity a
         WHERE a.pid = ANY (intake)
           AND a.xact_start < clock_timestamp() - make_interval(secs => greatest(seconds, 1))
           -- Waits for the standby, with its work done.
           AND a.wait_event IS DISTINCT FROM 'SyncRep'
           AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype <> 'virtualxid')
           -- Waits for one of the staff side.
           AND pg_blocking_pids(a.pid) <@ intake
      LOOP
        BEGIN
          ended := ended + pg_terminate_backend(stuck)::integer;
        EXCEPTION WHEN insufficient_privilege THEN
          allowed := false;
        END;
      END LOOP;
      RETURN NEXT;
    END
  $$;
COMMENT ON FUNCTION end_intake_in_the_way(integer) IS 'Ends sessions of intake whose transaction holds locks for longer than so many seconds, and waits for nobody else. Tells how many, and whether it may.';
ALTER FUNCTION end_intake_in_the_way(integer) OWNER TO sotto_signals;
REVOKE ALL ON FUNCTION end_intake_in_the_way(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_intake_in_the_way(integer) TO sotto_triage;

-- ---------------------------------------------------------------------------------------------------------------------
-- Who may do what.

REVOKE INSERT ON
  box_batch_keys, box_reports, box_mailboxes, box_mailbox_batch_keys, box_reporter_messages, box_attachments, kept_answers
  FROM sotto_intake;

GRANT SELECT (parity, batch_id, mailbox_id), INSERT ON box_mailbox_batch_keys TO sotto_definer;
GRANT INSERT ON
  box_batch_keys, box_reports, box_mailboxes, box_reporter_messages, box_attachments, kept_answers TO sotto_definer;
GRANT SELECT (id, batch_id) ON reports TO sotto_definer;
GRANT SELECT (id) ON attachments TO sotto_definer;

DO $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT p.oid::regprocedure AS signature, p.proname IN (
             'day_now', 'put_batch', 'put_message', 'put_attachment', 'mailbox_fill') AS by_intake
      FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
       'day_now', 'is_today', 'half_to_put_in', 'put_answers', 'put_keys', 'put_batch',
       'mailbox_fill', 'take_mailbox_turn', 'put_message', 'put_attachment', 'shred_mailbox')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO sotto_definer', made.signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made.signature);
    IF made.by_intake THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sotto_intake', made.signature);
    END IF;
  END LOOP;
END
$$;

-- A REVOKE that takes nothing away only warns. Here it is an error.
DO $$
DECLARE
  left_over text;
BEGIN
  SELECT string_agg(c.relname, ', ') INTO left_over
    FROM pg_class c
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND (has_any_column_privilege('sotto_intake', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
          OR has_table_privilege('sotto_intake', c.oid, 'DELETE, TRUNCATE, TRIGGER'));
  IF left_over IS NOT NULL THEN
    RAISE EXCEPTION 'sotto_intake still has rights on %', left_over;
  END IF;
END
$$;
