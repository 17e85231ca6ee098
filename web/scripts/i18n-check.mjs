// Every word on screen exists in French and English, and no word is kept that nothing shows.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const failures = [];
const files = readdirSync(root, { recursive: true }).map((file) => join(root, String(file)));
const folders = files.filter((file) => basename(file) === "fr.json").map(dirname);
const plural = /_(zero|one|two|few|many|other)$/;

function flatten(value, prefix = "") {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? [[prefix + key, inner]] : flatten(inner, `${prefix}${key}.`),
  );
}
const placeholders = (text) =>
  [...text.matchAll(/{{\s*([\w.]+)/g)]
    .map((match) => match[1])
    .sort()
    .join();

const catalogue = new Map();
for (const folder of folders) {
  const namespace = basename(folder);
  const read = (language) => {
    const path = join(folder, `${language}.json`);
    if (!existsSync(path)) failures.push(`${namespace}: ${language}.json is missing`);
    return new Map(existsSync(path) ? flatten(JSON.parse(readFileSync(path, "utf8"))) : []);
  };
  const [fr, en] = [read("fr"), read("en")];
  const bases = (map) => new Set([...map.keys()].map((key) => key.replace(plural, "")));
  for (const key of bases(fr)) if (!bases(en).has(key)) failures.push(`${namespace}:${key} has no English`);
  for (const key of bases(en)) if (!bases(fr).has(key)) failures.push(`${namespace}:${key} has no French`);
  for (const [key, text] of fr) {
    if (!text.trim()) failures.push(`${namespace}:${key} is empty in French`);
    if (en.has(key) && placeholders(en.get(key)) !== placeholders(text))
      failures.push(`${namespace}:${key} does not take the same values in both languages`);
    if (key.endsWith("_one") && !fr.has(key.replace(plural, "_many")))
      failures.push(`${namespace}:${key} needs _many in French (a million is "many")`);
  }
  catalogue.set(namespace, { keys: bases(fr), used: new Set() });
}

const literal = /["'`]([\w-]+:)?([A-Za-z][\w-]*(?:\.[\w-]+)*)["'`]/g;
const template = /`([\w-]+:)?([\w.-]*?)\$\{/g;
const call = /\bt\(\s*["']([\w-]+:)?([\w.-]+)["']/g;
for (const file of files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))) {
  const source = readFileSync(file, "utf8");
  const own = /useTranslation\(\s*["']([\w-]+)["']/.exec(source)?.[1];
  for (const [, space, key] of source.matchAll(call)) {
    const namespace = space?.slice(0, -1) ?? own;
    if (namespace && !catalogue.get(namespace)?.keys.has(key))
      failures.push(`${file}: no text for ${namespace}:${key}`);
  }
  for (const [namespace, { keys, used }] of catalogue) {
    for (const [, space, key] of source.matchAll(literal))
      if (keys.has(key) && (!space || space.slice(0, -1) === namespace)) used.add(key);
    for (const [, space, prefix] of source.matchAll(template))
      if (prefix && (!space || space.slice(0, -1) === namespace))
        for (const key of keys) if (key.startsWith(prefix)) used.add(key);
  }
}
for (const [namespace, { keys, used }] of catalogue)
  for (const key of keys) if (!used.has(key)) failures.push(`${namespace}:${key} is never shown`);

if (folders.length === 0) failures.push("no fr.json was found: the check looked in the wrong place");
for (const failure of failures) console.error(failure);
console.log(
  `i18n: ${folders.length} namespaces, ${[...catalogue.values()].reduce((sum, { keys }) => sum + keys.size, 0)} keys, ${failures.length} failures`,
);
process.exit(failures.length ? 1 : 0);
