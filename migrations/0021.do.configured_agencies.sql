-- Some proposals go to an agency only where the deployment has it: intake must be told which it has, and no more.
CREATE FUNCTION agencies_configured_now()
  RETURNS TABLE (slug text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT a.slug FROM public.agencies a WHERE NOT a.retired ORDER BY a.slug LIMIT 1000
  $$;
COMMENT ON FUNCTION agencies_configured_now() IS 'Slugs of the agencies that reports may be proposed to.';
GRANT SELECT ON agencies TO sotto_definer;
ALTER FUNCTION agencies_configured_now() OWNER TO sotto_definer;
REVOKE ALL ON FUNCTION agencies_configured_now() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agencies_configured_now() TO sotto_intake;
