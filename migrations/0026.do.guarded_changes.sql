-- Loosening and hiding are never one person's quiet act: who is named from the start, who of the named is left, and
-- what waits for a second supervisor.

CREATE TABLE named_from_start (
  staff_id uuid PRIMARY KEY REFERENCES staff (id)
);
COMMENT ON TABLE named_from_start IS 'Whom reports of corruption name from the start, by configuration. Triage replaces it at its start.';
COMMENT ON COLUMN named_from_start.staff_id IS 'The person.';
GRANT SELECT, INSERT, DELETE ON named_from_start TO sotto_triage;

CREATE FUNCTION people_named_from_start() RETURNS uuid[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(staff_id ORDER BY staff_id), '{}') FROM named_from_start
$$;
COMMENT ON FUNCTION people_named_from_start() IS 'Those people.';

-- A box row names nobody itself: intake must not know whom.
CREATE FUNCTION named_people(report uuid, named uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF named <> '{}' OR EXISTS (SELECT FROM reports WHERE id = report) THEN
    RETURN named;
  END IF;
  RETURN people_named_from_start();
END
$$;
COMMENT ON FUNCTION named_people(uuid, uuid[]) IS 'Whom a restricted report names: those of its row, or while it lies in the box those named from the start.';

CREATE FUNCTION name_from_start() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.restricted_to := people_named_from_start();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION name_from_start() IS 'A restricted report that leaves the box goes on naming whom it named there.';
CREATE TRIGGER reports_name_from_start BEFORE INSERT ON reports
  FOR EACH ROW WHEN (NEW.restricted AND NEW.restricted_to = '{}') EXECUTE FUNCTION name_from_start();

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
COMMENT ON FUNCTION people_who_sign_in(uuid[]) IS 'How many of these people can still sign in and read reports.';

REVOKE ALL ON FUNCTION people_named_from_start(), named_people(uuid, uuid[]), name_from_start(), people_who_sign_in(uuid[])
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_named_from_start(), named_people(uuid, uuid[]), name_from_start(), people_who_sign_in(uuid[])
  TO sotto_triage;

-- For the list of what waits, and for auditors: both are few.
CREATE INDEX reports_pending ON reports (priority, received_on, id) WHERE pending;
CREATE INDEX reports_restricted ON reports (received_on, id) WHERE restricted;
