-- Who may do what, and what holds for every write. Files in this folder are read in order; each says what its tables are
-- for, what they may tell to somebody who reads the database, and who may touch them. docs/data-model.md has the picture.
--
-- Six roles. An operator may give LOGIN to the first two; nobody logs in as the others.
--   sotto_intake   the public side: calls the functions made for it, has no right on any table
--   sotto_triage   the staff side: reads, decides, records
--   sotto_partner  one agency's view: triage steps down to it; row security shows it that agency's products alone
--   sotto_definer  owns the functions that intake may call; holds just what those functions need
--   sotto_log      owns the functions that leave the write-ahead log and the statistics behind
--   sotto_signals  owns the function that ends sessions of intake
-- The last two inherit, or their memberships in Postgres's own roles would be worth nothing.
-- Roles belong to the whole cluster, so another database may have made them already, even at this moment.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('sotto_intake', 'NOINHERIT'), ('sotto_triage', 'NOINHERIT'), ('sotto_definer', 'NOINHERIT'),
      ('sotto_log', 'INHERIT'), ('sotto_partner', 'NOINHERIT'), ('sotto_signals', 'INHERIT')) AS role (name, inherits)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN %s', wanted.name, wanted.inherits);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
    -- A migrating login that is no superuser must be able to act as the roles it grants to.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND current_user <> wanted.name THEN
      EXECUTE format('GRANT %I TO %I', wanted.name, current_user);
    END IF;
  END LOOP;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    GRANT CREATE ON SCHEMA public TO sotto_definer, sotto_log, sotto_signals;
  END IF;
END
$$;

-- Triage, which may see more, steps down to it for what a partner asks.
GRANT sotto_partner TO sotto_triage;

-- A login that is no superuser may not be allowed to grant these: deploy/postgres/logins.sql does it, once. Without them
-- the log keeps times for longer (docs/mixing.md), and a slow session of intake is not ended.
DO $$
BEGIN
  BEGIN
    GRANT pg_checkpoint TO sotto_log;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
  BEGIN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO sotto_log;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
  BEGIN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_reset_single_table_counters(oid) TO sotto_log;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
  BEGIN
    GRANT pg_signal_backend, pg_read_all_stats TO sotto_signals;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sotto_intake, sotto_triage, sotto_definer, sotto_partner;

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

-- Durability is the service's own. Whatever a database, a role, a session or a pooler says of synchronous_commit, each
-- transaction that writes to a table that is kept waits until it is on disk, on a synchronous standby too if there is
-- one; and none is taken where the server would acknowledge what a power cut takes away. It stands at the tables, so
-- that no statement, function, login or command can be without it. Every file that makes tables ends with
-- SELECT keep_durable().

CREATE FUNCTION hold_durable() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('fsync') <> 'on' OR current_setting('full_page_writes') <> 'on' THEN
    RAISE EXCEPTION 'the server runs with fsync or full_page_writes off' USING ERRCODE = 'SD001';
  END IF;
  PERFORM set_config('synchronous_commit', 'on', true);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION hold_durable IS 'Makes the transaction under way wait for the disk at its commit, or refuses it (SD001) where the server does not flush.';
REVOKE ALL ON FUNCTION hold_durable FROM PUBLIC;

CREATE FUNCTION keep_durable() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kept regclass;
BEGIN
  FOR kept IN
    SELECT c.oid FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
       AND c.relname <> 'schema_version'
       AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'durable')
  LOOP
    -- The condition is worked out without a call where all is well, which is nearly always.
    EXECUTE format(
      $sql$CREATE TRIGGER durable BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT
             WHEN (current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')
                   OR current_setting('fsync') <> 'on' OR current_setting('full_page_writes') <> 'on')
             EXECUTE FUNCTION public.hold_durable()$sql$, kept);
  END LOOP;
END $$;
COMMENT ON FUNCTION keep_durable IS 'Gives every table that is kept and has none the trigger "durable". For migrations that make tables.';
REVOKE ALL ON FUNCTION keep_durable FROM PUBLIC;

-- Turns: what only one transaction may do at a time. Rows, not advisory locks, which every login shares: whoever knows
-- the number could stop all of the staff. Intake cannot lock these. They hold the same at all times and tell nothing.

CREATE TABLE turns (
  name  text PRIMARY KEY,
  taken boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE turns IS 'One row for each thing that one transaction does at a time; whoever does it locks the row.';
COMMENT ON COLUMN turns.name IS 'trail: appends to the audit trail; mixing; retention: purges; links: writes index tokens; statistics: freezes a month.';
COMMENT ON COLUMN turns.taken IS 'Never written: to lock a row one must be allowed to update a column.';
ALTER TABLE turns ENABLE ROW LEVEL SECURITY;
CREATE POLICY turns_of_triage ON turns TO sotto_triage USING (true);
CREATE POLICY turns_of_partner ON turns TO sotto_partner USING (name = 'trail');
GRANT SELECT ON turns TO sotto_triage, sotto_partner;
GRANT UPDATE (taken) ON turns TO sotto_triage, sotto_partner;
INSERT INTO turns (name) VALUES ('trail'), ('mixing'), ('retention'), ('links'), ('statistics');

-- Without UPDATE nobody may lock a row.
CREATE TABLE keyring_turn (
  id boolean PRIMARY KEY DEFAULT true CHECK (id)
);
COMMENT ON TABLE keyring_turn IS 'One row: whoever changes the keyring''s file holds it meanwhile.';
COMMENT ON COLUMN keyring_turn.id IS 'There is one row.';
GRANT SELECT, UPDATE ON keyring_turn TO sotto_triage;
INSERT INTO keyring_turn DEFAULT VALUES;

SELECT keep_durable();
