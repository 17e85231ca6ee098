// The rules of docker-compose.yml: compose.mjs [FILE].
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { conclude, root } from "./conclude.mjs";

export const read = (text) => parse(text, { merge: true, strict: true, uniqueKeys: true });

const stores = ["postgres", "redis", "rabbitmq"];
const needed = ["migrate", "host-a", "host-b", "proxy", ...stores, "prometheus", "grafana", "alertmanager"];
const once = (service) => service.restart === "no";
const items = (value) => (Array.isArray(value) ? value : Object.entries(value ?? {}).map(([key, item]) => `${key}=${item ?? ""}`));

function ofService(name, service, file) {
  const problems = [];
  const wrong = (what) => problems.push(`${name}: ${what}`);
  const limits = service.deploy?.resources?.limits ?? {};
  if (!/:\S*\d|:-\S+:\S+\}/.test(service.image ?? "") || /:latest\b/.test(service.image)) wrong(`image ${service.image} has no version`);
  if (!limits.cpus || !limits.memory || !limits.pids) wrong("no limit of processor, memory and processes");
  if (!once(service) && !service.healthcheck?.test) wrong("no health check");
  if (service.restart === undefined) wrong("nothing said about restarts");
  if (service.read_only !== true) wrong("its root can be written to");
  if (!service.cap_drop?.includes("ALL")) wrong("keeps capabilities");
  if (!items(service.security_opt).includes("no-new-privileges:true")) wrong("may gain privileges");
  if (service.privileged || service.pid || service.network_mode === "host" || items(service.volumes).some((volume) => /docker\.sock/.test(JSON.stringify(volume)))) wrong("reaches the machine it runs on");
  if (!service.logging?.options?.["max-size"]) wrong("its log grows without end");
  if (stores.includes(name) && service.ports) wrong("publishes a port: only the proxy is reached from outside");
  for (const port of items(service.ports)) if (name !== "proxy" && !String(port).startsWith("127.0.0.1:")) wrong(`publishes ${port} to everybody`);
  if (stores.includes(name) && items(service.networks).some((network) => !String(network).startsWith("back"))) wrong("is on a network with a way out");
  for (const setting of items(service.environment)) {
    const [key, value] = [setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1)];
    if (/(SECRET|PASSWORD|PASS|TOKEN|KEY|_PG|_REDIS|_RABBITMQ)$/.test(key) && !/^(\/run\/secrets\/|\$\{\w+:\?)/.test(value)) wrong(`${key} is a secret and comes from neither a file nor a required variable`);
  }
  for (const secret of service.secrets ?? []) if (!file.secrets?.[secret.source ?? secret]) wrong(`secret ${secret.source ?? secret} is not declared`);
  for (const other of Object.keys(service.depends_on ?? {})) if (!file.services[other]) wrong(`depends on ${other}, which is not there`);
  for (const volume of items(service.volumes)) {
    const source = String(volume).split(":")[0];
    if (source.startsWith("./") && !existsSync(path.join(root, source))) wrong(`mounts ${source}, which is not in the checkout`);
    else if (/^\w/.test(source) && !(source in (file.volumes ?? {}))) wrong(`volume ${source} is not declared`);
  }
  return problems;
}

function ofWhole({ services, networks, secrets }) {
  const problems = needed.filter((name) => !services[name]).map((name) => `${name} is missing`);
  const wrong = (when, what) => when && problems.push(what);
  wrong(networks?.back?.internal !== true, "the network of the stores has a way out");
  for (const host of ["host-a", "host-b"].filter((name) => services[name])) {
    const { depends_on: after, stop_grace_period: grace, environment, networks: nets, healthcheck, deploy } = services[host];
    wrong(after?.migrate?.condition !== "service_completed_successfully", `${host} does not wait for the migration`);
    wrong(!(parseInt(grace, 10) >= Number(environment.EPM_DRAIN_SECONDS) + 25), `${host} is killed before it has drained: ${grace} for ${environment.EPM_DRAIN_SECONDS} s, then 20 s for what is under way`);
    wrong(!services.proxy?.environment[host === "host-a" ? "EPM_HOST_A" : "EPM_HOST_B"].startsWith(`${nets.front.ipv4_address}:`), `the proxy looks for ${host} elsewhere`);
    wrong(!healthcheck.test.includes("ready"), `${host} is called healthy before it is ready`);
    wrong(deploy.resources.limits.memory !== "1g" || deploy.resources.reservations?.memory !== "512m", `${host} has other resources than the chart gives it`);
  }
  for (const [name, { file, environment, external }] of Object.entries(secrets ?? {})) wrong(!file && !environment && !external, `secret ${name} stands in the file itself`);
  for (const name of ["prometheus", "grafana", "alertmanager"].filter((one) => services[one])) wrong(!services[name].profiles?.includes("monitoring"), `${name} does not belong to the profile monitoring`);
  return problems;
}

// A required variable has no default anywhere else in the file.
const defaults = (text) => [...text.matchAll(/\$\{(\w*(?:SECRET|PASSWORD|TOKEN|KEY|DOMAIN|CERTIFICATES)):-[^}]*\}/g)].map(([all]) => `${all}: no default may stand in for it`);

export function problems(text) {
  const file = read(text);
  return [...defaults(text), ...ofWhole(file), ...Object.entries(file.services).flatMap(([name, service]) => ofService(name, service, file))];
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(process.argv[2] ?? path.join(root, "docker-compose.yml"), "utf8");
  conclude("docker-compose.yml", problems(text), Object.keys(read(text).services).length);
}
