-- A key of the organisation or of an agency may be of a second suite, the hybrid of ML-KEM-768 and X25519, whose public keys
-- have 1,216 bytes. The length tells the suite; of an organisation key the suite stands beside it too, and both must say the
-- same.

ALTER TABLE accepted_keys
  DROP CONSTRAINT accepted_keys_public_key_check,
  ADD CONSTRAINT accepted_keys_suite CHECK (
    kdf = 1 AND aead = 2
    AND (kem, octet_length(public_key)) IN ((32, 32), (25722, 1216))
  );
COMMENT ON COLUMN accepted_keys.public_key IS 'Raw public key, of 32 bytes or 1,216, by its suite.';

ALTER TABLE agency_keys
  DROP CONSTRAINT agency_keys_public_key_check,
  ADD CONSTRAINT agency_keys_public_key_check CHECK (octet_length(public_key) IN (32, 1216));
COMMENT ON COLUMN agency_keys.public_key IS 'Raw public key; its length tells the suite: 32 bytes X25519, 1,216 the hybrid of ML-KEM-768 and X25519.';
