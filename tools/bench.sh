# bench: the figures, on a server of their own with everything that makes a commit durable left on.

epm_bench() {
  need_dotnet
  need_node
  if [ "${1:-}" = forecast ]; then
    shift
    epm_forecast --build-only || exit 1
    run node "$ROOT/tools/forecast-bench.mjs" "$ROOT" "$FORECAST_DLL" "$@"
    return
  fi
  mkdir -p "$ROOT/.build/log"
  BENCH=$ROOT/.build/bench.$$
  mkdir -p "$BENCH" && chmod 711 "$BENCH"
  on_signals 130 'pg_remove "$BENCH"'
  build_all || exit 1
  logged "Building the benchmarks" "$ROOT/.build/log/bench-build.log" dotnet build "$ROOT/tests/EPM.Benchmarks/EPM.Benchmarks.csproj" -c Release --nologo -v quiet || exit 1
  npm_packages DuckDB "$ROOT/tools/duckdb" || exit 1
  need psql postgresql-client || warn "psql is missing (package postgresql-client): the driver's own text COPY stands in for it"
  step "Starting PostgreSQL"
  pg_start "$BENCH" || exit 1
  EPM_PG=$(pg_url "$BENCH")
  EPM_PSQL=$(command -v psql || true)
  export EPM_PG EPM_PSQL EPM_DUCKDB=$ROOT/tools/duckdb EPM_WEB=$ROOT/web/dist EPM_HOST_DLL=$HOST_DLL EPM_BENCH_DIR=$BENCH EPM_ROOT=$ROOT
  run dotnet "$ROOT/tests/EPM.Benchmarks/bin/Release/net10.0/EPM.Benchmarks.dll" "$@"
}
