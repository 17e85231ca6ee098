// Adds up the machine-readable reports of all runners. The last line it prints is "N passed, N failed".
import { existsSync, readFileSync } from "node:fs";

const text = (file) => readFileSync(file, "utf8").replace(/^\uFEFF/, "");
const rows = (file) => text(file).split("\n").filter(Boolean).map((line) => line.split("\t"));
const decode = (xml = "") =>
  xml
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");
const plain = (message = "") => message.replace(/\u001b\[[0-9;]*m/g, "");

// Each reader yields {name, outcome: "passed" | "failed" | "skipped", message}.
const readers = {
  checks: (file) => rows(file).map(([name, outcome, log]) => ({ name, outcome, message: log ? `see ${log}` : "" })),

  trx: (file) =>
    [...text(file).matchAll(/<UnitTestResult\b([^>]*?)(\/>|>([\s\S]*?)<\/UnitTestResult>)/g)].map(([, head, , body = ""]) => {
      const outcome = /\boutcome="([^"]*)"/.exec(head)?.[1];
      const part = (tag) => decode(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body)?.[1]);
      return {
        name: decode(/\btestName="([^"]*)"/.exec(head)?.[1]),
        outcome: outcome === "Passed" ? "passed" : outcome === "NotExecuted" ? "skipped" : "failed",
        message: [part("Message"), part("StackTrace").split("\n").slice(0, 3).join("\n")].filter(Boolean).join("\n"),
      };
    }),

  vitest: (file) =>
    JSON.parse(text(file)).testResults.flatMap((suite) => {
      const tests = suite.assertionResults.map((test) => ({
        name: test.fullName,
        outcome: test.status === "passed" || test.status === "failed" ? test.status : "skipped",
        message: plain(test.failureMessages?.join("\n")).split("\n").slice(0, 8).join("\n"),
      }));
      // A file that cannot be loaded has failed without having a test.
      const broken = suite.status === "failed" && !tests.some((test) => test.outcome === "failed");
      return broken ? [...tests, { name: suite.name, outcome: "failed", message: plain(suite.message) }] : tests;
    }),

  playwright: (file) => {
    const report = JSON.parse(text(file));
    const outcomes = { expected: "passed", skipped: "skipped", unexpected: "failed", flaky: "failed" };
    const walk = (suite, path) => [
      ...(suite.specs ?? []).flatMap((spec) =>
        spec.tests.map((test) => ({
          name: [...path, spec.title, test.projectName].filter(Boolean).join(" › "),
          outcome: outcomes[test.status] ?? "failed",
          message: plain(test.results.flatMap((result) => result.errors ?? []).map((error) => error.message).join("\n"))
            .split("\n").slice(0, 12).join("\n"),
        })),
      ),
      ...(suite.suites ?? []).flatMap((inner) => walk(inner, [...path, inner.title])),
    ];
    const errors = (report.errors ?? []).map((error) => ({ name: "playwright", outcome: "failed", message: plain(error.message) }));
    return [...report.suites.flatMap((suite) => walk(suite, [suite.title])), ...errors];
  },
};

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const table = [];
for (const [name, kind, file, code] of rows(process.argv[2])) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const fail = (test, message) => {
    count.failed++;
    failures.push({ runner: name, name: test, message });
  };
  try {
    if (!existsSync(file)) throw new Error("there is no report");
    for (const test of readers[kind](file)) {
      if (test.outcome === "failed") fail(test.name, test.message);
      else count[test.outcome]++;
    }
    if (count.failed === 0 && code !== "0") fail("the runner itself", `ended with code ${code}`);
    if (count.passed + count.failed === 0 && kind !== "checks") fail("the runner itself", "no test ran");
  } catch (error) {
    fail("the runner itself", `${error.message} (exit code ${code})`);
  }
  for (const key of Object.keys(total)) total[key] += count[key];
  table.push([name, count]);
}

const width = Math.max(...table.map(([name]) => name.length));
for (const [name, count] of table)
  console.log(`${name.padEnd(width)}  ${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ""}`);
for (const { runner, name, message } of failures)
  console.log(`\nFAILED  ${runner}: ${name}${message ? `\n${message.trim().replace(/^/gm, "        ")}` : ""}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
