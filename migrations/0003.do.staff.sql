-- The people who work with reports, and what they may show at the door.

CREATE TABLE staff (
  id   uuid PRIMARY KEY,
  name text NOT NULL UNIQUE
);
COMMENT ON TABLE staff IS 'One row a person. Tokens of one name are one person: the four-eyes rule compares persons.';
COMMENT ON COLUMN staff.id IS 'Random UUID v4.';
COMMENT ON COLUMN staff.name IS 'Name as the team knows it.';

CREATE TABLE staff_tokens (
  hash       bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  staff_id   uuid NOT NULL REFERENCES staff (id),
  role       text NOT NULL CHECK (role IN ('triager', 'supervisor', 'partner', 'auditor', 'admin')),
  agency     text,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  mac        bytea NOT NULL CHECK (octet_length(mac) = 32)
);
CREATE INDEX staff_tokens_staff ON staff_tokens (staff_id);
COMMENT ON TABLE staff_tokens IS 'Local tokens. A row opens nothing unless its MAC is right, and the MAC''s key is in no database.';
COMMENT ON COLUMN staff_tokens.hash IS 'SHA-256 of the token.';
COMMENT ON COLUMN staff_tokens.staff_id IS 'Whose token it is.';
COMMENT ON COLUMN staff_tokens.role IS 'What the token lets its bearer be.';
COMMENT ON COLUMN staff_tokens.agency IS 'The bearer''s agency, where there is one.';
COMMENT ON COLUMN staff_tokens.expires_at IS 'From then on it opens nothing.';
COMMENT ON COLUMN staff_tokens.revoked_at IS 'Set at revocation; from then on it opens nothing.';
COMMENT ON COLUMN staff_tokens.mac IS 'HMAC under the keyring''s token key over hash, person, name, role, agency and expiry.';

GRANT SELECT, INSERT ON staff TO sotto_triage;
GRANT SELECT, INSERT ON staff_tokens TO sotto_triage;
GRANT UPDATE (revoked_at) ON staff_tokens TO sotto_triage;
