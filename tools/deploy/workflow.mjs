// The rules of the CI workflow: workflow.mjs [FILE].
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { conclude, root } from "./conclude.mjs";

const stages = ["lint", "tests", "image", "scan", "e2e"];
const read = (text) => parse(text, { strict: true, uniqueKeys: true });
const rights = (permissions) => typeof permissions === "object" && permissions !== null && Object.values(permissions).every((level) => level === "read" || level === "none");

function ofJob(name, job) {
  const problems = [];
  const wrong = (when, what) => when && problems.push(`${name}: ${what}`);
  wrong(!job["timeout-minutes"], "no timeout-minutes: a job that hangs runs for six hours");
  wrong(/latest/.test(job["runs-on"]), "runs on whatever machine is newest");
  wrong(job.permissions && !rights(job.permissions), "takes more rights than reading");
  for (const { uses, run, with: inputs } of job.steps) {
    wrong(uses && !uses.startsWith("./") && !/@[0-9a-f]{40}$/.test(uses), `${uses} is not pinned to a commit`);
    wrong(uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false, "leaves its credentials in the checkout");
    wrong(/\$\{\{\s*(github\.event|github\.head_ref|inputs)\b/.test(run ?? ""), "the text of a stranger becomes part of a script");
  }
  const builds = job.steps.some(({ run }) => /\.\/epm (test|lint)/.test(run ?? ""));
  for (const setup of builds ? ["setup-node", "setup-dotnet"] : [])
    wrong(!job.steps.some(({ uses, with: inputs }) => uses?.includes(setup) && inputs?.cache), `${setup} without a cache`);
  return problems;
}

export function problems(text) {
  const file = read(text);
  return [
    ...stages.filter((stage) => !file.jobs[stage]).map((stage) => `no stage ${stage}`),
    ...(rights(file.permissions) ? [] : ["the workflow has more rights than reading"]),
    ...("pull_request_target" in file.on ? ["pull_request_target runs a stranger's code with the secrets of the house"] : []),
    ...(file.concurrency ? [] : ["runs of the same branch pile up"]),
    ...Object.entries(file.jobs).flatMap(([name, job]) => ofJob(name, job)),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(process.argv[2] ?? path.join(root, ".github/workflows/ci.yml"), "utf8");
  conclude("CI workflow", problems(text), Object.keys(read(text).jobs).length);
}
