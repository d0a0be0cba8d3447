-- Run once, by the database's superuser, before Patroni takes over a Postgres that is there: the logins by which the others
-- follow it, and by which Patroni asks whether it leads (Patroni's word for that login is rewind). logins.sql leaves the database
-- `postgres` to nobody, and there it asks: a node that went another way, and cannot ask, does not follow.
--   psql --dbname=postgres --set=passwords=/run/secrets --file=deploy/patroni/roles.sql
\set ON_ERROR_STOP on
\if :{?passwords}
\else
  \set passwords /run/secrets
\endif
\setenv SOTTO_PASSWORDS :passwords
\set replication_password `cat "$SOTTO_PASSWORDS/replication_password"`
\set rewind_password `cat "$SOTTO_PASSWORDS/rewind_password"`
SELECT least(length(:'replication_password'), length(:'rewind_password')) < 16 AS lacks \gset
\if :lacks
  \warn 'Both of replication_password and rewind_password need 16 characters or more, in the folder' :passwords
  DO 'BEGIN RAISE EXCEPTION ''a password lacks: nothing was made''; END';
\endif
BEGIN;
-- There is no standby yet to wait for.
SET LOCAL synchronous_commit = local;
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication_password';
CREATE ROLE rewinder LOGIN PASSWORD :'rewind_password';
GRANT CONNECT ON DATABASE postgres TO rewinder;
COMMIT;
