-- Keys. Every sealed thing has a data key of its own; a batch key wraps the data keys of one commit; the batch key is
-- sealed by HPKE (RFC 9180) to each organisation key, and to the mailbox where the reporter reads too.
--
-- It tells which keys there were and when, and how many batches were made; nothing here opens without a private key,
-- which no database holds. Intake makes one batch for what came together. So the mixing seals everything anew, and nothing
-- that has left the box names a batch of intake, unless its key did not open.
--
-- Tables named box_* take what comes from reporters, each in two partitions by parity of the day (UTC days since
-- 2000-01-01, lowest bit). No foreign key joins two box tables, so that one partition can be truncated while the other
-- takes inserts.

CREATE TABLE accepted_keys (
  kid        text PRIMARY KEY,
  kem        integer NOT NULL,
  kdf        integer NOT NULL,
  aead       integer NOT NULL,
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  status     text NOT NULL CHECK (status IN ('pending', 'active', 'expired')),
  not_before date NOT NULL,
  not_after  date NOT NULL
);
COMMENT ON TABLE accepted_keys IS 'Organisation keys that reports may be sealed to. Triage registers them from its keyring; a batch that names another kid is refused.';
COMMENT ON COLUMN accepted_keys.kid IS 'Key id; decides the suite.';
COMMENT ON COLUMN accepted_keys.kem IS 'RFC 9180 KEM id.';
COMMENT ON COLUMN accepted_keys.kdf IS 'RFC 9180 KDF id.';
COMMENT ON COLUMN accepted_keys.aead IS 'RFC 9180 AEAD id.';
COMMENT ON COLUMN accepted_keys.public_key IS 'Raw X25519 public key.';
COMMENT ON COLUMN accepted_keys.status IS 'pending: known, not used yet; active: seals; expired: opens, and still seals for 14 days.';
COMMENT ON COLUMN accepted_keys.not_before IS 'First day of its period.';
COMMENT ON COLUMN accepted_keys.not_after IS 'Last day of its period.';
GRANT SELECT, INSERT, UPDATE, DELETE ON accepted_keys TO sotto_triage;
GRANT SELECT ON accepted_keys TO sotto_definer;

CREATE TABLE box_batch_keys (
  parity     smallint NOT NULL CHECK (parity IN (0, 1)),
  batch_id   uuid NOT NULL,
  kid        text NOT NULL REFERENCES accepted_keys (kid),
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  put_on     date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
  place      smallint NOT NULL DEFAULT 1,
  PRIMARY KEY (batch_id, kid, parity)
) PARTITION BY LIST (parity);
CREATE TABLE box_batch_keys_even PARTITION OF box_batch_keys FOR VALUES IN (0);
CREATE TABLE box_batch_keys_odd PARTITION OF box_batch_keys FOR VALUES IN (1);
CREATE UNIQUE INDEX box_batch_keys_place ON box_batch_keys (batch_id, place, parity);
COMMENT ON TABLE box_batch_keys IS 'One commit''s batch key, sealed once for each organisation key.';
COMMENT ON COLUMN box_batch_keys.parity IS 'Parity of the UTC day.';
COMMENT ON COLUMN box_batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN box_batch_keys.kid IS 'Organisation key it is sealed to.';
COMMENT ON COLUMN box_batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN box_batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';
COMMENT ON COLUMN box_batch_keys.put_on IS 'UTC day.';
COMMENT ON COLUMN box_batch_keys.place IS 'Counts the keys of one batch from 1: nobody adds another to a batch that is there.';
GRANT SELECT, DELETE, TRUNCATE ON box_batch_keys, box_batch_keys_even, box_batch_keys_odd TO sotto_triage;
GRANT SELECT, INSERT, DELETE ON box_batch_keys TO sotto_definer;

CREATE TABLE batch_keys (
  batch_id   uuid NOT NULL,
  kid        text NOT NULL REFERENCES accepted_keys (kid),
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (batch_id, kid)
);
CREATE INDEX batch_keys_kid ON batch_keys (kid);
COMMENT ON TABLE batch_keys IS 'Batch keys made by triage: for what has left the box, and for what staff write.';
COMMENT ON COLUMN batch_keys.batch_id IS 'Random id of the batch.';
COMMENT ON COLUMN batch_keys.kid IS 'Organisation key it is sealed to.';
COMMENT ON COLUMN batch_keys.enc IS 'HPKE encapsulated key.';
COMMENT ON COLUMN batch_keys.ciphertext IS 'HPKE ciphertext of the 32-byte batch key.';
GRANT SELECT, INSERT, UPDATE, DELETE ON batch_keys TO sotto_triage;
GRANT INSERT ON batch_keys TO sotto_partner;
GRANT SELECT, DELETE ON batch_keys TO sotto_definer;

