# The files of the deployment, held to rules: no engine and no cluster is at hand to run them with.

lint_deploy() {
  check "tools for the deployment's files" npm_packages "tools for the deployment" "$ROOT/tools/deploy" --ignore-scripts --legacy-peer-deps || return 0
  check "Dockerfile: rules" node "$ROOT/tools/deploy/dockerfile.mjs"
  check "docker-compose.yml: rules" node "$ROOT/tools/deploy/compose.mjs"
  check "helm chart: lint, rendered, rules" node "$ROOT/tools/deploy/helm.mjs"
  check "CI workflow: rules" node "$ROOT/tools/deploy/workflow.mjs"
  check "these rules find what is planted" node --test "$ROOT/tools/deploy"
}

# Prometheus' own tool reads its configuration and runs the tests of the alert rules.
lint_monitoring() {
  local files=$ROOT/deploy/monitoring
  need promtool prometheus || { record "promtool, of the package prometheus" failed; return 0; }
  check "prometheus.yml" promtool check config --syntax-only "$files/prometheus.yml"
  check "alert rules" promtool check rules "$files/rules/epm.yml"
  check "alert rules fire when they should" promtool test rules "$files/rules/epm.test.yml"
}
