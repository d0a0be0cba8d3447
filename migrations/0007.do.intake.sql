-- All that intake can do. It learns ids from mailboxes, so that a bare INSERT would be too much: a twin of a known id
-- opens a restricted report, or takes its place. It has no right on any table; everything goes through functions.
--
-- None rests on what a session may set: the day is the clock's, every name says its schema, and each puts first and looks
-- afterwards, in a statement of its own. Its lock then keeps the mixing out, or it sees what that has moved; under
-- repeatable read it would see neither, since TRUNCATE takes rows from every snapshot.
--
-- What they tell to whoever holds intake's login: the public keys, the configured agencies, and of a mailbox what its
-- reporter may see, sealed, to whoever can name its lookup id. docs/database-logins.md lists them.

-- Not AT TIME ZONE 'UTC': a session may set TimeZone to 'UTC+100', and with it what that name means.
CREATE FUNCTION day_now() RETURNS date
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT DATE '1970-01-01' + floor(extract(epoch FROM clock_timestamp()) / 86400)::integer $$;
COMMENT ON FUNCTION day_now IS 'The UTC day by the server''s clock.';
ALTER FUNCTION day_now OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION day_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION day_now TO sotto_intake;

CREATE FUNCTION is_today(sealed_on date) RETURNS boolean
  LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$ SELECT sealed_on = DATE '1970-01-01' + floor(extract(epoch FROM clock_timestamp()) / 86400)::integer $$;
COMMENT ON FUNCTION is_today IS 'Whether it is that UTC day by the server''s clock, whatever zone the session has set.';
ALTER FUNCTION is_today OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION is_today FROM PUBLIC;

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
      RETURN (sealed_on - DATE '2000-01-01') & 1;
    END
  $$;
COMMENT ON FUNCTION half_to_put_in IS 'The half of the box that takes today. Refuses another day with SO001.';
ALTER FUNCTION half_to_put_in OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION half_to_put_in FROM PUBLIC;

-- Putting.

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
COMMENT ON FUNCTION put_answers IS 'Keeps answers for repeats of a call, in the order in which they come.';
ALTER FUNCTION put_answers OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_answers FROM PUBLIC;

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
COMMENT ON FUNCTION put_keys IS 'Puts the keys of a batch that is new.';
ALTER FUNCTION put_keys OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_keys FROM PUBLIC;

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
COMMENT ON FUNCTION put_batch IS 'Puts one batch of reports, each with its mailbox, into today''s half of the box. Supporting agencies come as one text each, with commas.';
ALTER FUNCTION put_batch OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_batch FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_batch TO sotto_intake;

-- Reading one mailbox.

