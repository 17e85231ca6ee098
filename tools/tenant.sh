# tenant: one chain taken out, brought back, or removed from everywhere.

epm_tenant() {
  local moment=''
  case " $* " in *' --at '*) moment=$(tenant_moment "$@") || exit 1 ;; esac
  # Out of a server of your own it is read where its own tools have restored it.
  if [ -z "$moment" ] || [ -n "${EPM_PG:-}" ]; then with_database; host_verb tenant "$@"; else tenant_as_it_was "$moment" "$@"; fi
}
tenant_moment() {
  local before=''
  while [ $# -gt 0 ]; do
    [ "$before" != --at ] || { date -u -d "$1" '+%Y-%m-%d %H:%M:%S.%6N+00' 2>/dev/null || die "that is not a time: $1"; return; }
    before=$1
    shift
  done
  die "--at needs a time such as 2026-11-21T08:00:00Z"
}

# The newest backup before the moment and the log behind it, restored aside on another port, read, and thrown away: nothing of it is
# archived, and nothing it does is anchored, since it is not the product.
tenant_as_it_was() { # moment, arguments of the verb
  local moment=$1 name found
  shift
  with_database
  keep_secrets
  name=$(pg_as sh -c 'ls -1 "$1/base"' _ "$PG_BACKUP" 2>/dev/null | awk -v at="$(date -u -d "$moment" +%Y%m%dT%H%M%SZ)" '$0 <= at' | tail -n 1)
  [ -n "$name" ] || die "there is no backup from before $moment in $PG_BACKUP"
  SCRATCH=$(cd -P "$(mktemp -d "${TMPDIR:-/tmp}/epm-tenant.XXXXXX")" && pwd) && chmod 711 "$SCRATCH" || exit 1
  on_signals 130 drill_down
  found=$(verify_backup "$PG_BACKUP/base/$name") || { printf '%s\n' "$found" >&2; die "backup $name is damaged"; }
  cp -p "$DATA/postgres.password" "$SCRATCH/" && { [ -n "${EPM_SECRET:-}${EPM_SECRETS:-}" ] || cp -p "$DATA/secret" "$SCRATCH/"; } &&
    mkdir "$SCRATCH/postgres" && pg_identity "$SCRATCH" || exit 1
  step "Restoring backup $name to $moment, aside"
  restore_into "$name" "$moment" "$SCRATCH" || die "backup $name could not be restored to $moment: choose a moment between its end and the last archived commit"
  EPM_PG=$(pg_url "$SCRATCH") EPM_DATA=$SCRATCH
  export EPM_PG EPM_DATA
  host_verb migrate && host_verb tenant "$@"
}
