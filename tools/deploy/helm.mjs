// Lints the chart, renders it with every set of values of helm/ci, and holds what comes out to rules: helm.mjs.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments, parseDocument } from "yaml";
import { conclude, root } from "./conclude.mjs";
import { helm } from "./unpack.mjs";

const chart = path.join(root, "helm");
export const sets = () => readdirSync(path.join(chart, "ci")).filter((file) => file.endsWith(".yaml")).map((file) => path.join(chart, "ci", file));

export function run(...args) {
  const { status, stdout, stderr } = spawnSync(helm(), args, { encoding: "utf8", env: { ...process.env, HELM_CACHE_HOME: path.join(root, ".build/helm/cache"), HELM_CONFIG_HOME: path.join(root, ".build/helm/config"), HELM_DATA_HOME: path.join(root, ".build/helm/data") } });
  return { ok: status === 0, text: `${stdout}${status === 0 ? "" : stderr}` };
}

export function render(values, ...more) {
  const { ok, text } = run("template", "shop", chart, "-f", values, ...more);
  if (!ok) throw new Error(text);
  return parseAllDocuments(text).map((document) => document.toJS()).filter(Boolean);
}

const template = (object) => (object.kind === "CronJob" ? object.spec.jobTemplate.spec.template : ["Deployment", "StatefulSet", "Job"].includes(object.kind) ? object.spec.template : null);
const seconds = (pod, container) => (container.lifecycle?.preStop?.sleep?.seconds ?? 0) + Number(container.env.find(({ name }) => name === "EPM_DRAIN_SECONDS").value);

function ofPod(name, { spec: pod }) {
  const problems = [];
  const wrong = (when, what) => when && problems.push(`${name}: ${what}`);
  wrong(pod.securityContext?.runAsNonRoot !== true || !(pod.securityContext?.runAsUser > 0), "may run as root");
  wrong(pod.securityContext?.seccompProfile?.type !== "RuntimeDefault", "no seccomp profile");
  wrong(pod.automountServiceAccountToken !== false, "carries a token of Kubernetes");
  wrong(pod.hostNetwork || pod.hostPID || pod.hostIPC || (pod.volumes ?? []).some((volume) => volume.hostPath), "reaches the node it runs on");
  for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
    const { securityContext: rights, resources, image } = container;
    wrong(!/@sha256:|:[^/]*\d/.test(image) || /:latest$/.test(image), `image ${image} has no version`);
    wrong(rights?.allowPrivilegeEscalation !== false || rights?.privileged, "may gain privileges");
    wrong(rights?.readOnlyRootFilesystem !== true, "its root can be written to");
    wrong(!rights?.capabilities?.drop?.includes("ALL") || rights?.capabilities?.add, "keeps capabilities");
    for (const bound of ["requests", "limits"]) wrong(!resources?.[bound]?.cpu || !resources?.[bound]?.memory, `no ${bound} of processor and memory`);
    wrong((container.env ?? []).some(({ name: key, value }) => /(SECRET|PASSWORD|TOKEN|_PG|_REDIS)$/.test(key) && value), "a secret is in its environment, where describing the pod shows it");
  }
  return problems;
}

function ofHosts(hosts, objects) {
  const problems = [];
  const wrong = (when, what) => when && problems.push(`hosts: ${what}`);
  const { spec: pod } = hosts.spec.template;
  const [container] = pod.containers;
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) wrong(!container[probe]?.httpGet, `no ${probe}`);
  wrong(container.livenessProbe?.httpGet.path !== "/health/live" || container.startupProbe?.httpGet.path !== "/health/live", "would be restarted when the database rests");
  wrong(container.readinessProbe?.httpGet.path !== "/health/ready", "gets traffic without being ready");
  wrong(pod.terminationGracePeriodSeconds < seconds(pod, container) + 25, "is killed before it has drained");
  wrong(hosts.spec.strategy.rollingUpdate?.maxUnavailable !== 0, "an upgrade takes a host away before there is another");
  wrong(container.resources.requests.memory !== "512Mi" || container.resources.requests.cpu !== "500m" || container.resources.limits.memory !== "1Gi" || container.resources.limits.cpu !== "1000m", "other resources than agreed");
  const scaler = objects.find(({ kind }) => kind === "HorizontalPodAutoscaler");
  wrong(scaler && hosts.spec.replicas !== undefined, "every upgrade undoes the autoscaler");
  wrong(scaler && (scaler.spec.minReplicas < 2 || scaler.spec.maxReplicas !== 10 || scaler.spec.metrics[0].resource.target.averageUtilization !== 70), "scales otherwise than agreed");
  return problems;
}

