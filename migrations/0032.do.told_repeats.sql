-- Each report that came with an Idempotency-Key asked by itself, before anything else, whether it had come before: one more
-- statement for all that came in a turn, and half of them waited for it while the others were put, so that batches were
-- half as large. Hardly one has. So a batch is put, and says which of its answers are there already: then nothing was put.
-- It says so and raises nothing, since an error stands in the server's log with its time.

CREATE FUNCTION put_batch_unless_repeated(
  sealed_on date, batch uuid, kids text[], encs bytea[], ciphertexts bytea[],
  ids uuid[], categories text[], priorities smallint[], lead_agencies text[], support_agencies text[],
  restricted boolean[], wrapped_keys bytea[], bodies bytea[],
  mailbox_ids uuid[], lookup_ids bytea[], sealing_keys bytea[], signing_keys bytea[], images_taken boolean[],
  key_hashes bytea[], answers bytea[]) RETURNS smallint[]
  -- By index, whatever size the tables had when a session first asked.
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
  AS $$
    DECLARE
      repeated smallint[];
    BEGIN
      IF cardinality(key_hashes) > 256 THEN
        RAISE EXCEPTION 'too large' USING ERRCODE = 'program_limit_exceeded';
      END IF;
      SELECT array_agg(a.place) INTO repeated
        FROM unnest(key_hashes) WITH ORDINALITY AS a (key_hash, place)
       WHERE (SELECT true FROM public.kept_answers k WHERE k.key_hash = a.key_hash)
          OR (SELECT true FROM public.kept_answers_mixed k WHERE k.key_hash = a.key_hash);
      IF repeated IS NULL THEN
        -- Which looks again once it has put: see above half_to_put_in.
        PERFORM public.put_batch(sealed_on, batch, kids, encs, ciphertexts, ids, categories, priorities, lead_agencies,
                                 support_agencies, restricted, wrapped_keys, bodies, mailbox_ids, lookup_ids, sealing_keys,
                                 signing_keys, images_taken, key_hashes, answers);
      END IF;
      RETURN repeated;
    END
  $$;
COMMENT ON FUNCTION put_batch_unless_repeated IS 'Puts one batch of reports as put_batch does, or nothing and tells which of its answers are there already, by their places.';
ALTER FUNCTION put_batch_unless_repeated OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION put_batch_unless_repeated FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_batch_unless_repeated TO sotto_intake;
