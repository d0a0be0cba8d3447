-- Run once, by the database's superuser, before the first migration: the logins of a deployment whose public side and
-- staff side log in apart. Sotto's migrations find these roles and grant each what it may do; they get nothing here.
--
-- compose.yaml runs this file when it makes the cluster. By hand, with the three files in the same place:
--   psql --dbname=sotto --file=deploy/postgres/logins.sql
-- psql reads the passwords from files, so that they stand in no command line and no history.

\set ON_ERROR_STOP on
\set owner_password  `cat /run/secrets/owner_password`
\set intake_password `cat /run/secrets/intake_password`
\set triage_password `cat /run/secrets/triage_password`

-- Owns the tables, makes roles, migrates. No serving process uses it.
CREATE ROLE sotto_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB PASSWORD :'owner_password';

-- Made by the owner, so that the owner may grant them. In no other role, and no other role in them but the owner's.
SET ROLE sotto_owner;
CREATE ROLE sotto_intake LOGIN NOINHERIT CONNECTION LIMIT 50 PASSWORD :'intake_password';
CREATE ROLE sotto_triage LOGIN NOINHERIT CONNECTION LIMIT 50 PASSWORD :'triage_password';
RESET ROLE;

ALTER DATABASE :"DBNAME" OWNER TO sotto_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO sotto_intake, sotto_triage;
-- Postgres 15 and later keep the public schema for the database's owner; earlier clusters that were upgraded may not.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
