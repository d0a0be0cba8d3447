-- The people who work with reports, what they show at the door, and whom reports of corruption name from the start.
--
-- It tells who works here, in which role and for which agency, and until when. No token can be made from it: a token is
-- random and only its hash is here, and a row opens nothing unless its MAC is right, whose key is in no database. Nothing
-- here is about a reporter.

CREATE TABLE staff (
  id            uuid PRIMARY KEY,
  name          text NOT NULL,
  distinct_from uuid[] NOT NULL DEFAULT '{}'
);
CREATE INDEX staff_name ON staff (name);
COMMENT ON TABLE staff IS 'One row a person. Tokens of one name are one person: the four-eyes rule compares persons, and takes two rows whose names are the same or look alike for one.';
COMMENT ON COLUMN staff.id IS 'Random UUID v4.';
COMMENT ON COLUMN staff.name IS 'Name as the team knows it. Compared by NFKC, without regard to case and to how much white space there is.';
COMMENT ON COLUMN staff.distinct_from IS 'Other people of a like name of whom the operator said that they are somebody else.';
GRANT SELECT, INSERT ON staff TO sotto_triage;

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
GRANT SELECT, INSERT ON staff_tokens TO sotto_triage;
GRANT UPDATE (revoked_at) ON staff_tokens TO sotto_triage;

-- No DELETE: a subject whose row is gone would come back as a person of its own.
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
GRANT SELECT, INSERT ON staff_subjects TO sotto_triage;
GRANT UPDATE (staff_id, role, agency, revoked_at, mac) ON staff_subjects TO sotto_triage;

CREATE TABLE named_from_start (
  staff_id uuid PRIMARY KEY REFERENCES staff (id)
);
COMMENT ON TABLE named_from_start IS 'Whom reports of corruption name from the start, by configuration. Triage replaces it at its start.';
COMMENT ON COLUMN named_from_start.staff_id IS 'The person.';
GRANT SELECT, INSERT, DELETE ON named_from_start TO sotto_triage;

CREATE FUNCTION people_named_from_start() RETURNS uuid[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(staff_id ORDER BY staff_id), '{}') FROM named_from_start
$$;
COMMENT ON FUNCTION people_named_from_start IS 'Those people.';
REVOKE ALL ON FUNCTION people_named_from_start FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_named_from_start TO sotto_triage;

-- A row of a token that was written by hand counts here, since the key that tells is in no database. It opens nothing.
CREATE FUNCTION people_who_sign_in(named uuid[]) RETURNS integer LANGUAGE sql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*)::integer FROM unnest(named) AS one (id)
   WHERE EXISTS (SELECT FROM staff_tokens t
                  WHERE t.staff_id = one.id AND t.revoked_at IS NULL AND t.expires_at > now()
                    AND t.role IN ('triager', 'supervisor'))
      OR EXISTS (SELECT FROM staff_subjects s
                  WHERE s.staff_id = one.id AND s.revoked_at IS NULL
                    AND coalesce(s.role, 'triager') IN ('triager', 'supervisor'))
$$;
COMMENT ON FUNCTION people_who_sign_in IS 'How many of these people can still sign in and read reports.';
REVOKE ALL ON FUNCTION people_who_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_who_sign_in TO sotto_triage;

SELECT keep_durable();
