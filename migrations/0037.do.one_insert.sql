-- A report that comes alone is put by a function whose three INSERTs were a statement each, and a good part of what it took Postgres
-- was to begin and to end them. Now they are one. What is let in, what is refused, and that it looks for twins
-- afterwards in a statement of its own, is as before.

CREATE OR REPLACE FUNCTION put_batch(
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
      IF cardinality(ids) > 256 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      IF cardinality(key_hashes) > 0 THEN
        PERFORM public.put_answers(sealed_on, key_hashes, answers);
      END IF;
      -- As put_keys, whose last look is below. Each is small where all of them are together.
      IF coalesce(cardinality(kids), 0) NOT BETWEEN 1 AND 16 THEN
        RAISE EXCEPTION 'a batch is sealed to somebody, and to few' USING ERRCODE = 'check_violation';
      END IF;
      IF pg_column_size(encs) > 2048 OR pg_column_size(ciphertexts) > 2048 THEN
        IF (SELECT max(octet_length(k)) FROM unnest(encs || ciphertexts) k) > 2048 THEN
          RAISE EXCEPTION 'a batch is sealed to somebody, and to few' USING ERRCODE = 'check_violation';
        END IF;
      END IF;
      -- In one statement, since to begin and to end one takes Postgres a while. Its parts put in this order: keys,
      -- then reports, then mailboxes, as the mixing locks them.
      WITH put_mailboxes AS (
        INSERT INTO public.box_mailboxes (parity, opened_on, report_id, id, lookup_id, sealing_key, signing_key,
                                          attachments_allowed)
          SELECT half, sealed_on, m.report_id, m.id, m.lookup_id, m.sealing_key, m.signing_key, m.images_taken
            FROM unnest(ids, mailbox_ids, lookup_ids, sealing_keys, signing_keys, images_taken)
              AS m (report_id, id, lookup_id, sealing_key, signing_key, images_taken)
           ORDER BY m.id
      ), put_reports AS (
        INSERT INTO public.box_reports (parity, received_on, batch_id, id, category, priority, lead_agency,
                                        support_agencies, restricted, wrapped_key, body)
          SELECT half, sealed_on, batch, r.id, r.category, r.priority, r.lead_agency,
                 string_to_array(r.support_agencies, ','), r.restricted, r.wrapped_key, r.body
            FROM unnest(ids, categories, priorities, lead_agencies, support_agencies, restricted, wrapped_keys, bodies)
              AS r (id, category, priority, lead_agency, support_agencies, restricted, wrapped_key, body)
      )
      INSERT INTO public.box_batch_keys (parity, put_on, batch_id, place, kid, enc, ciphertext)
        SELECT half, sealed_on, batch, k.place, k.kid, k.enc, k.ciphertext
          FROM unnest(kids, encs, ciphertexts) WITH ORDINALITY AS k (kid, enc, ciphertext, place);
      -- After all that was put, in a statement of its own: see above half_to_put_in.
      IF EXISTS (SELECT FROM public.batch_keys k WHERE k.batch_id = batch)
         OR EXISTS (SELECT FROM public.mailbox_batch_keys k WHERE k.batch_id = batch)
         OR EXISTS (SELECT FROM public.reports r WHERE r.id = ANY (ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.lookup_id = ANY (lookup_ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.id = ANY (mailbox_ids))
         OR EXISTS (SELECT FROM public.mailboxes m WHERE m.report_id = ANY (ids)) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'reports_pkey';
      END IF;
    END
  $$;
