# The files of the deployment, held to rules: no engine and no cluster is at hand to run them with.

lint_deploy() {
  check "tools for the deployment's files" npm_packages "tools for the deployment" "$ROOT/tools/deploy" --ignore-scripts --legacy-peer-deps || return 0
  check "Dockerfile: rules" node "$ROOT/tools/deploy/dockerfile.mjs"
  check "docker-compose.yml: rules" node "$ROOT/tools/deploy/compose.mjs"
  check "these rules find what is planted" node --test "$ROOT/tools/deploy"
}
