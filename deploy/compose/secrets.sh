#!/usr/bin/env bash
# Makes the secrets of docker-compose.yml once: secrets.sh [DIR]. What is there is kept.
set -euo pipefail
dir=${1:-${EPM_SECRETS:-$(cd -P "$(dirname "$0")/../.." && pwd)/.secrets}}
random() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }
# The directory is closed; the files have to be readable by the accounts of the containers they are mounted in.
keep() { [ -s "$dir/$1" ] || (umask 022 && printf '%s' "$2" >"$dir/$1"); }
mkdir -p "$dir" && chmod 700 "$dir"
keep postgres_password "$(random)"
keep redis_password "$(random)"
keep grafana_password "$(random)"
keep EPM_SECRET "$(random)"
keep EPM_PG "Host=postgres;Port=5432;Username=epm_admin;Password=$(cat "$dir/postgres_password");Database=epm"
keep EPM_REDIS "redis:6379,password=$(cat "$dir/redis_password")"
keep rabbitmq.conf "default_user = epm
default_pass = $(random)"
printf 'Secrets are in %s; keep a copy elsewhere: without EPM_SECRET everyone signs in again.\n' "$dir"
