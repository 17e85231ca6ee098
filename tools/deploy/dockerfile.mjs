// The rules of the Dockerfile: dockerfile.mjs [FILE]. There is no engine here to build it with.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { conclude, root } from "./conclude.mjs";

export function instructions(text) {
  const lines = text.replace(/^\s*#.*\n/gm, "").replace(/\\\n/g, " ").split("\n");
  return lines.filter((line) => line.trim()).map((line) => {
    const [, name, rest] = /^\s*(\S+)\s+(.*)$/.exec(line);
    return { name: name.toUpperCase(), rest: rest.replace(/\s+/g, " ").trim() };
  });
}

const flagless = (rest) => rest.replace(/--\S+ /g, "");
// A host in front of an image's name is allowed where the vendor publishes nowhere else.
const hosts = new Set(["mcr.microsoft.com"]);

function images(all) {
  const stages = new Set();
  return all.filter(({ name }) => name === "FROM").flatMap(({ rest }) => {
    const [image, , stage] = flagless(rest).split(" ");
    const known = stages.has(image);
    stages.add(stage);
    if (known) return [];
    const [, host, tag] = /^(?:([^/]+\.[^/]+)\/)?[^:@]+(?::([^@]+))?/.exec(image);
    return [
      ...(host && !hosts.has(host) ? [`${image}: another registry than the image's own`] : []),
      ...(!/\d+\.\d+/.test(tag ?? "") && !image.includes("@sha256:") ? [`${image}: no version that says what one gets`] : []),
    ];
  });
}

function everywhere({ name, rest }) {
  if (name === "ADD") return [`ADD ${rest}: COPY takes what is in the checkout, and nothing else is wanted`];
  // The directory that secrets are mounted in is none.
  if (["ENV", "ARG"].includes(name) && /(SECRET|PASSWORD|PASSWD|TOKEN|_KEY|CREDENTIAL)S?\b/i.test(rest.replace(/\bEPM_SECRETS=\/\S+/, "")))
    return [`${name} ${rest}: a secret would stay in the image`];
  if (name === "COPY" && /^(\.|\.\/|\*) /.test(flagless(rest))) return [`COPY ${rest}: names nothing, so it copies anything`];
  if (name === "RUN" && /\b(curl|wget)\b|\bapt-get\b|\bsudo\b/.test(rest)) return [`RUN ${rest}: fetches what no lock file names`];
  return [];
}

function finalStage(all) {
  const last = all.slice(all.findLastIndex(({ name }) => name === "FROM"));
  const find = (wanted) => last.findLast(({ name }) => name === wanted)?.rest;
  const problems = [];
  if (!/^[1-9]\d*:[1-9]\d*$/.test(find("USER") ?? "")) problems.push("the last stage needs a USER that is a number other than 0, so that an orchestrator can see it is not root");
  const health = find("HEALTHCHECK") ?? "";
  if (!health.includes("CMD [") || /\b(curl|wget|sh)\b/.test(health)) problems.push("the last stage needs a HEALTHCHECK that runs without a shell, curl or wget");
  if (!find("ENTRYPOINT")?.startsWith("[")) problems.push("the last stage needs an ENTRYPOINT as a list: a shell in between would keep signals to itself");
  if (!find("VOLUME")) problems.push("the last stage needs a VOLUME for what is written: its root is read-only");
  if (last.some(({ name }) => name === "RUN")) problems.push("the last stage runs something: it has no shell to run it with");
  return problems;
}

// The image is built by the very commands that a checkout is built by.
const plain = (command) => command.replace(/\\\n/g, " ").replace(/"?\$ROOT\/|"/g, "").replace(/\$2|(?<=--prefix )\S+/g, "web")
  .replace(/\$out\.new|\/out\/app/g, "OUT").replace(/ --no-restore| \$\{@:3\}/g, "").replace(/\s+/g, " ").trim();
const buildCommands = (text) => [...text.replace(/\\\n/g, " ").matchAll(/\b(npm install|npm run build|dotnet publish) [^|&\n]*/g)].map(([command]) => plain(command)).sort();

export function problems(text, tools) {
  const all = instructions(text);
  const [here, there] = [buildCommands(all.map(({ name, rest }) => (name === "RUN" ? rest : "")).join("\n")), buildCommands(tools)];
  return [
    ...images(all),
    ...all.flatMap(everywhere),
    ...finalStage(all),
    ...there.filter((command) => !here.includes(command)).map((command) => `a checkout is built by "${command}", the image is not: ${here.join(" | ")}`),
  ];
}

export const toolsText = () => ["lib.sh", "build.sh"].map((file) => readFileSync(path.join(root, "tools", file), "utf8")).join("\n");

function context(text) {
  const ignored = readFileSync(path.join(root, ".dockerignore"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const copied = instructions(text).filter(({ name, rest }) => name === "COPY" && !rest.includes("--from=")).flatMap(({ rest }) => flagless(rest).split(" ").slice(0, -1));
  return [
    ...(ignored[0] === "*" ? [] : [".dockerignore has to begin with *: what is not named is not sent"]),
    ...["**/node_modules", "**/bin", "**/obj"].filter((line) => !ignored.includes(line)).map((line) => `.dockerignore lacks ${line}`),
    ...copied.filter((file) => !existsSync(path.join(root, file))).map((file) => `COPY ${file}: there is no such file`),
    ...copied.filter((file) => !ignored.includes(`!${file.replace(/^\.\//, "").split("/")[0]}`)).map((file) => `COPY ${file}: .dockerignore keeps it away`),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(process.argv[2] ?? path.join(root, "Dockerfile"), "utf8");
  conclude("Dockerfile", [...problems(text, toolsText()), ...context(text)], instructions(text).length);
}
