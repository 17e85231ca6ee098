// A rule that never fires looks like a rule that is kept: each is shown a file that breaks it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { conclude, root } from "./conclude.mjs";
import * as compose from "./compose.mjs";
import * as dockerfile from "./dockerfile.mjs";
import * as helm from "./helm.mjs";
import * as workflow from "./workflow.mjs";

const own = (file) => readFileSync(path.join(root, file), "utf8");

function plants(file, problems, cases) {
  const text = own(file);
  for (const [what, from, to, expected] of cases)
    test(`${file}: ${what}`, () => {
      const changed = text.replace(from, to);
      assert.notEqual(changed, text, "nothing was planted");
      assert.match(problems(changed).join("\n"), expected);
    });
}

plants("Dockerfile", (text) => dockerfile.problems(text, dockerfile.toolsText()), [
  ["root", "USER 1654:1654", "USER 0:0", /USER/],
  ["a name that may be root", "USER 1654:1654", "USER app", /USER/],
  ["no health check", /HEALTHCHECK.*\n/, "", /HEALTHCHECK/],
  ["a health check with curl", /CMD \["dotnet", "EPM.Host.dll", "healthy".*/, 'CMD ["curl", "http://localhost:5080"]', /HEALTHCHECK/],
  ["a file from the net", "WORKDIR /app", "WORKDIR /app\nADD https://example.org/x /x", /ADD/],
  ["a secret that stays", "EPM_BIND=0.0.0.0", "EPM_SECRET=hunter2", /secret/],
  ["a secret as an argument", "ARG VERSION", "ARG NPM_TOKEN\nARG VERSION", /secret/],
  ["whatever is newest", "node:20.20-bookworm-slim", "node:latest", /no version/],
  ["no tag", "node:20.20-bookworm-slim", "node", /no version/],
  ["another registry", "node:20.20", "registry.example.org/node:20.20", /another registry/],
  ["everything copied", "COPY web/ web/", "COPY . .", /names nothing/],
  ["a download", "RUN npm run build", "RUN curl -O https://example.org && npm run build", /lock file/],
  ["other commands than a checkout's", "--no-save", "--force", /a checkout is built by/],
  ["a shell around the host", 'ENTRYPOINT ["dotnet", "EPM.Host.dll"]', "ENTRYPOINT dotnet EPM.Host.dll", /ENTRYPOINT/],
]);

plants("docker-compose.yml", compose.problems, [
  ["a database for everybody", "    networks: [back]\n    healthcheck:\n      test: [CMD, pg_isready", '    ports: ["5432:5432"]\n    networks: [back]\n    healthcheck:\n      test: [CMD, pg_isready', /publishes/],
  ["a panel for everybody", "127.0.0.1:3000:3000", "3000:3000", /to everybody/],
  ["a password in the file", "POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password", "POSTGRES_PASSWORD: postgres", /is a secret/],
  ["a default for what has to be said", "${EPM_DOMAIN:?the domain whose subdomains are tenants}\n  EPM_DRAIN", "${EPM_DOMAIN:-epm.example}\n  EPM_DRAIN", /no default/],
  ["capabilities", "cap_drop: [ALL]", "cap_drop: []", /capabilities/],
  ["a root that can be written to", "read_only: true", "read_only: false", /root can be written/],
  ["no limits", "limits: { cpus: \"2.0\", memory: 2g, pids: 512 }", "limits: { cpus: \"2.0\" }", /no limit/],
  ["no version", "postgres:18-bookworm", "postgres", /no version/],
  ["no migration first", "migrate: { condition: service_completed_successfully }", "migrate: { condition: service_started }", /migration/],
  ["no time to drain", "stop_grace_period: 45s", "stop_grace_period: 10s", /before it has drained/],
  ["a host that is elsewhere", "ipv4_address: 172.30.77.12", "ipv4_address: 172.30.77.13", /elsewhere/],
  ["stores with a way out", "internal: true", "internal: false", /way out/],
  ["a volume nobody declared", "data-b: {}", "", /not declared/],
  ["the engine's socket", '"data-a:/data"', '"data-a:/data", "/var/run/docker.sock:/var/run/docker.sock"', /reaches the machine/],
]);

plants(".github/workflows/ci.yml", workflow.problems, [
  ["rights for all", "permissions:\n  contents: read", "permissions: write-all", /rights/],
  ["an action that moves", /actions\/checkout@[0-9a-f]{40} # \S+/, "actions/checkout@v4", /not pinned/],
  ["a job without an end", / +timeout-minutes: \d+\n/, "", /timeout-minutes/],
  ["a stranger's text in a script", "run: ./epm lint", 'run: echo "${{ github.event.pull_request.title }}"', /text of a stranger/],
  ["a trigger with the secrets of the house", "pull_request:", "pull_request_target:", /pull_request_target/],
  ["a stage left out", "\n  scan:", "\n  other:", /scan/],
]);

const [rendered] = helm.sets().map((values) => helm.render(values));
const edited = (edit) => {
  const copy = structuredClone(rendered);
  edit(Object.fromEntries(copy.map((object) => [object.kind, object])), copy);
  return helm.problems(copy).join("\n");
};
const pod = ({ Deployment }) => Deployment.spec.template.spec;
for (const [what, edit, expected] of [
  ["root", (kinds) => (pod(kinds).securityContext.runAsUser = 0), /root/],
  ["a root that can be written to", (kinds) => (pod(kinds).containers[0].securityContext.readOnlyRootFilesystem = false), /written to/],
  ["a capability", (kinds) => (pod(kinds).containers[0].securityContext.capabilities = { drop: ["ALL"], add: ["NET_RAW"] }), /capabilities/],
  ["a token", (kinds) => (kinds.ServiceAccount.automountServiceAccountToken = true), /token/],
  ["no limits", (kinds) => delete pod(kinds).containers[0].resources.limits, /no limits/],
  ["whatever is newest", (kinds) => (pod(kinds).containers[0].image = "epm:latest"), /no version/],
  ["a secret in the environment", (kinds) => kinds.Job.spec.template.spec.containers[0].env.push({ name: "EPM_SECRET", value: "x" }), /in its environment/],
  ["no budget", (_, all) => all.splice(all.findIndex(({ kind }) => kind === "PodDisruptionBudget"), 1), /all hosts/],
  ["no migration", (_, all) => all.splice(all.findIndex(({ kind }) => kind === "Job"), 1), /no migration/],
  ["no policy", (_, all) => all.forEach((object) => object.kind === "NetworkPolicy" && (object.spec.podSelector = { matchLabels: { app: "other" } })), /no policy/],
  ["the cloud's metadata", (_, all) => all.forEach((object) => object.kind === "NetworkPolicy" && object.spec.egress?.forEach((rule) => rule.to.forEach((peer) => peer.ipBlock && delete peer.ipBlock.except))), /metadata/],
  ["no wildcard", (kinds) => (kinds.Ingress.spec.rules = kinds.Ingress.spec.rules.slice(0, 1)), /wildcard/],
])
  test(`chart: ${what}`, () => assert.match(edited(edit), expected));

test("chart: hosts that are killed before they have drained, or asked the wrong question", () => {
  const copy = structuredClone(rendered);
  const hosts = copy.find((object) => object.kind === "Deployment" && object.spec.template.metadata.labels["app.kubernetes.io/component"] === "host");
  hosts.spec.template.spec.terminationGracePeriodSeconds = 10;
  hosts.spec.template.spec.containers[0].livenessProbe.httpGet.path = "/health/ready";
  hosts.spec.template.spec.containers[0].readinessProbe = undefined;
  for (const expected of [/before it has drained/, /restarted when the database rests/, /no readinessProbe/]) assert.match(helm.problems(copy).join("\n"), expected);
});

test("chart: a value that nothing tells about", () => {
  const schema = { properties: { told: {}, group: { properties: { inner: {} } } } };
  assert.deepEqual(helm.undocumented("# What it is.\ntold: 1\ngroup:\n  inner: 1\nother: 2\n", schema), ["group.inner: nothing says what it is", "other: not in values.schema.json", "other: nothing says what it is"]);
});

test("a check that looked at nothing has failed", () => {
  const before = process.exitCode;
  conclude("nothing", [], 0);
  assert.equal(process.exitCode, 1);
  process.exitCode = before;
});
