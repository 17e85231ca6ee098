// The API's types from a running host's OpenAPI document: `EPM_URL=http://localhost:5080 npm run api`.
// The generators on npm drive TypeScript's compiler API, which the native compiler does not have;
// the document only uses objects, arrays, enums, nulls and references, which fit on a page.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const nameOf = (reference) =>
  reference
    .split("/")
    .at(-1)
    .replace(/[^A-Za-z0-9_]/g, "_");
const union = (types) => [...new Set(types)].join(" | ");
const grouped = (text) => (text.includes("|") ? `(${text})` : text);

function typeOf(schema, depth) {
  if (!schema || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return union(choices.map((choice) => typeOf(choice, depth)));
  if (schema.allOf) return schema.allOf.map((part) => grouped(typeOf(part, depth))).join(" & ");
  const types = [schema.type].flat().filter(Boolean);
  // .NET says that a number may also be sent as text; what it answers with is a number.
  const real = types.some((type) => type === "number" || type === "integer")
    ? types.filter((type) => type !== "string")
    : types;
  return union((real.length ? real : ["object"]).map((type) => simple(type, schema, depth)));
}

function simple(type, schema, depth) {
  if (type === "integer") return "number";
  if (type === "array") return `${grouped(typeOf(schema.items, depth))}[]`;
  if (type !== "object") return type;
  const extra = schema.additionalProperties;
  if (!schema.properties)
    return `Record<string, ${extra && extra !== true ? typeOf(extra, depth) : "unknown"}>`;
  const required = new Set(schema.required ?? []);
  const pad = "  ".repeat(depth + 1);
  const lines = Object.entries(schema.properties).map(
    ([key, inner]) =>
      `${pad}${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}${required.has(key) ? "" : "?"}: ${typeOf(inner, depth + 1)};`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

export function typesOf(document) {
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b));
  if (schemas.length === 0) throw new Error("the document has no schemas");
  const body = schemas
    .map(([name, schema]) => `export type ${nameOf(name)} = ${typeOf(schema, 0)};\n`)
    .join("\n");
  return `// Generated from the host's OpenAPI document by \`npm run api\`: do not edit.\n\n${body}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const from = `${process.env.EPM_URL ?? "http://localhost:5080"}/openapi/v1.json`;
  const target = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "api", "generated", "types.ts");
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, typesOf(await (await fetch(from)).json()));
  console.log(`api: types written from ${from}`);
}
