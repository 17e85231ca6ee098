import { expect, type Page } from "@playwright/test";

declare global {
  interface Window {
    /** Set by a payload that ran. */
    __xss?: string;
  }
}

/** Each breaks out of another place: text, an attribute, a script, an address, a template, a title. */
const BREAKS = [
  (mark: string) => `<img src onerror=window.__xss="${mark}">`,
  (mark: string) => `"><svg onload=window.__xss="${mark}">`,
  (mark: string) => `' autofocus onfocus=__xss="${mark}" '`,
  (mark: string) => `javascript:window.__xss="${mark}"`,
  (mark: string) => `{{constructor.constructor("__xss=${mark}")}}`,
  (mark: string) => `</title></script><script>window.__xss="${mark}"</script>`,
  (mark: string) => `<iframe srcdoc='<script>parent.__xss="${mark}"</script>'>`,
] as const;

/** `short` fits codes: 40 characters without comma or slash. */
export interface Payload {
  text: string;
  short: string;
}

export const PAYLOADS: readonly Payload[] = BREAKS.map((write, index) => {
  const text = write(`${index}`);
  const fits = text.length <= 40 && !/[,/\\]/.test(text) && text.trim() === text;
  return { text, short: fits ? text : `<img src onerror=window.__xss=${index}>` };
});
export const [FIRST] = PAYLOADS as [Payload];
const PASSWORD = "quatre mots contre un script";
const EMAIL = "patronne@hostile.test";
const EVERYTHING = { kind: "all", regions: [], stores: [], categories: [], seesCost: true };

/** Asked from within the page: outside a browser, names under .localhost resolve on few systems. */
export async function call(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  token = "",
): Promise<string> {
  const { status, text } = await page.evaluate(
    async ([verb, address, sent, bearer]) => {
      const answer = await fetch(`/api/v1/${address}`, {
        method: verb,
        headers: {
          "Content-Type": sent.startsWith("{") ? "application/json" : "text/csv",
          ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
        },
        body: sent || null,
      });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, typeof body === "string" ? body : body ? JSON.stringify(body) : "", token] as const,
  );
  expect(status, `${method} ${path}: ${text}`).toBeLessThan(300);
  return text;
}

/** A chain whose every text is a payload, its address, and a bearer for the administrator. */
export async function hostileChain(
  page: Page,
  base: string,
  payloads: readonly Payload[] = PAYLOADS,
): Promise<{ origin: string; token: string }> {
  const address = new URL(base);
  address.hostname = address.hostname.replace(/^[^.]+\./, "");
  await page.goto(new URL("/icon.svg", address).href);
  const slug = `hostile-${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  const admin = { name: FIRST.text, email: EMAIL, password: PASSWORD };
  const place = { country: "SN", currency: "XOF", timeZone: "Africa/Dakar", language: "fr" };
  await call(page, "POST", "tenants", { slug, name: FIRST.text, ...place, admin });
  address.hostname = `${slug}.${address.hostname}`;
  await page.goto(new URL("/icon.svg", address).href);
  const signedIn = await call(page, "POST", "auth/sign-in", { email: EMAIL, password: PASSWORD });
  const token: string = JSON.parse(signedIn).accessToken;
  for (const [index, payload] of payloads.entries()) await fill(page, token, payload, index);
  return { origin: address.origin, token };
}

/** One of everything that people can name. */
async function fill(page: Page, token: string, { text, short }: Payload, index: number): Promise<void> {
  const post = (path: string, body: object) => call(page, "POST", path, body, token);
  const put = (path: string, body: object) => call(page, "PUT", path, body, token);
  const code = encodeURIComponent(short);
  const email = (who: string) => `${who}-<svg/onload=window.__xss="${index}">@hostile.test`;
  await post("regions", { code: short, name: text });
  const opened = { openedOn: "2024-01-01", closedOn: null, timeZone: "Africa/Dakar", surface: null };
  await post("stores", { code: short, name: text, region: short, country: "SN", currency: "XOF", ...opened });
  await put(`stores/${code}/closures`, { items: [{ from: "2026-03-01", to: "2026-03-02", reason: text }] });
  await put(`stores/${code}/objectives`, { items: [{ month: "2026-10", revenue: 900_000 }] });
  await post("categories", {
    code: short,
    name: text,
    parent: index % 4 ? PAYLOADS[index - 1]?.short : null,
  });
  const price = { purchasePrice: 400, salePrice: 700, taxRate: 0.18 };
  await post("products", { sku: short, name: text, category: short, ...price });
  const person = { name: text, role: "director", language: "fr", scope: EVERYTHING };
  await post("users", { ...person, email: email("user"), password: PASSWORD });
  await post("invitations", { ...person, email: email("guest") });
  const next = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const key = { name: text, permissions: ["stores.view"], scope: EVERYTHING, expiresOn: next };
  await post("api-keys", key);
  await put(`import-mappings/${code}?kind=sales`, {
    name: short,
    kind: "sales",
    builtIn: false,
    columns: {
      store: text,
      ticket: "ticket",
      sold_at: "sold_at",
      sku: "sku",
      quantity: "quantity",
      unit_price: "unit_price",
      customer: "customer",
    },
    constants: {},
    lineNumber: "ordinal",
    unknownProducts: "reject",
    unknownStores: "reject",
  });
  await sell(page, token, { text, short });
}

/** A ticket whose number and customer are payloads, and lines that are rejected because of theirs. */
async function sell(page: Page, token: string, { text, short }: Payload): Promise<void> {
  const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const line = (sku: string, at: string) => [short, short, at, sku, "2", "700", text].map(cell).join(",");
  const file = [
    [text, "ticket", "sold_at", "sku", "quantity", "unit_price", "customer"].map(cell).join(","),
    line(short, "2026-10-05T10:00:00"),
    line(`?${text}`, "2026-10-05T10:00:00"),
    line(short, text),
  ].join("\n");
  const asked = new URLSearchParams({ kind: "sales", mapping: short, file: `${text}.csv` });
  const { id } = JSON.parse(await call(page, "POST", `imports?${asked}`, `${file}\n`, token));
  expect(await call(page, "GET", `imports/${id}/events`, undefined, token)).toContain('"completed"');
}

/** Through the form, at whatever address shows it. */
export async function enter(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("input[name=email]").fill(EMAIL);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("form button[type=submit]").click();
  await page.locator("#main h1").waitFor();
}
