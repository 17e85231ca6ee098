# The checks that need no database. Each counts as one test.

CHECKS=''

check() { # name, command...
  local name=$1 log from=$SECONDS
  shift
  log=$ROOT/.build/log/check-$(printf '%s' "$name" | tr -cs 'A-Za-z0-9' -).log
  printf '%s' "  $name"
  if run "$@" >"$log" 2>&1; then
    say " ${DIM}ok, $((SECONDS - from)) s$PLAIN"
    [ -z "$CHECKS" ] || printf '%s\tpassed\t\n' "$name" >>"$CHECKS"
    return 0
  fi
  say " ${RED}failed$PLAIN"
  tail -n 20 "$log" | sed 's/^/    /'
  [ -z "$CHECKS" ] || printf '%s\tfailed\t%s\n' "$name" "$log" >>"$CHECKS"
  FAILED_CHECKS=$((${FAILED_CHECKS:-0} + 1))
  return 1
}

restore_packages() { check "restore, exactly as locked" dotnet restore "$ROOT/EPM.sln" --locked-mode --nologo -v quiet; }

lint_all() {
  step "Lint"
  check "C# format" dotnet format "$ROOT/EPM.sln" --verify-no-changes --no-restore
  check "front end: biome, types, texts" npm run --silent lint --prefix "$ROOT/web"
  check "front end: size budget" npm run --silent size --prefix "$ROOT/web"
  check "shell scripts parse" rule_shell
  check "lock files name no host" rule_locks
  check "lock files fit package.json" rule_fit
  check "no source file over 300 lines" rule_lines
  check "secrets: the rules find what they are there for" node "$ROOT/tools/secrets.mjs" --planted
  check "secrets: none in the files, none in the history" rule_secrets
  lint_deploy
  lint_monitoring
  check "the list of what is inside" node --test "$ROOT/tools/sbom.test.mjs"
}

own_files() { (cd "$ROOT" && find "$@" \( -name node_modules -o -name bin -o -name obj -o -name dist -o -name .build -o -name .data -o -name .git \) -prune -o -type f -print); }
rule_shell() {
  local bad=0 file
  for file in epm .ci/run $(own_files tools deploy helm | grep '\.sh$'); do bash -n "$ROOT/$file" || bad=1; done
  return $bad
}
rule_secrets() { cd "$ROOT" && node tools/secrets.mjs; }
# Packages come from whatever the machine is configured for, so that a mirror works without a change here.
rule_locks() {
  local bad=0 file
  for file in $(own_files . | grep -Ei '/(package-lock\.json|packages\.lock\.json|nuget\.config|\.npmrc)$'); do
    case $file in
      *.json) ! grep -Hn '"resolved": *"http' "$ROOT/$file" || bad=1 ;;
      *) ! grep -Hn 'https\?://' "$ROOT/$file" || bad=1 ;;
    esac
  done
  return $bad
}
rule_fit() {
  local bad=0 dir
  for dir in web tools/postgres tools/duckdb tools/deploy; do
    (cd "$ROOT/$dir" && node -e 'const [a, b] = [require("./package.json"), require("./package-lock.json").packages[""]];
      for (const kind of ["dependencies", "devDependencies", "optionalDependencies"])
        for (const name of Object.keys({ ...a[kind], ...b[kind] }))
          if (a[kind]?.[name] !== b[kind]?.[name]) { console.log(process.argv[1], name, a[kind]?.[name], b[kind]?.[name]); process.exitCode = 1; }' "$dir") || bad=1
  done
  return $bad
}
rule_lines() {
  local bad=0 file lines
  for file in $(own_files src web/src | grep -E '\.(cs|ts|tsx|css)$'); do
    lines=$(wc -l <"$ROOT/$file")
    [ "$lines" -le 300 ] || head -n 5 "$ROOT/$file" | grep -qi 'generated' || { say "$file: $lines lines"; bad=1; }
  done
  return $bad
}

epm_lint() {
  need_dotnet
  need_node
  mkdir -p "$ROOT/.build/log"
  on_signals 130 :
  restore_packages
  build_web || exit 1
  lint_all
  [ "${FAILED_CHECKS:-0}" = 0 ] || die "$FAILED_CHECKS failed"
}
