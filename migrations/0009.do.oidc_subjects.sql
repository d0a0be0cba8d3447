-- Which person stands behind whom the OIDC issuer names.

CREATE TABLE staff_subjects (
  issuer     text NOT NULL CHECK (octet_length(issuer) BETWEEN 1 AND 2048),
  subject    text NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 255),
  staff_id   uuid NOT NULL REFERENCES staff (id),
  role       text CHECK (role IN ('triager', 'supervisor', 'partner', 'auditor', 'admin')),
  agency     text,
  revoked_at timestamptz,
  mac        bytea NOT NULL CHECK (octet_length(mac) = 32),
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX staff_subjects_staff ON staff_subjects (staff_id);
COMMENT ON TABLE staff_subjects IS 'One row a subject of an issuer: no e-mail, no name of theirs. A row identifies nobody unless its MAC is right, and the MAC''s key is in no database.';
COMMENT ON COLUMN staff_subjects.issuer IS 'The token''s iss.';
COMMENT ON COLUMN staff_subjects.subject IS 'The token''s sub, which the issuer never gives to another.';
COMMENT ON COLUMN staff_subjects.staff_id IS 'Who that is here.';
COMMENT ON COLUMN staff_subjects.role IS 'As their last token had it, to show whom a report can be given; what they may do is in each token. NULL until one is seen.';
COMMENT ON COLUMN staff_subjects.agency IS 'As their last token had it.';
COMMENT ON COLUMN staff_subjects.revoked_at IS 'Set at revocation; from then on the subject is refused.';
COMMENT ON COLUMN staff_subjects.mac IS 'HMAC under the keyring''s token key over issuer, subject, person and name.';

-- No DELETE: a subject whose row is gone would come back as a person of its own.
GRANT SELECT, INSERT ON staff_subjects TO sotto_triage;
GRANT UPDATE (staff_id, role, agency, revoked_at, mac) ON staff_subjects TO sotto_triage;
