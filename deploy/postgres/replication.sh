#!/bin/sh
# Run once on the primary, as its superuser: the login by which the standby follows, and leave for it in pg_hba.conf.
# compose.yaml runs it when it makes the cluster. By hand:
#   SECRETS=/run/sotto-passwords PGHOST=/var/run/postgresql sh deploy/postgres/replication.sh
# Then set synchronous_standby_names = 'FIRST 1 (standby)', once the standby follows: from then on no report is
# acknowledged that is not on both disks, and none is taken while the standby is away.
set -eu
SECRETS="${SECRETS:-/run/secrets}"
export SECRETS
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\set password `cat "$SECRETS/replication_password"`
SELECT length(:'password') < 16 AS lacks \gset
\if :lacks
  \warn 'replication_password needs 16 characters or more'
  DO 'BEGIN RAISE EXCEPTION ''a password lacks: nothing was made''; END';
\endif
CREATE ROLE sotto_standby LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 3 PASSWORD :'password';
SQL
hba=$(psql --no-psqlrc --no-align --tuples-only --username="${POSTGRES_USER:-postgres}" --dbname=postgres --command="SHOW hba_file")
echo "host replication sotto_standby ${STANDBY_ADDRESS:-all} scram-sha-256" >> "$hba"
psql --no-psqlrc --quiet --username="${POSTGRES_USER:-postgres}" --dbname=postgres --command='SELECT pg_reload_conf()' > /dev/null
