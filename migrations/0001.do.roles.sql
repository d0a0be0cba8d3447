-- Who may do what. Three roles that nobody needs to log in as (an operator may give the first two LOGIN):
--   sotto_intake   the public side: puts into the box, reads no table
--   sotto_triage   the staff side: reads, decides, records
--   sotto_definer  owns the functions that intake may call; holds just what those functions need
-- Roles belong to the whole cluster, so another database may have made them already, even at this moment.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['sotto_intake', 'sotto_triage', 'sotto_definer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$$;

-- A migrating login that is no superuser must be able to act as the roles it grants to.
DO $$
DECLARE
  wanted text;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    FOREACH wanted IN ARRAY ARRAY['sotto_intake', 'sotto_triage', 'sotto_definer'] LOOP
      IF current_user <> wanted THEN
        EXECUTE format('GRANT %I TO %I', wanted, current_user);
      END IF;
    END LOOP;
    EXECUTE 'GRANT CREATE ON SCHEMA public TO sotto_definer';
  END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sotto_intake, sotto_triage, sotto_definer;

-- Triage starts with a login that may not migrate: it must see that nothing is left to do.
GRANT SELECT ON public.schema_version TO sotto_triage;

-- Temporary tables are files on a disk.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
