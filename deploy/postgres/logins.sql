-- Run once, by the database's superuser, before the first migration or before a dump is restored into a new cluster:
-- the roles of a deployment whose public side and staff side log in apart. Sotto's migrations find these roles and grant
-- each what it may do. Roles and who is a member of which belong to the cluster, so that no dump holds them: they are here.
--
-- It makes the database `sotto` too, if there is none. compose.yaml runs this file when it makes the cluster. By hand,
-- with a password in each of owner_password, intake_password and triage_password in one folder:
--   psql --dbname=postgres --set=passwords=/run/secrets --file=deploy/postgres/logins.sql
-- psql reads the passwords from files, so that they stand in no command line and no history. Without one of them, or
-- with one of fewer than 16 characters, nothing is made.

\set ON_ERROR_STOP on
\if :{?passwords}
\else
  \set passwords /run/secrets
\endif
\setenv SOTTO_PASSWORDS :passwords
\set owner_password  `cat "$SOTTO_PASSWORDS/owner_password"`
\set intake_password `cat "$SOTTO_PASSWORDS/intake_password"`
\set triage_password `cat "$SOTTO_PASSWORDS/triage_password"`
SELECT least(length(:'owner_password'), length(:'intake_password'), length(:'triage_password')) < 16 AS lacks \gset
\if :lacks
  \warn 'Each of owner_password, intake_password and triage_password needs 16 characters or more, in the folder' :passwords
  DO 'BEGIN RAISE EXCEPTION ''a password lacks: nothing was made''; END';
\endif

SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = 'sotto') AS lacks \gset
\if :lacks
  CREATE DATABASE sotto TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
\endif
\connect sotto
BEGIN;

-- Owns the tables, makes roles, migrates. No serving process uses it.
CREATE ROLE sotto_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB PASSWORD :'owner_password';

-- Made by the owner, so that the owner may grant them.
SET ROLE sotto_owner;
CREATE ROLE sotto_intake LOGIN NOINHERIT CONNECTION LIMIT 50 PASSWORD :'intake_password';
CREATE ROLE sotto_triage LOGIN NOINHERIT CONNECTION LIMIT 50 PASSWORD :'triage_password';
-- Nobody logs in as these. Triage steps down to the first for what a partner asks; the others own functions.
CREATE ROLE sotto_partner NOLOGIN NOINHERIT;
CREATE ROLE sotto_definer NOLOGIN NOINHERIT;
CREATE ROLE sotto_log NOLOGIN INHERIT;
CREATE ROLE sotto_signals NOLOGIN INHERIT;
-- The one membership of a serving login. Intake is in no role.
GRANT sotto_partner TO sotto_triage;
-- The owner hands functions over to their roles. The migrations do this too; a restored dump does not.
GRANT sotto_intake, sotto_triage, sotto_partner, sotto_definer, sotto_log, sotto_signals TO sotto_owner;
RESET ROLE;

-- What the owner may not grant: with these the nightly mixing leaves the write-ahead log behind (docs/mixing.md).
GRANT pg_checkpoint TO sotto_log;
GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_stat_reset_single_table_counters(oid), pg_stat_reset_shared(text),
  pg_stat_reset_slru(text) TO sotto_log;
-- With these triage ends sessions of intake that hold locks for long (docs/database-logins.md).
GRANT pg_signal_backend, pg_read_all_stats TO sotto_signals;

-- What every login of a Postgres may do and nobody of Sotto's needs: with advisory locks intake could fill the server's
-- table of locks, with large objects keep data of its own, and by the counts see what staff do.
DO $do$
DECLARE
  open regprocedure;
BEGIN
  -- What the night forgets too, since version 18.
  IF to_regprocedure('pg_catalog.pg_stat_reset_backend_stats(integer)') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION pg_stat_reset_backend_stats(integer) TO sotto_log;
  END IF;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND (p.proname ~ '^pg_(try_)?advisory_(xact_)?lock' OR p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
  END LOOP;
  FOR open IN
    SELECT p.oid FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND (p.proname ~ '^pg_stat_get_' AND pg_get_function_identity_arguments(p.oid) = 'oid'
            OR p.proname ~ '^pg_stat_get_(io$|wal$|slru$|buf_|bgwriter_|checkpointer_|backend_(io|wal)$)')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_read_all_stats', open);
  END LOOP;
END
$do$;

-- A query of one's own may sort on disk without end; no session may take this back.
ALTER ROLE sotto_intake SET temp_file_limit = '256MB';

-- From another database a session could still take up the server's locks. Whoever else works there is let in by name.
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;

ALTER DATABASE :"DBNAME" OWNER TO sotto_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO sotto_intake, sotto_triage;
-- Postgres 15 and later keep the public schema for the database's owner; earlier clusters that were upgraded may not.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
COMMIT;
