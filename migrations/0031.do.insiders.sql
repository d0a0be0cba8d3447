-- Who is let in: an intake that floods, and days before the year 2000.

-- Of a negative number of days, % 2 is -1: a clock that is set to before 2000 would put a report into no half at all. The
-- lowest bit is the parity of any number. Views and functions are made again as they stand, with that alone changed.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT format('CREATE OR REPLACE VIEW %s AS %s', c.oid::regclass, pg_get_viewdef(c.oid)) AS statement
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND pg_get_viewdef(c.oid) LIKE '%) \% 2%'
    UNION ALL
    SELECT pg_get_functiondef(p.oid)
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
     WHERE p.pronamespace = 'public'::regnamespace AND l.lanname IN ('sql', 'plpgsql') AND p.prosrc LIKE '%) \% 2%'
  LOOP
    EXECUTE replace(made.statement, ') % 2', ') & 1');
  END LOOP;
END
$$;

-- A session of intake whose transaction has lasted for long is ended if somebody who is not intake waits for it. If nobody
-- does, one that is at work is left to finish, for the machine may be busy; one that is idle, or has worked for twelve times
-- as long, is ended all the same, since its snapshot would keep dead rows from being cleared away.
CREATE OR REPLACE FUNCTION end_intake_in_the_way(seconds integer) RETURNS TABLE (ended integer, allowed boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      intake integer[];
      lasting integer[];
      overdue integer[];
      waited_for integer[];
      stuck integer;
    BEGIN
      ended := 0;
      allowed := pg_has_role('pg_signal_backend', 'USAGE') AND pg_has_role('pg_read_all_stats', 'USAGE');
      -- Where one login serves both sides, its sessions differ by the name that their pool gives them.
      intake := ARRAY(
        SELECT a.pid FROM pg_stat_activity a
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
           AND (a.usename = 'sotto_intake' OR (a.usename = session_user AND a.application_name = 'sotto_intake')));
      SELECT array_agg(a.pid),
             array_agg(a.pid) FILTER (
               WHERE a.state LIKE 'idle in transaction%'
                  OR a.xact_start < clock_timestamp() - 12 * make_interval(secs => greatest(seconds, 1)))
        INTO lasting, overdue
        FROM pg_stat_activity a
       WHERE a.pid = ANY (intake)
         AND a.xact_start < clock_timestamp() - make_interval(secs => greatest(seconds, 1))
         -- Waits for the standby, with its work done.
         AND a.wait_event IS DISTINCT FROM 'SyncRep'
         AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype <> 'virtualxid');
      IF lasting IS NOT NULL THEN
        waited_for := ARRAY(
          SELECT unnest(pg_blocking_pids(w.pid)) FROM pg_locks w WHERE NOT w.granted AND w.pid <> ALL (intake));
        FOR stuck IN
          SELECT l.pid FROM unnest(lasting) AS l (pid)
           WHERE (l.pid = ANY (waited_for) OR l.pid = ANY (overdue))
             -- Waits for none of the staff side.
             AND pg_blocking_pids(l.pid) <@ intake
        LOOP
          BEGIN
            ended := ended + pg_terminate_backend(stuck)::integer;
          EXCEPTION WHEN insufficient_privilege THEN
            allowed := false;
          END;
        END LOOP;
      END IF;
      RETURN NEXT;
    END
  $$;
COMMENT ON FUNCTION end_intake_in_the_way(integer) IS 'Ends sessions of intake whose transaction has held locks for longer than so many seconds, if another than intake waits for it or it is idle, or has lasted for twelve times as long; none that waits for another than intake. Tells how many, and whether it may.';

-- What was set aside of a report goes with it.
CREATE INDEX unplaced_of_report ON unplaced_rows (((content ->> 'report_id')::uuid));

-- Reports of which only an image waits for a second supervisor are listed as pending too.
CREATE INDEX image_destructions_asked ON image_destructions (asked_at, report_id);
CREATE INDEX image_destructions_report ON image_destructions (report_id, asked_at);
