-- Proof of work: the secret that challenges are made with, and which solutions have been spent.
--
-- Both are UNLOGGED: nothing of them reaches WAL, a standby or an archive. A crash empties both together, so that no
-- challenge from before it can be solved, or spent again. The secret is in the database because all instances must
-- agree on it, and an intake keyring holds no secret.
--
-- It tells how many solutions were spent on a day or two. A spent row is written in a transaction of its own, just before
-- the one of what it was spent for. Never in the same one: they would share a transaction id. What remains is that the
-- two ids are neighbours, until the mixing of that day empties the partition and gives the reports a new one.
--
-- sotto_definer does all of it. Triage empties them with the mixing. Intake touches neither.

CREATE UNLOGGED TABLE challenge_secrets (
  day    date PRIMARY KEY,
  secret bytea NOT NULL CHECK (octet_length(secret) = 32)
);
COMMENT ON TABLE challenge_secrets IS 'One random secret a day, made when first needed. What was made with yesterday''s is still good; older ones are deleted.';
COMMENT ON COLUMN challenge_secrets.day IS 'UTC day on which it was made.';
COMMENT ON COLUMN challenge_secrets.secret IS 'Signs challenges and keys the hashes of spent solutions. Random.';
GRANT DELETE ON challenge_secrets TO sotto_triage;
GRANT SELECT, INSERT, DELETE ON challenge_secrets TO sotto_definer;
GRANT SELECT (day) ON challenge_secrets TO sotto_triage;

CREATE TABLE spent_challenges (
  parity  smallint NOT NULL CHECK (parity IN (0, 1)),
  hash    bytea NOT NULL CHECK (octet_length(hash) = 32),
  day     date NOT NULL,
  spender bytea CHECK (octet_length(spender) = 32),
  PRIMARY KEY (parity, hash)
) PARTITION BY LIST (parity);
CREATE UNLOGGED TABLE spent_challenges_even PARTITION OF spent_challenges FOR VALUES IN (0);
CREATE UNLOGGED TABLE spent_challenges_odd PARTITION OF spent_challenges FOR VALUES IN (1);
COMMENT ON TABLE spent_challenges IS 'Solutions that are being used or have been. Nothing here leads to what they were used for.';
COMMENT ON COLUMN spent_challenges.parity IS 'Parity of the day, as in the box.';
COMMENT ON COLUMN spent_challenges.hash IS 'HMAC of the challenge''s nonce under that day''s secret.';
COMMENT ON COLUMN spent_challenges.day IS 'Day of the secret that the challenge was made with.';
COMMENT ON COLUMN spent_challenges.spender IS 'HMAC of the call''s Idempotency-Key hash, if it has one: the same call may come twice at once.';
GRANT SELECT, INSERT, DELETE ON spent_challenges TO sotto_definer;
GRANT TRUNCATE ON spent_challenges_even, spent_challenges_odd TO sotto_triage, sotto_definer;

-- 32 random bytes from two random UUIDs: 244 bits of the server's strong random source.
CREATE FUNCTION challenge_secrets_now() RETURNS TABLE (day date, secret bytea)
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
      CASE (today - DATE '2000-01-01') & 1 WHEN 0 THEN 'spent_challenges_even' ELSE 'spent_challenges_odd' END);
  END IF;
  RETURN QUERY SELECT day, secret FROM public.challenge_secrets ORDER BY day DESC LIMIT 3;
END
$$;
COMMENT ON FUNCTION challenge_secrets_now IS 'The secrets that are good now, newest first. Makes today''s if there is none yet: whoever comes first makes it for all.';
ALTER FUNCTION challenge_secrets_now OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION challenge_secrets_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION challenge_secrets_now TO sotto_intake;

CREATE FUNCTION spend_challenge(made_on date, solved bytea, spent_by bytea) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  INSERT INTO public.spent_challenges (parity, hash, day, spender)
    VALUES ((made_on - DATE '2000-01-01') & 1, solved, made_on, spent_by)
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT CASE WHEN spender = spent_by THEN 'again' ELSE 'spent' END
              FROM public.spent_challenges
             WHERE parity = (made_on - DATE '2000-01-01') & 1 AND hash = solved);
  END IF;
  -- Looked up after the insert, which waits for a mixing that is emptying the partition.
  IF NOT EXISTS (SELECT FROM public.challenge_secrets WHERE day = made_on) THEN
    DELETE FROM public.spent_challenges WHERE parity = (made_on - DATE '2000-01-01') & 1 AND hash = solved;
    RETURN 'unknown';
  END IF;
  RETURN 'first';
END
$$;
COMMENT ON FUNCTION spend_challenge IS 'Spends a solution, once: first, again (by the same call), spent (by another), or unknown where its secret is no longer good.';
ALTER FUNCTION spend_challenge OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION spend_challenge FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spend_challenge TO sotto_intake;

CREATE FUNCTION unspend_challenge(made_on date, solved bytea) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DELETE FROM public.spent_challenges WHERE parity = (made_on - DATE '2000-01-01') & 1 AND hash = solved
  $$;
COMMENT ON FUNCTION unspend_challenge IS 'Gives a solution back whose call did not succeed.';
ALTER FUNCTION unspend_challenge OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION unspend_challenge FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unspend_challenge TO sotto_intake;

SELECT keep_durable();