CREATE TABLE box_mailbox_batch_keys (
  parity     smallint NOT NULL CHECK (parity IN (0, 1)),
  batch_id   uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  enc        bytea NOT NULL,
  ciphertext bytea NOT NULL,
  put_on     date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
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
COMMENT ON COLUMN box_mailbox_batch_keys.put_on IS 'UTC day.';
GRANT SELECT, DELETE, TRUNCATE ON box_mailbox_batch_keys, box_mailbox_batch_keys_even, box_mailbox_batch_keys_odd TO
  sotto_triage;
GRANT SELECT, INSERT, DELETE ON box_mailbox_batch_keys TO sotto_definer;
GRANT SELECT (parity, batch_id, mailbox_id) ON box_mailbox_batch_keys TO sotto_definer;

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
GRANT SELECT, INSERT, UPDATE, DELETE ON mailbox_batch_keys TO sotto_triage;
GRANT SELECT, DELETE ON mailbox_batch_keys TO sotto_definer;

-- Views: of rows of one id the one in the main table wins, of two in the box the one of the older day (of one day, the one
-- that lies in its half). What loses is set aside: nobody lists, opens, searches, exports or moves it, and the mixing puts
-- it into unplaced_rows. Each look is a scalar subquery, so that it stays a look-up in an index and rows come in the order
-- of their own index. The views of reports, mailboxes, messages and images go by the same rule.

CREATE VIEW listed_batch_keys AS
  SELECT batch_id, kid, enc, ciphertext
    FROM (
      SELECT b.batch_id, b.kid, b.enc, b.ciphertext,
             coalesce((SELECT true FROM batch_keys m WHERE m.batch_id = b.batch_id LIMIT 1),
                      (SELECT true FROM box_batch_keys o
                        WHERE o.batch_id = b.batch_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.put_on < b.put_on OR (o.put_on = b.put_on AND (b.put_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_batch_keys b
      UNION ALL
      SELECT batch_id, kid, enc, ciphertext, false FROM batch_keys) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_batch_keys IS 'Every batch key sealed to an organisation key.';
GRANT SELECT ON listed_batch_keys TO sotto_triage;

CREATE VIEW listed_mailbox_batch_keys AS
  SELECT batch_id, mailbox_id, enc, ciphertext
    FROM (
      SELECT b.batch_id, b.mailbox_id, b.enc, b.ciphertext,
             coalesce((SELECT true FROM mailbox_batch_keys m WHERE m.batch_id = b.batch_id LIMIT 1),
                      (SELECT true FROM box_mailbox_batch_keys o
                        WHERE o.batch_id = b.batch_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.put_on < b.put_on OR (o.put_on = b.put_on AND (b.put_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_mailbox_batch_keys b
      UNION ALL
      SELECT batch_id, mailbox_id, enc, ciphertext, false FROM mailbox_batch_keys) every
   WHERE NOT set_aside;
COMMENT ON VIEW listed_mailbox_batch_keys IS 'Every batch key sealed to a mailbox.';
GRANT SELECT ON listed_mailbox_batch_keys TO sotto_triage, sotto_definer;

-- What intake must be told: which keys it may seal to.
CREATE FUNCTION keys_accepted_now()
  RETURNS TABLE (kid text, kem integer, kdf integer, aead integer, public_key bytea, status text, not_before date, not_after date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT k.kid, k.kem, k.kdf, k.aead, k.public_key, k.status, k.not_before, k.not_after
      FROM public.accepted_keys k ORDER BY k.not_before DESC, k.kid LIMIT 100
  $$;
COMMENT ON FUNCTION keys_accepted_now IS 'The organisation keys that reports may be sealed to.';
ALTER FUNCTION keys_accepted_now OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION keys_accepted_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keys_accepted_now TO sotto_triage, sotto_intake;

SELECT keep_durable();
