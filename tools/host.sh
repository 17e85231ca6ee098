# start, migrate and seed: the product with its database.

HOST_PID='' TAIL_PID='' PG_OURS=''

host_env() {
  export EPM_DATA=$DATA EPM_PORT=${EPM_PORT:-5080} EPM_DOMAIN=${EPM_DOMAIN:-localhost} EPM_WEB=$ROOT/web/dist
  export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
}
data_dir() {
  mkdir -p "$DATA" && DATA=$(cd -P "$DATA" && pwd) || die "cannot create $DATA"
  # Keys and logs are the owner's; the database's account only has to pass through.
  if [ "$(id -u)" = 0 ]; then chmod 711 "$DATA"; else chmod 700 "$DATA"; fi
}
database_up() {
  if [ -n "${EPM_PG:-}" ]; then return 0; fi
  need_node
  pg_setup || exit 1
  PG_BACKUP=${EPM_BACKUP:-$DATA/backups}
  export EPM_BACKUP=$PG_BACKUP EPM_PG_EMBEDDED=1
  # Said before it is so: a signal may come while the server starts.
  pg_running "$(cd -P "$DATA/postgres" 2>/dev/null && pwd)" || PG_OURS=1
  step "Starting PostgreSQL"
  pg_start "$DATA" || die "PostgreSQL did not start; its log is $DATA/postgres/server.log"
  EPM_PG=$(pg_url "$DATA") && export EPM_PG
}
host_verb() { run dotnet "$HOST_DLL" "$@"; }

# Verbs leave a server that was already running alone.
with_database() {
  need_dotnet
  data_dir
  host_env
  on_signals 130 database_down
  build_host || exit 1
  database_up
}
database_down() { [ -z "$PG_OURS" ] || { PG_OURS=''; pg_stop "$DATA"; }; }
epm_sbom() {
  need_node
  node "$ROOT/tools/sbom.mjs" "$@"
}
epm_migrate() { with_database; host_verb migrate; }
epm_seed() { with_database; host_verb migrate && host_verb seed; }
epm_rotate-keys() { with_database; host_verb rotate-keys; }
epm_audit() { with_database; host_verb audit "$@"; }

# Another start on these data is refused; what a killed start left running is stopped first.
claim_data() {
  local pid=''
  pid=$(cat "$DATA/epm.pid" 2>/dev/null)
  if [ -n "$pid" ] && [ "$pid" != $$ ] && running "$pid"; then
    case $(command_of "$pid") in *epm*start*) die "already running on $DATA (process $pid); stop it with: kill $pid" ;; esac
  fi
  pid=$(cat "$DATA/host.pid" 2>/dev/null)
  if [ -n "$pid" ] && running "$pid"; then
    case $(command_of "$pid") in *EPM.Host.dll*)
      say "Stopping the product that a killed start left behind (process $pid)"
      kill -TERM "$pid" && await_end "$pid" 15 || kill -KILL "$pid" ;;
    esac
  fi
  rm -f "$DATA/host.pid"
  printf '%s\n' $$ >"$DATA/epm.pid"
}

stop_all() {
  [ -z "$STOPPED" ] || step "Stopping"
  if [ -n "$HOST_PID" ]; then
    kill -TERM "$HOST_PID" 2>/dev/null
    await_end "$HOST_PID" 30 || { warn "The product did not stop within 30 s; ending it"; kill -KILL "$HOST_PID" 2>/dev/null; }
  fi
  [ -z "$TAIL_PID" ] || kill -TERM -- "-$TAIL_PID" 2>/dev/null
  database_down || warn "PostgreSQL did not stop cleanly"
  [ "$(cat "$DATA/epm.pid" 2>/dev/null)" != $$ ] || rm -f "$DATA/host.pid" "$DATA/epm.pid"
}

start_host() {
  (umask 077 && : >>"$DATA/host.log")
  [ "$(wc -c <"$DATA/host.log")" -lt 20000000 ] || mv -f "$DATA/host.log" "$DATA/host.log.1"
  (umask 077 && exec dotnet "$HOST_DLL" serve) </dev/null >>"$DATA/host.log" 2>&1 &
  HOST_PID=$!
  printf '%s\n' "$HOST_PID" >"$DATA/host.pid"
}
# On the terminal only what an operator has to act on; the log has the rest.
show_problems() {
  local follow=''
  # The host's end is also the end of watching it, should this script be killed.
  [ "$(uname)" != Linux ] || follow=--pid=$HOST_PID
  tail -n 0 -f $follow "$DATA/host.log" | while IFS= read -r line; do
    case $line in
      warn:* | fail:* | crit:*) printf '%s\n' "$line"; IFS= read -r line && printf '%s\n' "$line" ;;
      *'"LogLevel":"'[WEC]*) printf '%s\n' "$line" ;;
    esac
  done &
  TAIL_PID=$(jobs -p %%)
  disown %%
}

epm_start() {
  need_node
  data_dir
  host_env
  on_signals 0 stop_all
  claim_data
  port_is_free "$EPM_PORT" || die "port $EPM_PORT is taken by another program; choose one with EPM_PORT"
  need_dotnet
  build_all || exit 1
  # Whatever server runs on these data is this start's to stop, also one that a killed start left.
  [ -n "${EPM_PG:-}" ] || PG_OURS=1
  database_up

  step "Migrating"
  host_verb migrate || die "the database could not be brought up to this version"
  if [ "$ASPNETCORE_ENVIRONMENT" = Development ] && { [ -z "$PG_OURS" ] || [ ! -f "$DATA/seeded" ] || [ "$DATA/postgres/epm.ready" -nt "$DATA/seeded" ]; }; then
    step "Creating the demo tenant, if it is not there"
    host_verb seed || die "the demo tenant could not be created"
    [ -z "$PG_OURS" ] || : >"$DATA/seeded"
  fi

  start_host
  if ! run node "$ROOT/tools/ready.mjs" "$HOST_PID"; then
    tail -n 30 "$DATA/host.log" >&2
    die "the product did not become ready; its log is $DATA/host.log"
  fi
  show_problems
  keep_running
}
keep_running() {
  local code=0
  while running "$HOST_PID"; do
    if [ -n "$PG_OURS" ] && ! pg_running "$(cd -P "$DATA/postgres" && pwd)"; then
      warn "PostgreSQL stopped unexpectedly; starting it again"
      pg_start "$DATA" || die "PostgreSQL could not be started again; its log is $DATA/postgres/server.log"
    fi
    leave_if_stopped
    sleep 1 </dev/null >/dev/null 2>&1 &
    wait $! 2>/dev/null
    leave_if_stopped
  done
  leave_if_stopped
  wait "$HOST_PID" 2>/dev/null || code=$?
  HOST_PID=''
  warn "The product ended by itself (code $code):"
  tail -n 20 "$DATA/host.log" >&2
  exit $((code == 0 ? 1 : code))
}
