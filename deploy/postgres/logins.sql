-- Run once, by the database's superuser, before the first migration or before a dump is restored into a new cluster:
-- the roles of a deployment whose public side and staff side log in apart. Sotto's migrations find these roles and grant
-- each what it may do. Roles and who is a member of which belong to the cluster, so that no dump holds them: they are here.
--
-- compose.yaml runs this file when it makes the cluster. By hand, with the three files in the same place, in Sotto's
-- database:
--   psql --dbname=sotto --file=deploy/postgres/logins.sql
-- psql reads the passwords from files, so that they stand in no command line and no history.

\set ON_ERROR_STOP on
\set owner_password  `cat /run/secrets/owner_password`
\set intake_password `cat /run/secrets/intake_password`
\set triage_password `cat /run/secrets/triage_password`

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
GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_stat_reset_single_table_counters(oid) TO sotto_log;
-- With these triage ends sessions of intake that hold locks for long (docs/database-logins.md).
GRANT pg_signal_backend, pg_read_all_stats TO sotto_signals;

ALTER DATABASE :"DBNAME" OWNER TO sotto_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO sotto_intake, sotto_triage;
-- Postgres 15 and later keep the public schema for the database's owner; earlier clusters that were upgraded may not.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
