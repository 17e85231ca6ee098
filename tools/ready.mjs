// Waits until the product says it is ready, then prints where it is and who may sign in to the demo.
import http from "node:http";

const host = Number(process.argv[2]);
const port = Number(process.env.EPM_PORT);
const domain = process.env.EPM_DOMAIN;
const everywhere = [undefined, "", "localhost", "*", "+", "0.0.0.0", "::", "[::]"];
const address = everywhere.includes(process.env.EPM_BIND) ? "127.0.0.1" : process.env.EPM_BIND;
const seconds = Number(process.env.EPM_READY_SECONDS ?? 120);

// Names under localhost need not resolve here, so the address is the loopback and the name goes in the header.
const get = (name, path) =>
  new Promise((resolve, reject) => {
    const request = http.get(
      { host: address, port, path, headers: { host: `${name}:${port}` }, timeout: 5000 },
      (response) => {
        let body = "";
        response.on("data", (chunk) => (body += chunk));
        response.on("end", () => resolve({ status: response.statusCode, body }));
        response.on("error", reject);
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", reject);
  });

const alive = () => {
  try {
    process.kill(host, 0);
    return true;
  } catch {
    return false;
  }
};

const deadline = Date.now() + seconds * 1000;
let last = "no answer";
for (;;) {
  try {
    const { status, body } = await get(domain, "/health/ready");
    if (status === 200) break;
    last = `${status} ${body}`;
  } catch (error) {
    last = error.message;
  }
  if (!alive()) process.exit(1);
  if (Date.now() > deadline) {
    console.error(`Not ready after ${seconds} s: ${last}`);
    process.exit(1);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}

console.log(`\nEPM Retail is ready at http://${domain}:${port}`);
try {
  const { status, body } = await get(`demo.${domain}`, "/api/v1/site");
  const site = status === 200 ? JSON.parse(body) : {};
  if (site.demoSignIns?.length) {
    console.log(`Demo, ${site.name}: http://demo.${domain}:${port}\n`);
    const width = (key) => Math.max(...site.demoSignIns.map((who) => who[key].length));
    const [role, email] = [width("role"), width("email")];
    for (const who of site.demoSignIns) console.log(`  ${who.role.padEnd(role)}  ${who.email.padEnd(email)}  ${who.password}`);
  }
} catch (error) {
  console.error(`The demo's sign-ins could not be read: ${error.message}`);
}
console.log("\nCtrl-C stops it.");
