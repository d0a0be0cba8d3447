-- Answers kept for repeats of a creating call (Idempotency-Key), to the end of the next UTC day but one.
-- Neither key nor body is stored: the row is found by a hash of the key, and opens only with key and body.

CREATE TABLE kept_answers (
  key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
  kept_on  date NOT NULL,
  answer   bytea NOT NULL
);
CREATE INDEX kept_answers_day ON kept_answers (kept_on);
COMMENT ON TABLE kept_answers IS 'One row a creating call that carried an Idempotency-Key and succeeded; written in the transaction of what it created.';
COMMENT ON COLUMN kept_answers.key_hash IS 'HKDF of the key, scoped to call and caller.';
COMMENT ON COLUMN kept_answers.kept_on IS 'UTC day.';
COMMENT ON COLUMN kept_answers.answer IS 'The answer, padded to a multiple of 4 KiB, sealed under HKDF(key, salt = hash of the body).';

GRANT INSERT ON kept_answers TO sotto_intake;
GRANT SELECT, INSERT, DELETE ON kept_answers TO sotto_triage;

CREATE FUNCTION kept_answer(wanted bytea) RETURNS bytea
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT answer FROM public.kept_answers WHERE key_hash = wanted $$;
COMMENT ON FUNCTION kept_answer(bytea) IS 'The sealed answer kept for a key, to whoever has the key.';
GRANT SELECT ON kept_answers TO sotto_definer;
ALTER FUNCTION kept_answer(bytea) OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION kept_answer(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kept_answer(bytea) TO sotto_intake, sotto_triage;
