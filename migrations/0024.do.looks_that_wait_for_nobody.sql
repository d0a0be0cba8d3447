-- The look of the night waits for nobody: a table that somebody holds is passed over, to be looked into by the next night.
-- Without it one lock on one table would end the whole pass.
CREATE OR REPLACE FUNCTION look_into_all() RETURNS void
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp SET enable_indexscan = off SET enable_indexonlyscan = off
  SET lock_timeout = '100ms'
  AS $$
DECLARE
  one name;
BEGIN
  FOR one IN
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_any_column_privilege(oid, 'SELECT')
  LOOP
    BEGIN
      EXECUTE format('SELECT FROM public.%I LIMIT 1', one);
    EXCEPTION WHEN lock_not_available THEN
      NULL;
    END;
  END LOOP;
END
$$;
