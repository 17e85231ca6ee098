# What every verb uses: words on the terminal, children that can be stopped, stamps.

if [ -t 1 ]; then BOLD=$'\033[1m' RED=$'\033[31m' DIM=$'\033[2m' PLAIN=$'\033[0m'; else BOLD='' RED='' DIM='' PLAIN=''; fi
say() { printf '%s\n' "$*"; }
step() { printf '%s\n' "$BOLD$*$PLAIN"; }
warn() { printf '%s\n' "$RED$*$PLAIN" >&2; }
die() { warn "epm: $*"; exit 1; }

# A home that cannot be written to makes both package managers fail halfway, so they get one inside the checkout.
usable_home() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
  export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 NO_UPDATE_NOTIFIER=1
  # Build servers outlive the command, and whoever waits for its output with them.
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0
  if [ -n "${HOME:-}" ] && [ -d "$HOME" ] && [ -w "$HOME" ]; then return 0; fi
  mkdir -p "$ROOT/.build/home"
  export HOME=$ROOT/.build/home DOTNET_CLI_HOME=$ROOT/.build/home
}

# Children run in process groups of their own: Ctrl-C reaches this script alone, which then stops them in order.
# A signal only leaves a mark and wakes the wait; everything else happens outside the handler, because bash may wait for ever
# when a handler waits for the child whose wait it interrupted.
CHILD='' STOPPED='' STOPPED_CODE=130
on_signals() { # exit code of a stop by signal, cleanup
  STOPPED_CODE=$1
  trap "trap '' INT TERM HUP; stop_child; $2" EXIT
  trap 'STOPPED=1; [ -z "$CHILD" ] || kill -TERM -- "-$CHILD" 2>/dev/null' INT TERM HUP
}
leave_if_stopped() { [ -z "$STOPPED" ] || exit "$STOPPED_CODE"; }
run() {
  local code=0
  leave_if_stopped
  "$@" </dev/null &
  CHILD=$!
  leave_if_stopped
  wait "$CHILD" 2>/dev/null || code=$?
  leave_if_stopped
  CHILD=''
  return "$code"
}
stop_child() {
  local pid=$CHILD
  CHILD=''
  [ -n "$pid" ] && running "$pid" || return 0
  kill -TERM -- "-$pid" 2>/dev/null
  await_end "$pid" 20 || kill -KILL -- "-$pid" 2>/dev/null
  return 0
}
await_end() { # pid, seconds
  local left=$(($2 * 10))
  while running "$1"; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 0.1
  done
}
# A zombie answers kill -0, and a container's first process may never collect it.
running() {
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || return 1
  case $(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) in Z | X) return 1 ;; esac
}
command_of() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || ps -o args= -p "$1" 2>/dev/null; }

logged() { # what, log file, command...: quiet while it works, its last lines when it fails
  local what=$1 log=$2 from=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  printf '%s' "$what"
  if run "$@" >"$log" 2>&1; then say " ${DIM}$((SECONDS - from)) s$PLAIN"; return 0; fi
  say ''
  tail -n 40 "$log" >&2
  warn "$what failed; all of it is in $log"
  return 1
}

# One word for the contents of the given paths, whatever their dates: a checkout changes dates, a deletion changes none.
stamp_of() {
  (cd "$ROOT" && find "$@" \( -name node_modules -o -name bin -o -name obj -o -name dist -o -name test-results \) -prune -o -type f -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 cksum | cksum | tr -d ' ')
}
free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
port_is_free() { node -e 'require("net").createServer().on("error",()=>process.exit(1)).listen(+process.argv[1],()=>process.exit(0))' "$1"; }
secret() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }

need_dotnet() {
  local dir
  for dir in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    command -v dotnet >/dev/null && break
    [ -n "$dir" ] && [ -x "$dir/dotnet" ] && PATH=$PATH:$dir
  done
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing: install it and put dotnet on the PATH"
  (cd "$ROOT" && dotnet --version) >/dev/null 2>&1 || die "the .NET SDK 10 is missing; here: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
}
need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || die "Node 20 or newer with npm is missing"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node 20 or newer is needed; here: $(node --version)"
}

# Not npm ci: where a registry lacks an optional package for some other platform the lock has a hole, and ci refuses it.
# This installs the locked versions too; that the lock still fits package.json is a rule of lint.
npm_packages() { # what, directory
  local mark=$2/node_modules/.installed stamp log
  stamp=$(cksum <"$2/package-lock.json")
  [ "$(cat "$mark" 2>/dev/null)" = "$stamp" ] && return 0
  log=$ROOT/.build/log/npm-$(basename "$2").log
  logged "Fetching $1" "$log" npm install --prefix "$2" --no-save --no-audit --no-fund "${@:3}" || return 1
  printf '%s' "$stamp" >"$mark"
}

# Tools of the tests that a machine may lack: installed where this may be done, otherwise the caller says what is missing.
need() { # command, package
  command -v "$1" >/dev/null && return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  local log=$ROOT/.build/log/apt-$2.log
  logged "Installing $2" "$log" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends "$1" || { apt-get update && apt-get install -y --no-install-recommends "$1"; }' _ "$2"
  command -v "$1" >/dev/null
}
