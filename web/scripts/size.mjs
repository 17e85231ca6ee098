// What a phone on a weak network downloads for the dashboard, gzipped as most proxies send it:
// everything before the numbers stand, then the charts. Fails above the budget of UI.md.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const BUDGET = { numbers: 150_000, whole: 250_000 };
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const manifestPath = join(dist, ".vite", "manifest.json");
if (!existsSync(manifestPath)) {
  console.error("size: dist is not built; run npm run build first");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const chunk = (source) => {
  const found = Object.keys(manifest).find((key) => key === source || manifest[key].src === source);
  if (!found) throw new Error(`size: ${source} is not in the manifest; the route moved`);
  return found;
};

/** A chunk with what it imports statically, and their styles. */
function closure(keys, files = new Set(), seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    const { file, css = [], imports = [] } = manifest[key];
    for (const path of [file, ...css]) files.add(path);
    closure(imports, files, seen);
  }
  return files;
}

const words = (language) =>
  ["src/app", "src/components", "src/features/dashboard"].map((folder) => `${folder}/${language}.json`);
const numbers = closure([entry, chunk("src/features/dashboard/routes.tsx"), ...words("fr").map(chunk)]);
const whole = closure([
  entry,
  chunk("src/features/dashboard/routes.tsx"),
  chunk("src/features/dashboard/charts.ts"),
  ...words("fr").map(chunk),
]);

const weigh = (files) => {
  const sum = { files: files.size, raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(join(dist, file));
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes).length;
  }
  return sum;
};

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
let failed = false;
for (const [name, files] of Object.entries({ numbers, whole })) {
  const { files: count, raw, gzip, brotli } = weigh(files);
  const within = gzip <= BUDGET[name];
  failed ||= !within;
  const what = name === "numbers" ? "before the numbers stand" : "dashboard with its charts";
  console.log(
    `size: ${what}: ${kb(gzip)} gzip, ${kb(brotli)} brotli, ${kb(raw)} raw, ${count} files; budget ${kb(BUDGET[name])} ${within ? "ok" : "EXCEEDED"}`,
  );
}
process.exit(failed ? 1 : 0);
