-- A report that comes alone took Postgres half a millisecond, and no statement of it stood out: each statement reads the
-- text of every CHECK of its table anew and makes it ready, and each function that is called makes ready its own. So what
-- the box asks of a report stands in one function, which is read once a session, and a batch is put by one function with
-- as few statements as its promises allow. What is let in and what is refused is the same as before, but for wrapped keys,
-- whose bound is kept by the table too.

-- Called by a CHECK, in the words of pg_catalog alone: its owner's functions, and nobody else, put rows in the box.
CREATE FUNCTION has_box_form(
  category text, priority smallint, lead_agency text, support_agencies text[], wrapped_key bytea, body bytea)
  RETURNS boolean LANGUAGE plpgsql IMMUTABLE
  AS $$
    DECLARE
      support text := array_to_string(support_agencies, ',', '?');
    BEGIN
      RETURN priority BETWEEN 1 AND 3
         AND octet_length(body) <= 4194304 + 64
         AND octet_length(wrapped_key) <= 256
         AND octet_length(category) <= 64
         AND octet_length(lead_agency) <= 64
         AND cardinality(support_agencies) <= 50
         -- Patterns with bounds within bounds would take Postgres long.
         AND (octet_length(support) <= 64 OR (octet_length(support) <= 50 * 65 AND support !~ '[^,]{65}'))
         AND category || '/' || lead_agency || '/' || support
             ~ '^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*/([a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*)?$';
    END
  $$;
COMMENT ON FUNCTION has_box_form IS 'Whether what a report says in the clear has the form of slugs, since lists show it, and nothing is larger than any report.';
ALTER FUNCTION has_box_form OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION has_box_form FROM PUBLIC;

-- That the parity is 0 or 1 follows from the partitions.
ALTER TABLE box_reports
  DROP CONSTRAINT box_reports_parity_check,
  DROP CONSTRAINT box_reports_priority_check,
  DROP CONSTRAINT box_reports_body_size,
  DROP CONSTRAINT box_reports_category_form,
  DROP CONSTRAINT box_reports_lead_form,
  DROP CONSTRAINT box_reports_support_form,
  ADD CONSTRAINT box_reports_form
    CHECK (has_box_form(category, priority, lead_agency, support_agencies, wrapped_key, body));
ALTER TABLE box_mailboxes DROP CONSTRAINT box_mailboxes_parity_check;
ALTER TABLE box_batch_keys DROP CONSTRAINT box_batch_keys_parity_check;

-- A function in SQL is made ready each time that it is called by another.
CREATE OR REPLACE FUNCTION is_today(sealed_on date) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      RETURN sealed_on = DATE '1970-01-01' + floor(extract(epoch FROM clock_timestamp()) / 86400)::integer;
    END
  $$;

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
      INSERT INTO public.box_batch_keys (parity, put_on, batch_id, place, kid, enc, ciphertext)
        SELECT half, sealed_on, batch, k.place, k.kid, k.enc, k.ciphertext
          FROM unnest(kids, encs, ciphertexts) WITH ORDINALITY AS k (kid, enc, ciphertext, place);
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
