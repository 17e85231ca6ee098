// The host sends these as they are: compressing once here beats compressing for every reader.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const SMALLEST = 600;
let files = 0;
for (const name of readdirSync(dist, { recursive: true }).map(String)) {
  if (!/\.(js|css|html|svg|json)$/.test(name) || name.startsWith(".vite")) continue;
  const path = join(dist, name);
  const bytes = readFileSync(path);
  if (bytes.length < SMALLEST) continue;
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: size }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  files += 1;
}
console.log(`compress: ${files} files have a .br and a .gz beside them`);