CREATE FUNCTION open_mailbox(wanted bytea)
  RETURNS TABLE (id uuid, report_id uuid, opened_on date, sealing_key bytea, signing_key bytea,
                 attachments_allowed boolean, status text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT m.id, m.report_id, m.opened_on, m.sealing_key, m.signing_key, m.attachments_allowed, m.status
      FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1
  $$;
COMMENT ON FUNCTION open_mailbox IS 'The mailbox with this lookup id, if there is one.';
ALTER FUNCTION open_mailbox OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION open_mailbox FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_mailbox TO sotto_intake;

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
COMMENT ON FUNCTION mailbox_messages IS 'What both sides said in this mailbox, sealed, with the keys that are sealed to it.';
ALTER FUNCTION mailbox_messages OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION mailbox_messages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_messages TO sotto_intake;

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
COMMENT ON FUNCTION mailbox_attachments IS 'Type and size, sealed, of the images sent through this mailbox; never the images.';
ALTER FUNCTION mailbox_attachments OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION mailbox_attachments FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_attachments TO sotto_intake;

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
COMMENT ON FUNCTION mailbox_fill IS 'How much is in this mailbox. No row if there is no such mailbox.';
ALTER FUNCTION mailbox_fill OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION mailbox_fill FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_fill TO sotto_intake;

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
COMMENT ON FUNCTION take_mailbox_turn IS 'Waits for others who add to this mailbox, and lets others wait to the end of the transaction.';
ALTER FUNCTION take_mailbox_turn OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION take_mailbox_turn FROM PUBLIC;

CREATE FUNCTION lock_mailbox(wanted bytea)
  RETURNS TABLE (messages integer, last_number integer, attachments integer)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      PERFORM public.take_mailbox_turn(wanted);
      RETURN QUERY SELECT f.messages, f.last_number, f.attachments FROM public.mailbox_fill(wanted) f;
    END
  $$;
COMMENT ON FUNCTION lock_mailbox IS 'Lets one writer at a time add to this mailbox, to the end of its transaction, and tells how much is in it. No row if there is no such mailbox.';
ALTER FUNCTION lock_mailbox OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION lock_mailbox FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_mailbox TO sotto_triage;

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
COMMENT ON FUNCTION put_message IS 'Puts a reporter''s next message into today''s half of the box, for whoever can name the mailbox''s lookup id.';
ALTER FUNCTION put_message OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_message FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_message TO sotto_intake;

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
COMMENT ON FUNCTION put_attachment IS 'Puts a reporter''s image into today''s half of the box, for whoever can name the mailbox''s lookup id.';
ALTER FUNCTION put_attachment OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_attachment FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_attachment TO sotto_intake;

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
COMMENT ON FUNCTION shred_mailbox IS 'Destroys the keys of what both sides said in a mailbox, and of nothing else.';
ALTER FUNCTION shred_mailbox OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION shred_mailbox FROM PUBLIC;

-- A mailbox that ends under a hold is gone for its reporter, with the keys that were sealed to them. What both sides said
-- stays with the organisation until nothing keeps the report: the nightly pass sees to that, which knows what only keys tell.
CREATE FUNCTION end_mailbox(wanted bytea) RETURNS boolean
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
      -- A mailbox can be ended once: how long it took, once, tells nobody which way it went.
      IF EXISTS (SELECT FROM public.listed_mailboxes m JOIN public.reports r ON r.id = m.report_id
                  WHERE m.lookup_id = wanted AND (r.legal_hold OR r.loosened_on IS NOT NULL)) THEN
        DELETE FROM public.box_mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
        DELETE FROM public.mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
      ELSE
        -- Keys first: what they opened is gone even before the rows are.
        PERFORM public.shred_mailbox(mailbox);
        DELETE FROM public.box_reporter_messages r WHERE r.mailbox_id = mailbox;
        DELETE FROM public.reporter_messages r WHERE r.mailbox_id = mailbox;
        DELETE FROM public.staff_messages s WHERE s.mailbox_id = mailbox;
      END IF;
      DELETE FROM public.box_mailboxes m WHERE m.lookup_id = wanted;
      DELETE FROM public.mailboxes m WHERE m.lookup_id = wanted;
      RETURN true;
    END
  $$;
COMMENT ON FUNCTION end_mailbox IS 'Destroys a mailbox with what both sides said; report and images stay. False if there is no such mailbox.';
ALTER FUNCTION end_mailbox OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION end_mailbox FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_mailbox TO sotto_triage, sotto_intake;

-- A session of intake whose transaction has lasted for long is ended if somebody who is not intake waits for it: its owner
-- may have switched every time-out off. If nobody waits, one that is at work is left to finish, for the machine may be
-- busy; one that is idle, or has worked for twelve times as long, is ended all the same, since its snapshot would keep
-- dead rows from being cleared away. The owner of the function may signal other sessions, and is nobody's login.
CREATE FUNCTION end_intake_in_the_way(seconds integer) RETURNS TABLE (ended integer, allowed boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      intake integer[];
      lasting integer[];
      overdue integer[];
      waited_for integer[];
      stuck integer;
    BEGIN
      ended := 0;
      allowed := pg_has_role('pg_signal_backend', 'USAGE') AND pg_has_role('pg_read_all_stats', 'USAGE');
      -- Where one login serves both sides, its sessions differ by the name that their pool gives them.
      intake := ARRAY(
        SELECT a.pid FROM pg_stat_activity a
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
           AND (a.usename = 'sotto_intake' OR (a.usename = session_user AND a.application_name = 'sotto_intake')));
      SELECT array_agg(a.pid),
             array_agg(a.pid) FILTER (
               WHERE a.state LIKE 'idle in transaction%'
                  OR a.xact_start < clock_timestamp() - 12 * make_interval(secs => greatest(seconds, 1)))
        INTO lasting, overdue
        FROM pg_stat_activity a
       WHERE a.pid = ANY (intake)
         AND a.xact_start < clock_timestamp() - make_interval(secs => greatest(seconds, 1))
         -- Waits for the standby, with its work done.
         AND a.wait_event IS DISTINCT FROM 'SyncRep'
         AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype <> 'virtualxid');
      IF lasting IS NOT NULL THEN
        waited_for := ARRAY(
          SELECT unnest(pg_blocking_pids(w.pid)) FROM pg_locks w WHERE NOT w.granted AND w.pid <> ALL (intake));
        FOR stuck IN
          SELECT l.pid FROM unnest(lasting) AS l (pid)
           WHERE (l.pid = ANY (waited_for) OR l.pid = ANY (overdue))
             -- Waits for none of the staff side.
             AND pg_blocking_pids(l.pid) <@ intake
        LOOP
          BEGIN
            ended := ended + pg_terminate_backend(stuck)::integer;
          EXCEPTION WHEN insufficient_privilege THEN
            allowed := false;
          END;
        END LOOP;
      END IF;
      RETURN NEXT;
    END
  $$;
COMMENT ON FUNCTION end_intake_in_the_way IS 'Ends sessions of intake whose transaction has held locks for longer than so many seconds, if another than intake waits for it or it is idle, or has lasted for twelve times as long; none that waits for another than intake. Tells how many, and whether it may.';
ALTER FUNCTION end_intake_in_the_way OWNER TO sotto_signals;
REVOKE ALL ON FUNCTION end_intake_in_the_way FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_intake_in_the_way TO sotto_triage;
