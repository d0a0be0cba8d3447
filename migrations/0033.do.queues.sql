-- What a session of intake could still do to others, found by attack.
-- Postgres lets anybody wait in the queue for the strongest lock on any table, and looks only then whether they may have it:
-- CREATE RULE does. Behind one that waits so, for a lock that another session of intake holds, every read of staff waited, and
-- neither was ended: the first held nothing, and nobody but intake waited for the second. And a transaction that holds no lock
-- may hold a snapshot all the same, for ever: nothing that was deleted since can be cleared away.

-- What anybody may write into the write-ahead log at will fills its archive, and holds standbys up.
DO $$
DECLARE
  open regprocedure;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RETURN;
  END IF;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = 'pg_logical_emit_message'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
  END LOOP;
END
$$;

-- As before; new is:
-- - One that waits for a lock that no work of intake takes, or has it, is ended once somebody who is not intake waits for it,
--   whoever it waits for itself. Emptying the spent challenges takes one, once a day: it is not waited for so long.
-- - A snapshot is as good a reason to end a transaction that lasts as a lock is.
-- - It reads the state of sessions anew, so that a transaction may look again and again.
CREATE OR REPLACE FUNCTION end_intake_in_the_way(seconds integer) RETURNS TABLE (ended integer, allowed boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      intake integer[];
      greedy integer[];
      lasting integer[];
      overdue integer[];
      holding integer[];
      pressing integer[];
      waited_for integer[];
      stuck integer;
    BEGIN
      ended := 0;
      PERFORM pg_stat_clear_snapshot();
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
      pressing := ARRAY(
        SELECT l.pid FROM pg_lock_status() l
         WHERE l.pid = ANY (intake) AND l.locktype IN ('relation', 'object')
           AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                          'AccessExclusiveLock'));
      SELECT array_agg(a.pid),
             array_agg(a.pid) FILTER (
               WHERE a.state LIKE 'idle in transaction%'
                  OR a.xact_start < clock_timestamp() - 12 * make_interval(secs => greatest(seconds, 1)))
        INTO lasting, overdue
        FROM pg_stat_get_activity(NULL) a
       WHERE a.pid = ANY (intake) AND (a.pid = ANY (holding) OR a.backend_xmin IS NOT NULL)
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
        -- Three tenths of a second is long for what intake does, and less than Postgres waits before it looks for a deadlock.
        SELECT a.pid FROM pg_stat_get_activity(NULL) a
         WHERE a.pid = ANY (waited_for)
           AND a.xact_start < clock_timestamp() - interval '0.3 seconds'
           AND (a.pid = ANY (pressing)
                -- Each waits for the other.
                OR (a.pid = ANY (holding)
                    AND EXISTS (SELECT FROM unnest(pg_blocking_pids(a.pid)) AS staff (pid)
                                 WHERE staff.pid <> ALL (intake) AND a.pid = ANY (pg_blocking_pids(staff.pid)))))
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
COMMENT ON FUNCTION end_intake_in_the_way IS 'Ends sessions of intake that take far too many locks, press for one that no work of intake takes, or wait for those who wait for them; and those whose transaction has held locks or a snapshot for longer than so many seconds, if another than intake waits for it or it is idle, or has lasted for twelve times as long; of these none that waits for another than intake. Tells how many, and whether it may.';
