-- Durability is the service's own. Whatever a database, a role, a session or a pooler says of synchronous_commit, each
-- transaction that writes to a table that is kept waits until it is on disk, on a synchronous standby too if there is
-- one; and none is taken where the server would acknowledge what a power cut takes away. It stands at the tables, so
-- that no statement, function, login or command can be without it.

CREATE FUNCTION hold_durable() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('fsync') <> 'on' OR current_setting('full_page_writes') <> 'on' THEN
    RAISE EXCEPTION 'the server runs with fsync or full_page_writes off' USING ERRCODE = 'SD001';
  END IF;
  PERFORM set_config('synchronous_commit', 'on', true);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION hold_durable() IS 'Makes the transaction under way wait for the disk at its commit, or refuses it (SD001) where the server does not flush.';
REVOKE ALL ON FUNCTION hold_durable() FROM PUBLIC;

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
COMMENT ON FUNCTION keep_durable() IS 'Gives every table that is kept and has none the trigger "durable". For migrations that make tables.';
REVOKE ALL ON FUNCTION keep_durable() FROM PUBLIC;

SELECT keep_durable();
