-- What a session of intake could still do to others by what every login of a Postgres may do, found by attack: fill the
-- server's one table of locks, from this database or another, so that nobody else gets a lock; stand in the way of the
-- mixing by waiting for it in turn; keep data of its own as large objects; and count, in a transaction that it takes back,
-- what ending a mailbox removes.

-- Functions that PUBLIC may call: nothing of Sotto's does. Only a superuser can take them away; deploy/postgres/logins.sql
-- does the same for other logins, and `sotto doctor` says what is left. Whoever may read all statistics still may.
DO $$
DECLARE
  open regprocedure;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RETURN;
  END IF;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND (p.proname ~ '^pg_(try_)?advisory_(xact_)?lock' OR p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
  END LOOP;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND p.proname ~ '^pg_stat_get_' AND pg_get_function_identity_arguments(p.oid) = 'oid'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_read_all_stats', open);
  END LOOP;
END
$$;

-- As before, a session of intake whose transaction has lasted for long is ended if another than intake waits for it, if it
-- is idle, or if it has lasted for twelve times as long. New is:
-- - One that holds an advisory lock, or more locks than any work of intake takes, is ended at once, in whatever database of
--   the server it is: there is one table of locks for all. The like holds for those with many, once all of intake together
--   hold very many.
-- - One that waits for somebody on the staff side who waits for it is ended before Postgres looks for a deadlock, which
--   would as soon undo the staff's work. One that waits for staff who do not wait for it is left alone, as before.
-- It names no relation and looks nobody up in a catalog that a session has looked into once: so it runs where the table of
-- locks is full, in a session that has called it before.
CREATE OR REPLACE FUNCTION end_intake_in_the_way(seconds integer) RETURNS TABLE (ended integer, allowed boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      intake integer[];
      greedy integer[];
      lasting integer[];
      overdue integer[];
      holding integer[];
      waited_for integer[];
      stuck integer;
    BEGIN
      ended := 0;
      -- Who intake is: known from now on to what ends its sessions.
      PERFORM pg_get_userbyid(to_regrole('sotto_intake'));
      allowed := pg_has_role('pg_signal_backend', 'USAGE') AND pg_has_role('pg_read_all_stats', 'USAGE');
      -- Where one login serves both sides, its sessions differ by the name that their pool gives them.
      intake := ARRAY(
        SELECT a.pid FROM pg_stat_get_activity(NULL) a
         WHERE a.pid <> pg_backend_pid()
           AND (a.usesysid = to_regrole('sotto_intake')
                OR (a.usesysid = to_regrole(quote_ident(session_user)) AND a.application_name = 'sotto_intake'
                    AND a.datid = (SELECT own.datid FROM pg_stat_get_activity(pg_backend_pid()) own))));
      SELECT array_agg(held.pid),
             array_agg(held.pid) FILTER (WHERE held.advisory OR held.many > 250 OR (held.many > 100 AND held.of_all > 3000))
        INTO holding, greedy
        FROM (SELECT l.pid, count(*) AS many, bool_or(l.locktype = 'advisory') AS advisory, sum(count(*)) OVER () AS of_all
                FROM pg_lock_status() l
               WHERE l.granted AND l.locktype <> 'virtualxid' AND l.pid = ANY (intake)
               GROUP BY l.pid) held;
      SELECT array_agg(a.pid),
             array_agg(a.pid) FILTER (
               WHERE a.state LIKE 'idle in transaction%'
                  OR a.xact_start < clock_timestamp() - 12 * make_interval(secs => greatest(seconds, 1)))
        INTO lasting, overdue
        FROM pg_stat_get_activity(NULL) a
       WHERE a.pid = ANY (holding)
         AND a.xact_start < clock_timestamp() - make_interval(secs => greatest(seconds, 1))
         -- Waits for the standby, with its work done.
         AND a.wait_event IS DISTINCT FROM 'SyncRep';
      waited_for := ARRAY(
        SELECT unnest(pg_blocking_pids(w.pid)) FROM pg_lock_status() w WHERE NOT w.granted AND w.pid <> ALL (intake));
      FOR stuck IN
        SELECT unnest(greedy)
        UNION
        SELECT l.pid FROM unnest(lasting) AS l (pid)
         WHERE (l.pid = ANY (waited_for) OR l.pid = ANY (overdue))
           -- Waits for none of the staff side.
           AND pg_blocking_pids(l.pid) <@ intake
        UNION
        -- Each waits for the other: three tenths of a second is long for what intake does, and less than Postgres waits.
        SELECT a.pid FROM pg_stat_get_activity(NULL) a
         WHERE a.pid = ANY (waited_for) AND a.pid = ANY (holding)
           AND a.xact_start < clock_timestamp() - interval '0.3 seconds'
           AND EXISTS (SELECT FROM unnest(pg_blocking_pids(a.pid)) AS staff (pid)
                        WHERE staff.pid <> ALL (intake) AND a.pid = ANY (pg_blocking_pids(staff.pid)))
      LOOP
        BEGIN
          ended := ended + pg_terminate_backend(stuck)::integer;
        EXCEPTION WHEN insufficient_privilege THEN
          allowed := false;
        END;
      END LOOP;
      RETURN NEXT;
    END
  $$;
COMMENT ON FUNCTION end_intake_in_the_way IS 'Ends sessions of intake that take far too many locks, or wait for those who wait for them; and those whose transaction has held locks for longer than so many seconds, if another than intake waits for it or it is idle, or has lasted for twelve times as long; of these none that waits for another than intake. Tells how many, and whether it may.';
