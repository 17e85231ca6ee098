# Building, only when something changed.

# What every build of ours reads.
HOST_FILES='global.json nuget.config NuGet.config Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig'
HOST_SOURCES="src db $HOST_FILES"
WEB_SOURCES='web'

# Each version of the sources has a directory of its own: a product that is running keeps the files it was started from.
build_host() { # HOST_DLL is valid afterwards
  local stamp out
  # A host that was built already, as tests have.
  if [ -n "${EPM_HOST_DLL:-}" ]; then HOST_DLL=$EPM_HOST_DLL; return 0; fi
  # shellcheck disable=SC2086
  stamp=$(stamp_of $HOST_SOURCES)
  out=$ROOT/.build/host/$stamp
  HOST_DLL=$out/EPM.Host.dll
  if [ ! -f "$HOST_DLL" ]; then
    need_dotnet
    rm -rf "$out.new"
    logged "Building the product" "$ROOT/.build/log/publish.log" dotnet publish "$ROOT/src/Host/EPM.Host.csproj" \
      -c Release -o "$out.new" --nologo -v quiet || return 1
    rm -rf "$out" && mv "$out.new" "$out" || return 1
    # The version before this one may still be running.
    find "$ROOT/.build/host" -mindepth 1 -maxdepth 1 -type d | while read -r old; do
      [ "$old" = "$out" ] || [ -z "$(find "$old" -maxdepth 0 -mmin +120)" ] || rm -rf "$old"
    done
  fi
}

build_web() {
  local stamp mark=$ROOT/web/dist/.stamp
  stamp=$(stamp_of $WEB_SOURCES)
  [ "$(cat "$mark" 2>/dev/null)" = "$stamp" ] && return 0
  need_node
  npm_packages "the front end's packages" "$ROOT/web" || return 1
  logged "Building the front end" "$ROOT/.build/log/web-build.log" npm run build --prefix "$ROOT/web" || return 1
  # A build may write sources of its own, such as a route tree.
  stamp=$(stamp_of $WEB_SOURCES)
  printf '%s' "$stamp" >"$mark"
}

build_all() {
  mkdir -p "$ROOT/.build/log"
  build_web && build_host
}
