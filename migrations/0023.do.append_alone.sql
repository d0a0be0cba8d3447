-- Whoever opens a report waits for the record of it. As a transaction of the service's that was six round trips; here it is
-- one: the keys of the reason, the turn, the trail's end, the hash and the record. The service writes the record as canonical
-- JSON but for its number, which only the trail's end tells. It is invoked with the rights of whoever calls it.
CREATE FUNCTION append_alone(
  done_at timestamptz, done_by text, in_role text, what text, on_what text, before_number text, after_number text,
  reason uuid, reason_batch uuid, reason_key bytea, reason_text bytea, kids text[], encs bytea[], ciphertexts bytea[])
  RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      number bigint;
      previous bytea;
      canonical bytea;
    BEGIN
      -- Otherwise it would not see what the one before it has committed.
      IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'only in read committed' USING ERRCODE = 'invalid_transaction_state';
      END IF;
      IF reason_batch IS NOT NULL THEN
        INSERT INTO public.batch_keys (batch_id, kid, enc, ciphertext)
          SELECT reason_batch, k.kid, k.enc, k.ciphertext FROM unnest(kids, encs, ciphertexts) AS k (kid, enc, ciphertext);
      END IF;
      PERFORM FROM public.turns t WHERE t.name = 'trail' FOR UPDATE;
      SELECT r.seq, r.hash INTO number, previous FROM public.audit_records r ORDER BY r.seq DESC LIMIT 1;
      number := coalesce(number, 0) + 1;
      previous := coalesce(previous, '');
      canonical := convert_to(before_number || number || after_number, 'UTF8');
      INSERT INTO public.audit_records (seq, at, actor, role, action, target, recipients, reason_id, reason_batch_id,
                                        reason_wrapped_key, reason_body, hash)
        VALUES (number, done_at, done_by, in_role, what, on_what, '{}', reason, reason_batch, reason_key, reason_text,
                sha256(int4send(13) || 'sotto/1/audit'::bytea || int4send(octet_length(previous)) || previous
                       || int4send(octet_length(canonical)) || canonical));
    END
  $$;
COMMENT ON FUNCTION append_alone IS 'Appends one record to the audit trail, as a transaction of its own, with the keys that its reason is sealed under.';
REVOKE ALL ON FUNCTION append_alone FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_alone TO sotto_triage;
