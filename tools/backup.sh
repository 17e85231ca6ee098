# backup, restore and drill: the embedded server's files and log, and proof that they bring everything back.

epm_backup() { with_database; keep_secrets; host_verb backup "$@"; }

# What a restored server is opened with lies outside of it.
keep_secrets() {
  local file
  [ -n "${PG_BACKUP:-}" ] || return 0
  (umask 077 && mkdir -p "$PG_BACKUP/keys") || die "cannot write to $PG_BACKUP"
  for file in postgres.password secret audit-anchors.log; do
    [ ! -f "$DATA/$file" ] || cp -p "$DATA/$file" "$PG_BACKUP/keys/" || die "cannot write to $PG_BACKUP/keys"
  done
}

newest_backup() { # directory of backups: names are times
  (PG_UID=${PG_UID:-} && pg_as sh -c 'ls -1 "$1/base" | tail -n 1' _ "$1" 2>/dev/null)
}
# The list is checked before what it lists; a file that is missing or changed is named.
verify_backup() { # directory of one backup
  pg_as sh -c 'cd "$1" && sha256sum --quiet -c MANIFEST.sum 2>&1 && cd data && sha256sum --quiet -c ../MANIFEST 2>&1' _ "$1"
}

# Sets up a cluster from a backup and the archived log, up to a moment or the log's end, and lets it take over.
restore_cluster() { # backups, name, moment or latest, data directory
  local from=$1/base/$2 made log
  made=$(cd -P "$4/postgres" && pwd)
  pg_as sh -c 'cp -R "$1/data/." "$2/" && chmod 700 "$2" && mkdir -p "$2/pg_wal" && cp "$2/postgresql.auto.conf" "$2/epm.auto" && : >"$2/recovery.signal"' _ "$from" "$made" || return 1
  {
    printf 'hot_standby = off\nrecovery_target_action = promote\nrecovery_target_timeline = latest\n'
    printf "restore_command = 'cp \"%s/wal/%%f\" \"%%p\"'\n" "$1"
    [ "$3" = latest ] || printf "recovery_target_time = '%s'\n" "$3"
  } | pg_as sh -c 'cat >>"$1/postgresql.auto.conf"' _ "$made"
  pg_start "$4" || return 1
  while pg_as test -f "$made/recovery.signal"; do
    pg_running "$made" || { log=$(tail -n 20 "$made/server.log"); printf '%s\n' "$log" >&2; return 1; }
    sleep 0.1
  done
  pg_as mv "$made/epm.auto" "$made/postgresql.auto.conf"
}

