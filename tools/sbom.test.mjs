import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bill, npm, nuget, ofProduct } from "./sbom.mjs";

const purls = (sbom) => new Set(sbom.components.map((component) => component.purl));

test("every locked package of the host and the front end is in it, with version and hash", () => {
  const sbom = ofProduct();
  const host = JSON.parse(readFileSync(new URL("../src/Host/packages.lock.json", import.meta.url), "utf8").replace(/^\uFEFF/, ""));
  const locked = Object.values(host.dependencies).flatMap((framework) =>
    Object.entries(framework).filter(([, entry]) => entry.type !== "Project").map(([name, entry]) => `pkg:nuget/${name}@${entry.resolved}`));
  assert.ok(locked.length > 20);
  for (const purl of locked) assert.ok(purls(sbom).has(purl), purl);
  assert.ok([...purls(sbom)].some((purl) => purl.startsWith("pkg:npm/react@")));
  for (const component of sbom.components) assert.ok(component.version && component.hashes?.[0].content, component.purl);
});

test("what only builds or tests is told apart from what ships", () => {
  const [shipped, built] = npm({ packages: { "": {}, "node_modules/a": { version: "1.0.0", integrity: "sha512-AAAA", license: "MIT" }, "node_modules/@b/c": { version: "2.0.0", dev: true, integrity: "sha512-AAAA" } } });
  assert.deepEqual([shipped.scope, shipped.purl, shipped.licenses[0].expression], ["required", "pkg:npm/a@1.0.0", "MIT"]);
  assert.deepEqual([built.scope, built.purl], ["excluded", "pkg:npm/%40b/c@2.0.0"]);
});

test("a package locked for two frameworks is told once, and vulnerabilities are not claimed to be checked", () => {
  const lock = { dependencies: { "net10.0": { X: { type: "Direct", resolved: "1.0.0", contentHash: "AAAA" } }, "net10.0/linux-x64": { X: { type: "Direct", resolved: "1.0.0", contentHash: "AAAA" } } } };
  const sbom = bill(nuget(lock));
  assert.equal(sbom.components.length, 1);
  assert.equal(sbom.metadata.properties[0].value, "not checked");
});
