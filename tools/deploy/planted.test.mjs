// A rule that never fires looks like a rule that is kept: each is shown a file that breaks it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { conclude, root } from "./conclude.mjs";
import * as compose from "./compose.mjs";
import * as dockerfile from "./dockerfile.mjs";

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
  ["a host that is elsewhere", "172.30.77.12 }", "172.30.77.13 }", /elsewhere/],
  ["stores with a way out", "internal: true", "internal: false", /way out/],
  ["a volume nobody declared", "data-b: {}", "", /not declared/],
  ["the engine's socket", '"data-a:/data"', '"data-a:/data", "/var/run/docker.sock:/var/run/docker.sock"', /reaches the machine/],
]);

test("a check that looked at nothing has failed", () => {
  const before = process.exitCode;
  conclude("nothing", [], 0);
  assert.equal(process.exitCode, 1);
  process.exitCode = before;
});