epm_restore() {
  local to='' name='' into='' found file
  while [ $# -gt 0 ]; do
    case $1 in
      --to) to=${2:-} ;;
      --backup) name=${2:-} ;;
      --into) into=${2:-} ;;
      *) die "restore takes --to latest|TIME, --backup NAME and --into DIR" ;;
    esac
    shift 2 || die "$1 needs a value"
  done
  [ -n "$to" ] || die "restore --to latest, or --to a time such as 2026-11-21T08:00:00Z"
  [ -z "${EPM_PG:-}" ] || die "EPM_PG names a server of your own: restore it with the tools that back it up"
  [ "$to" = latest ] || to=$(date -u -d "$to" '+%Y-%m-%d %H:%M:%S.%6N+00') || die "that is not a time"
  need_node
  data_dir
  PG_BACKUP=$(cd -P "${EPM_BACKUP:-$DATA/backups}" 2>/dev/null && pwd) || die "there are no backups in ${EPM_BACKUP:-$DATA/backups}"
  into=${into:-$DATA}
  mkdir -p "$into" && into=$(cd -P "$into" && pwd) || die "cannot create $into"
  [ "$(id -u)" != 0 ] || chmod 711 "$into"
  if [ -n "$(ls -A "$into/postgres/" 2>/dev/null)" ]; then die "$into/postgres is not empty: move it away first, nothing is written over it"; fi
  mkdir -p "$into/postgres"
  pg_setup && pg_identity "$into" || exit 1
  if [ -n "$PG_UID" ]; then chown -R "$PG_UID:$PG_GID" "$PG_BACKUP/base" "$PG_BACKUP/wal"; fi
  name=${name:-$(newest_backup "$PG_BACKUP")}
  [ -n "$name" ] && pg_as test -f "$PG_BACKUP/base/$name/MANIFEST" || die "there is no backup ${name:-in $PG_BACKUP}"
  on_signals 130 restored_down
  step "Checking backup $name"
  found=$(verify_backup "$PG_BACKUP/base/$name") || { printf '%s\n' "$found" >&2; die "backup $name is damaged: choose another with --backup"; }
  for file in "$PG_BACKUP"/keys/*; do
    [ ! -f "$file" ] || [ -f "$into/$(basename "$file")" ] || cp -p "$file" "$into/"
  done
  step "Restoring to $to"
  RESTORED=$into
  restore_into "$name" "$to" "$into" || die "it could not be restored; the lines above say why"
  say "Restored into $into from $name; start it with: EPM_DATA=$into ./epm start"
}
restore_into() { # name, moment, directory
  local backups=$PG_BACKUP PG_BACKUP=$PG_BACKUP
  [ "$3" = "$DATA" ] || PG_BACKUP=''
  restore_cluster "$backups" "$1" "$2" "$3"
}
RESTORED=''
restored_down() { [ -z "$RESTORED" ] || pg_stop "$RESTORED"; }

epm_drill() {
  local size=0 scratch file name moment started damaged=no found url
  case ${1:-} in
    '') ;;
    --size) size=$(numfmt --from=si "${2%B}" 2>/dev/null) || die "drill --size takes a size such as 1GB" ;;
    *) die "drill takes --size N" ;;
  esac
  [ -z "${EPM_PG:-}" ] || die "EPM_PG names a server of your own: drill it with the tools that back it up"
  with_database
  SCRATCH=$(cd -P "$(mktemp -d "${TMPDIR:-/tmp}/epm-drill.XXXXXX")" && pwd) && chmod 711 "$SCRATCH" || exit 1
  on_signals 130 drill_down
  host_verb migrate || exit 1
  keep_secrets
  host_verb drill fill "$size" || exit 1
  host_verb backup || exit 1
  name=$(newest_backup "$PG_BACKUP")
  host_verb drill remember "$SCRATCH/then" || exit 1
  moment=$(head -n 1 "$SCRATCH/then")

  # One byte of the largest file of a copy: the backup itself is left alone.
  mkdir "$SCRATCH/spoilt" && { [ -z "$PG_UID" ] || chown "$PG_UID:$PG_GID" "$SCRATCH/spoilt"; }
  file=$(pg_as sh -c 'cp -as "$1/." "$2/" && cd "$2/data" && file=$(find . -type l -printf "%p\n" | grep "/base/.*/[0-9]*$" | head -n 1) &&
    cp --remove-destination "$(readlink "$file")" "$file" && printf "\377\376" | dd of="$file" bs=1 seek=4096 conv=notrunc 2>/dev/null && echo "$file"' _ "$PG_BACKUP/base/$name" "$SCRATCH/spoilt") || die "no copy could be spoilt"
  found=$(verify_backup "$SCRATCH/spoilt") || case $found in *"$file: FAILED"*) damaged=yes ;; esac
  say "Spoilt $file of a copy: ${found:-nothing was noticed}" | head -n 1

  url=$EPM_PG
  started=$(date +%s%3N)
  cp -p "$DATA/postgres.password" "$SCRATCH/" && mkdir "$SCRATCH/postgres" && pg_identity "$SCRATCH" || exit 1
  found=$(verify_backup "$PG_BACKUP/base/$name") || { printf '%s\n' "$found" >&2; die "backup $name is damaged"; }
  restore_into "$name" "$moment" "$SCRATCH" || die "backup $name could not be restored"
  EPM_PG=$url host_verb drill compare "$SCRATCH/then" "$(pg_url "$SCRATCH")" "$name" "$started" "$damaged"
}
SCRATCH=''
drill_down() {
  [ -z "$SCRATCH" ] || pg_remove "$SCRATCH"
  SCRATCH=''
  database_down
}
