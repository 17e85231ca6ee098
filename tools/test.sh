# test: sets up, runs every runner, and adds up what their own reports say.

REPORTS=$ROOT/.build/test-results
WORK='' E2E_PID=''

# A runner is believed by its report; its exit code only says whether the report is the whole story.
runner() { # name, kind of report, report, command...
  local name=$1 kind=$2 report=$3 code=0
  shift 3
  step "$name"
  run "$@" || code=$?
  printf '%s\t%s\t%s\t%s\n' "$name" "$kind" "$report" "$code" >>"$REPORTS/runners.tsv"
  return "$code"
}
record() { printf '%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>"$CHECKS"; }
wants() { [ -z "$ONLY" ] || [ "$ONLY" = "$1" ]; }

epm_test() {
  ONLY=''
  case ${1:-} in
    '') ;;
    --only) ONLY=${2:-} ;;
    *) die "test takes --only dotnet|web|e2e|lint" ;;
  esac
  case $ONLY in '' | dotnet | web | e2e | lint) ;; *) die "test takes --only dotnet|web|e2e|lint" ;; esac
  (need_dotnet && need_node) || { say "0 passed, 1 failed"; exit 1; }
  need_dotnet
  rm -rf "$REPORTS"
  mkdir -p "$REPORTS" "$ROOT/.build/log"
  CHECKS=$REPORTS/checks.tsv
  printf 'Checks\tchecks\t%s\t0\n' "$CHECKS" >"$REPORTS/runners.tsv"
  : >"$CHECKS"
  WORK=$(cd -P "$(mktemp -d "${TMPDIR:-/tmp}/epm-test.XXXXXX")" && pwd) && chmod 711 "$WORK"
  unset EPM_PG EPM_DATA EPM_DOMAIN ASPNETCORE_ENVIRONMENT
  [ -t 1 ] || export NO_COLOR=1
  on_signals 130 test_cleanup

  step "Setting up"
  restore_packages
  build_web || record "front end builds" failed "$ROOT/.build/log/web-build.log"
  wants lint && lint_all
  wants dotnet && test_dotnet
  wants web && test_web
  wants e2e && test_e2e

  test_cleanup
  trap - EXIT
  say ''
  node "$ROOT/tools/report.mjs" "$REPORTS/runners.tsv"
}
test_cleanup() {
  e2e_stop
  [ -z "$WORK" ] || [ ! -d "$WORK" ] || {
    pg_remove "$WORK/dotnet"
    pg_remove "$WORK/e2e"
    rm -rf "$WORK"
  }
  WORK=''
}

test_dotnet() {
  local project name
  step "Building"
  check "build without a warning" dotnet build "$ROOT/EPM.sln" -c Release -warnaserror --no-restore --nologo -v quiet || return 0
  need redis-server redis-server || say "  There is no redis-server on this machine: its tests will fail."
  mkdir -p "$WORK/dotnet"
  pg_start "$WORK/dotnet" volatile || { record "database for the tests" failed "$WORK/dotnet/postgres/server.log"; return 0; }
  EPM_PG=$(pg_url "$WORK/dotnet")
  export EPM_PG
  # Tests that need it say so themselves when there is none.
  need nginx nginx-light || command -v /usr/sbin/nginx >/dev/null || say "  There is no nginx on this machine."
  EPM_PSQL=$(command -v psql) && export EPM_PSQL
  for project in "$ROOT"/tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    runner "$name" trx "$REPORTS/$name.trx" dotnet test "$project" -c Release --no-build --nologo -v quiet \
      --results-directory "$REPORTS" --logger "trx;LogFileName=$name.trx" --blame-hang-timeout 10m --blame-hang-dump-type none
  done
  unset EPM_PG
  pg_remove "$WORK/dotnet"
}

test_web() {
  runner "Front end" vitest "$REPORTS/vitest.json" npm test --silent --prefix "$ROOT/web" -- \
    --reporter=default --reporter=json --outputFile.json="$REPORTS/vitest.json"
}

# The browser drives a product started exactly as a user starts it, and that start and its stop are tests too.
test_e2e() {
  local port chromium log=$ROOT/.build/log/e2e-start.log code=0
  need chromium chromium
  chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    { record "a browser for the journeys" failed; say "  There is no chromium on this machine."; return 0; }
  port=$(free_port)
  mkdir -p "$WORK/e2e"
  step "Starting the product"
  # All journeys are made by a handful of people within minutes, far faster than people are.
  EPM_LIMIT_REQUESTS=6000 EPM_DATA=$WORK/e2e EPM_PORT=$port "$ROOT/epm" start </dev/null >"$log" 2>&1 &
  E2E_PID=$!
  if EPM_PORT=$port EPM_DOMAIN=localhost EPM_READY_SECONDS=900 run node "$ROOT/tools/ready.mjs" "$E2E_PID" >/dev/null; then
    record "epm start becomes ready" passed
    cd "$ROOT/web" || return 1
    EPM_URL=http://demo.localhost:$port EPM_PORT=$port EPM_DATA=$WORK/e2e CHROMIUM=$chromium PLAYWRIGHT_JSON_OUTPUT_FILE=$REPORTS/playwright.json \
      runner "Journeys" playwright "$REPORTS/playwright.json" npx --no-install playwright test --reporter=list,json
    cd "$ROOT" || return 1
    e2e_stop || code=$?
    if [ "$code" = 0 ]; then record "epm stops cleanly" passed; else tail -n 20 "$log"; record "epm stops cleanly" failed "$log"; fi
  else
    tail -n 40 "$log"
    record "epm start becomes ready" failed "$log"
    e2e_stop
  fi
}
e2e_stop() {
  local pid=$E2E_PID code=0
  [ -n "$pid" ] || return 0
  E2E_PID=''
  kill -TERM "$pid" 2>/dev/null
  await_end "$pid" 60 || kill -KILL -- "-$pid" 2>/dev/null
  wait "$pid" 2>/dev/null || code=$?
  return "$code"
}