const fits = (labels, { matchLabels = {}, matchExpressions = [] }) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(({ key, values }) => values.includes(labels[key]));

function ofNetwork(objects) {
  const policies = objects.filter(({ kind }) => kind === "NetworkPolicy");
  const problems = [];
  for (const object of objects.filter(template)) {
    const own = policies.filter(({ spec }) => fits(template(object).metadata.labels, spec.podSelector));
    for (const direction of ["Ingress", "Egress"]) if (!own.some(({ spec }) => spec.policyTypes.includes(direction))) problems.push(`${object.metadata.name}: no policy of ${direction}`);
  }
  for (const { metadata, spec } of policies) {
    if ((spec.ingress ?? []).some((rule) => !rule.from?.length || !rule.ports?.length)) problems.push(`${metadata.name}: lets everybody in`);
    if ((spec.egress ?? []).some((rule) => !rule.to?.length || !rule.ports?.length)) problems.push(`${metadata.name}: lets everything out`);
    for (const { ipBlock } of (spec.egress ?? []).flatMap((rule) => rule.to)) if (ipBlock?.cidr === "0.0.0.0/0" && !ipBlock.except?.includes("169.254.0.0/16")) problems.push(`${metadata.name}: reaches the cloud's metadata`);
  }
  return problems;
}

export function problems(objects) {
  const of = (kind) => objects.filter((object) => object.kind === kind);
  const hosts = of("Deployment").find(({ spec }) => spec.template.metadata.labels["app.kubernetes.io/component"] === "host");
  const wildcard = of("Ingress").some(({ spec }) => !spec.tls?.length || !spec.rules.some(({ host }) => host.startsWith("*.")));
  const hook = of("Job").find(({ metadata }) => metadata.name.endsWith("-migrate"))?.metadata.annotations["helm.sh/hook"] ?? "";
  return [
    ...objects.filter(template).flatMap((object) => ofPod(object.metadata.name, template(object))),
    ...ofHosts(hosts, objects),
    ...ofNetwork(objects),
    ...(wildcard ? ["ingress: tenants need a wildcard name and TLS"] : []),
    ...(hook.includes("pre-upgrade") && hook.includes("install") ? [] : ["no migration before an upgrade"]),
    ...(of("PodDisruptionBudget").length ? [] : ["nothing keeps a node from taking all hosts with it"]),
    ...of("ServiceAccount").filter((account) => account.automountServiceAccountToken !== false).map(() => "the account hands out a token"),
  ];
}

// Every value is told about: a comment above it or above its group, and a place in the schema.
export function undocumented(valuesText, schema) {
  const found = [];
  const walk = (map, at, schemaHere, told) => {
    for (const [index, { key, value }] of map.items.entries()) {
      const name = [...at, key.value].join(".");
      const commented = told || Boolean(key.commentBefore ?? (index === 0 ? map.commentBefore : ""));
      const known = schemaHere?.properties?.[key.value];
      if (!known) found.push(`${name}: not in values.schema.json`);
      // What Kubernetes or a controller defines is theirs to describe.
      const group = value?.items && !value.flow && value.items[0]?.key && known?.properties;
      if (group) walk(value, [...at, key.value], known, commented);
      else if (!commented) found.push(`${name}: nothing says what it is`);
    }
  };
  const document = parseDocument(valuesText);
  walk(document.contents, [], schema, false);
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const own = (file) => readFileSync(path.join(chart, file), "utf8");
  const found = undocumented(own("values.yaml"), JSON.parse(own("values.schema.json")));
  let looked = 0;
  for (const values of sets()) {
    const name = path.basename(values);
    const { ok, text } = run("lint", "--strict", chart, "-f", values);
    if (!ok) found.push(`${name}: ${text.trim()}`);
    const objects = render(values);
    looked += objects.length;
    found.push(...problems(objects).map((problem) => `${name}: ${problem}`));
  }
  if (run("template", "shop", chart).ok) found.push("renders without a domain, an image and secrets");
  conclude("helm", found, looked);
}
