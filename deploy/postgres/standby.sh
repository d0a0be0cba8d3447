#!/bin/sh
# Runs a standby of the primary at PRIMARY_HOST: copies it where PGDATA is empty, and follows it. No replication slot: one
# that nobody reads keeps the write-ahead log, and with it times (docs/mixing.md). A standby that was away for so long that the
# log it needs is gone says so: empty PGDATA, and it copies anew.
set -eu
umask 077
SECRETS="${SECRETS:-/run/secrets}"
host="${PRIMARY_HOST:-database}"
port="${PRIMARY_PORT:-5432}"
passfile="${PASSFILE:-/tmp/standby.pgpass}"
echo "*:*:*:sotto_standby:$(cat "$SECRETS/replication_password")" > "$passfile"
follow="host=$host port=$port user=sotto_standby passfile=$passfile application_name=standby"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  # With a slot the copy's stream of the log counts as the synchronous standby, and receipts are given for half a copy.
  pg_basebackup --dbname="$follow" --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast --no-slot
  touch "$PGDATA/standby.signal"
  echo "include_if_exists = '${SOTTO_CONF:-/etc/sotto/sotto.conf}'" >> "$PGDATA/postgresql.conf"
fi
exec postgres -D "$PGDATA" -c "primary_conninfo=$follow" -c recovery_target_timeline=latest "$@"
