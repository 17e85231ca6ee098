// Looks for secrets in every file that is kept, and in everything that ever was: what was committed once is known to all who can clone.
// secrets.mjs [--planted] — the second form shows that each rule finds what it is there for.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const MOST_ALLOWED = 5;
const rules = {
  "a private key": /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*$/,
  "a cloud key": /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  "a token of a code host": /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}|glpat-[A-Za-z0-9_-]{20,})/,
  "a token of a registry": /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[A-Za-z0-9_-]{20,}/,
  "a token of a chat or payment": /\bxox[abprs]-[A-Za-z0-9-]{10,}|\b[rs]k_live_[A-Za-z0-9]{20,}/,
  "a signed token": /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/,
  "an API key of this product": /\bepm_[0-9a-f]{16,}_[A-Za-z0-9_-]{32,}/,
  "a password in an address": /\b[a-z][a-z+]{2,}:\/\/[^\s/:@'"`${}<>]+:(?!password|secret|pass\b|mot|…|x+@|\*)[^\s/@'"`${}<>%]{8,}@/i,
  "a password in a connection string": /(?:^|[;"'])Password=(?!x8Kq2-)(?=[A-Za-z+/=_-]*[0-9])(?=[0-9+/=_-]*[A-Za-z])[A-Za-z0-9+/=_-]{12,}(?=[;"'\s]|$)/,
  "a secret given by name": /\b(?:EPM_SECRET|API_KEY|SECRET_KEY|CLIENT_SECRET|ACCESS_KEY)\b["']?\s*[:=]\s*["']?(?=[A-Za-z0-9+/_-]*[0-9])(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{32,}/,
};
const planted = [
  "-----BEGIN RSA PRIVATE " + "KEY-----", "id = AKIA" + "QWERTYUIOPASDFGH", "ghp_" + "a1B2".repeat(9), "npm_" + "a1B2".repeat(9), "xoxb-" + "1234567890-abc",
  `eyJhbGciOiJFUzI1NiJ9x.eyJ${"zdWIiOiIxMjM0NTY3".repeat(2)}.${"c2lnbmF0dXJl".repeat(3)}`, `epm_${"0a1b".repeat(5)}_${"Zz9-".repeat(9)}`, "postgres://admin:" + "hunter2hunter2@db", "Host=db;Password=" + "9fK2mQ7xL4vT8",
  "EPM_SECRET=" + "9f2c4be17a60d853".repeat(2),
];

const found = (line) => Object.entries(rules).filter(([, rule]) => rule.test(line)).map(([name]) => name);

if (process.argv[2] === "--planted") {
  const missed = planted.filter((line, i) => !found(line).includes(Object.keys(rules)[i]));
  const loud = ["Password=…;Database=epm", "Password=${PASSWORD}", "EPM_SECRET: ${EPM_SECRET:?}", "smtp://user:password@host:port", "const password = 'quatre mots'"].filter((line) => found(line).length > 0);
  if (missed.length + loud.length > 0) console.log("missed:", missed, "found for nothing:", loud);
  process.exit(missed.length + loud.length > 0 ? 1 : 0);
}

// A line: a piece of the text that is meant, and why it is no secret.
const list = new URL("secrets-allowed.txt", import.meta.url);
const allowed = existsSync(list) ? readFileSync(list, "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t")[0]) : [];
const hits = new Map();
const look = (line, where) => {
  if (line.length > 20_000) return;
  for (const name of found(line)) if (!allowed.some((text) => line.includes(text))) hits.set(`${name}: ${line.trim().slice(0, 40)}…`, where);
};

for (const file of execFileSync("git", ["ls-files", "-z"], { encoding: "utf8", maxBuffer: 1 << 26 }).split("\0").filter((file) => file && existsSync(file)))
  for (const [i, line] of readFileSync(file, "latin1").split("\n").entries()) look(line, `${file}:${i + 1}`);

const history = spawn("git", ["log", "--all", "-p", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=0", "--format=commit %h"], { stdio: ["ignore", "pipe", "inherit"] });
let commit = "";
for await (const line of createInterface({ input: history.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.startsWith("commit ")) commit = line;
  else if (line.startsWith("+")) look(line.slice(1), commit);
}
if (allowed.length > MOST_ALLOWED) hits.set(`${allowed.length} exceptions, at most ${MOST_ALLOWED}`, "tools/secrets-allowed.txt");
for (const [what, where] of hits) console.log(`${where}: ${what}`);
process.exit(hits.size > 0 ? 1 : 0);
