#!/bin/sh
# Writes a dump of the database that the setting EPM_PG names, and keeps the newest: dump.sh DIR HOW_MANY
set -eu
umask 077
dir=$1 keep=$2
setting=${EPM_SECRETS:-/run/secrets}/EPM_PG
field() { tr ';' '\n' <"$setting" | sed -n "s/^ *$1 *= *//p" | head -n 1; }
PGHOST=$(field Host) PGPORT=$(field Port) PGUSER=$(field Username) PGPASSWORD=$(field Password) PGDATABASE=$(field Database)
: "${PGHOST:?EPM_PG names no Host}" "${PGUSER:?EPM_PG names no Username}" "${PGDATABASE:?EPM_PG names no Database}"
PGPORT=${PGPORT:-5432} PGAPPNAME=epm-backup
export PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGAPPNAME

rm -f "$dir"/epm-*.part
made=$dir/epm-$(date -u +%Y%m%dT%H%M%SZ).dump
pg_dump --format=custom --compress=zstd:3 --no-password --lock-wait-timeout=30s --file="$made.part"
# What cannot be read to its end is no backup.
pg_restore --file=/dev/null "$made.part"
mv "$made.part" "$made"
ls -1 "$dir"/epm-*.dump | sort -r | tail -n "+$((keep + 1))" | while IFS= read -r old; do rm -f "$old"; done
echo "$made: $(wc -c <"$made") bytes"
