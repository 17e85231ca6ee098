# forecast: the engine alone, from files to a file.

epm_forecast() {
  local stamp out
  # shellcheck disable=SC2086
  stamp=$(stamp_of src/Modules/Forecast.Engine src/Modules/Forecast.CommandLine $HOST_FILES)
  out=$ROOT/.build/forecast/$stamp
  if [ ! -f "$out/epm-forecast.dll" ]; then
    need_dotnet
    mkdir -p "$ROOT/.build/log"
    rm -rf "$ROOT/.build/forecast"
    logged "Building the forecast engine" "$ROOT/.build/log/forecast-build.log" dotnet publish "$ROOT/src/Modules/Forecast.CommandLine/EPM.Forecast.CommandLine.csproj" \
      -c Release -o "$out.new" --nologo -v quiet || return 1
    mv "$out.new" "$out" || return 1
  fi
  FORECAST_DLL=$out/epm-forecast.dll
  [ "${1:-}" = --build-only ] || exec dotnet "$FORECAST_DLL" "$@"
}
