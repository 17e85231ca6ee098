// sbom.mjs [FILE]: what the product is made of, as CycloneDX 1.6, out of the lock files; without FILE to standard output.
// It says what is inside, not whether any of it is vulnerable: no feed of vulnerabilities is asked.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8").replace(/^\uFEFF/, ""));

/** Packages of the host and all it stands on; analyzers and what only builds it are part of the list, marked as such. */
export function nuget(lock) {
  const only = /Analyzer/;
  return Object.values(lock.dependencies).flatMap((framework) =>
    Object.entries(framework)
      .filter(([, entry]) => entry.type !== "Project")
      .map(([name, entry]) => ({
        type: "library",
        name,
        version: entry.resolved,
        purl: `pkg:nuget/${name}@${entry.resolved}`,
        scope: only.test(name) ? "excluded" : "required",
        hashes: [{ alg: "SHA-512", content: Buffer.from(entry.contentHash, "base64").toString("hex") }],
      })),
  );
}

export function npm(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const [algorithm, content] = (entry.integrity ?? "").split("-");
      return {
        type: "library",
        name,
        version: entry.version,
        purl: `pkg:npm/${name.replace("@", "%40")}@${entry.version}`,
        scope: entry.dev ? "excluded" : entry.optional ? "optional" : "required",
        ...(entry.license ? { licenses: [{ expression: entry.license }] } : {}),
        ...(content ? { hashes: [{ alg: algorithm.toUpperCase().replace("SHA", "SHA-"), content: Buffer.from(content, "base64").toString("hex") }] } : {}),
      };
    });
}

export function bill(components) {
  const once = new Map(components.map((component) => [component.purl, component]));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", name: "epm-retail" },
      properties: [{ name: "epm:vulnerabilities", value: "not checked" }],
    },
    components: [...once.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
}

export const ofProduct = () =>
  bill([
    ...nuget(read("src/Host/packages.lock.json")),
    ...npm(read("web/package-lock.json")),
    ...npm(read("tools/postgres/package-lock.json")),
  ]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = `${JSON.stringify(ofProduct(), null, 2)}\n`;
  if (process.argv[2]) writeFileSync(process.argv[2], text);
  else process.stdout.write(text);
}
