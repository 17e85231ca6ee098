import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { call, enter, FIRST, hostileChain, PAYLOADS } from "./hostile";
import { signIn } from "./support";
import { harm, open, type Watch, watched } from "./watch";

const main = (page: Page) => page.locator("#main");
const dialog = (page: Page) => page.getByRole("dialog");
const codes = PAYLOADS.map(({ short }) => encodeURIComponent(short));
const [code] = codes as [string];

/** Every page of somebody signed in, with payloads wherever its address takes a text. */
const PAGES = [
  `/tdb?p=2026-10&vs=obj&par=${code}&tri=${code}`,
  `/tdb?p=${code}&vs=${code}&reg=${code}`,
  "/magasins",
  `/magasins?reg=${code}&tri=${code}`,
  "/catalogue",
  `/catalogue?q=${code}&cat=${code}`,
  "/previsions",
  `/previsions?q=${code}&cat=${code}&mag=${code}&etat=${code}&tri=${code}`,
  "/previsions/anomalies",
  `/previsions/anomalies?etat=${code}&mag=${code}&cat=${code}`,
  "/previsions/precision",
  `/previsions/precision?par=${code}&apport=${code}&du=${code}`,
  "/calendrier",
  `/calendrier?annee=${code}&mois=${code}&pays=${code}&paie=${code}&attente=${code}`,
  "/imports",
  "/imports/nouveau",
  "/journal",
  `/journal?q=${code}&qui=${code}&action=${code}`,
  "/administration",
  `/administration?q=${code}`,
  "/administration/cles",
  "/administration/acces",
  "/administration/service",
  "/compte",
  `/nulle-part/${code}`,
];
const DETAILS = [
  ...codes.flatMap((one) => [`/tdb?p=2026-10&tic=${one}%2F${one}`, `/magasins/${one}`]),
  ...codes
    .slice(0, 3)
    .flatMap((one) => [
      `/tdb?p=2026-10&mag=${one}&cat=${one}`,
      `/tdb?p=2026-10&art=${one}`,
      `/previsions/article/${one}?mag=${one}&vue=${one}&niv=${one}`,
      `/previsions/article/${one}?vue=retouches`,
    ]),
];
const OUTSIDE = [
  `/connexion?retour=${encodeURIComponent(`/?sign-in-error=${FIRST.text}`)}`,
  `/password#${code}`,
  "/inscription",
];

/** The payloads are there to be read, each of them. */
async function expectTexts(page: Page, path: string): Promise<void> {
  await open(page, path);
  for (const { text } of PAYLOADS)
    await expect(
      main(page).getByText(text).filter({ visible: true }).first(),
      `${path}: ${text}`,
    ).toBeVisible();
}

function expectQuiet(watch: Watch): void {
  expect(watch.dialogs).toEqual([]);
  expect(watch.blocked).toEqual([]);
  expect(watch.policies.length).toBeGreaterThan(20);
  for (const policy of new Set(watch.policies)) {
    expect(policy).toMatch(/(^|; )script-src 'self'(;|$)/);
    expect(policy).toMatch(/(^|; )style-src 'self'(;|$)/);
    expect(policy).not.toContain("unsafe-");
  }
}

test("every address of the application is among those that are tried", () => {
  const routes = readFileSync("src/app/routes.tsx", "utf8").matchAll(/path: "([^"]+)"/g);
  const tried = [...PAGES, ...DETAILS, ...OUTSIDE, "/", "/imports/1", "/invitation"].map((path) =>
    path.replace(/[?#].*/, ""),
  );
  const missed = [...routes]
    .map(([, path]) => path ?? "")
    .filter((path) => !tried.some((one) => new RegExp(`^${path.replace(/\$\w+/g, "[^/]+")}$`).test(one)));
  expect(missed).toEqual([]);
});

test.describe("with the browser's policy out of the way", () => {
  // What only the policy stops would stand here as run: the texts themselves have to be harmless.
  test.use({ bypassCSP: true, userAgent: `Mozilla/5.0 Chrome/140.0 ${FIRST.text}` });

  test("what a chain is told stays a text on every page", async ({ page, baseURL }) => {
    test.setTimeout(900_000);
    const watch = await watched(page);
    const { origin, token } = await hostileChain(page, baseURL ?? "");
    await enter(page, origin);
    const imports = JSON.parse(await call(page, "GET", "imports", undefined, token));
    const lists = [
      "/magasins",
      "/catalogue",
      "/imports",
      "/administration",
      "/administration/cles",
      "/journal?action=user.added",
    ];
    for (const path of lists) await expectTexts(page, origin + path);
    for (const path of [...PAGES, ...DETAILS, `/imports/${imports.items[0].id}`])
      await test.step(path, () => open(page, origin + path));

    await open(page, `${origin}/imports/nouveau`);
    const header = PAYLOADS.map(({ text }) => `"${text.replaceAll('"', '""')}"`).join(";");
    const buffer = Buffer.from(`${header}\n${header}\n`);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: `${FIRST.text}.csv`, mimeType: "text/csv", buffer });
    await expect(main(page).getByText(FIRST.text).filter({ visible: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Vérifier le fichier" }).waitFor();
    expect(await harm(page)).toEqual([]);
    await page.goto(`${origin}/administration?q=user-%3Csvg`);
    await main(page).getByRole("button", { name: FIRST.text, exact: true }).click();
    await expect(dialog(page)).toContainText(FIRST.text);
    await dialog(page).getByRole("button", { name: "Voir comme cette personne" }).click();
    await expect(page.getByText(`Vous voyez l’application comme ${FIRST.text}`)).toBeVisible();
    expect(await harm(page)).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("onerror");
    await expect(page.getByRole("option").first()).toContainText("onerror");
    expect(await harm(page)).toEqual([]);
    expect(watch.dialogs).toEqual([]);
  });

  test("nor does it run for who is not signed in yet, or comes back from elsewhere", async ({
    page,
    baseURL,
  }) => {
    test.slow();
    const watch = await watched(page);
    const { origin, token } = await hostileChain(page, baseURL ?? "", []);
    const guest = { name: FIRST.text, email: "guest@hostile.test", role: "analyst", language: "fr" };
    const scope = { kind: "all", regions: [], stores: [], categories: [], seesCost: false };
    const { link } = JSON.parse(await call(page, "POST", "invitations", { ...guest, scope }, token));
    await call(page, "POST", "auth/sign-out", {}, token);
    const site = JSON.parse(await call(page, "GET", "site"));
    await page.route("**/api/v1/site", (route) =>
      route.fulfill({ json: { ...site, singleSignOn: { label: FIRST.text } } }),
    );
    for (const path of OUTSIDE) await open(page, origin + path);
    await page.goto(`${origin}/connexion`);
    await expect(page.getByRole("link", { name: FIRST.text })).toBeVisible();
    await open(page, link);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(FIRST.text);
    await enter(page, `${origin}/connexion?retour=${encodeURIComponent('javascript:window.__xss="back"')}`);
    expect(new URL(page.url()).origin).toBe(origin);
    expect(await harm(page)).toEqual([]);
    expect(watch.dialogs).toEqual([]);
  });

  test("a text that did get in would be noticed", async ({ page }) => {
    await page.goto("/icon.svg");
    await page.goto("/connexion");
    await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), FIRST.text);
    await expect.poll(() => harm(page)).toEqual(["ran: 0", expect.stringContaining("onerror")]);
  });
});

test("no page with a year's figures asks for anything the policy forbids", async ({ page }) => {
  test.setTimeout(600_000);
  const watch = await watched(page);
  await open(page, "/connexion");
  await signIn(page, "admin");
  for (const path of PAGES) await test.step(path, () => open(page, path));
  await open(page, "/tdb?p=mois-1");
  for (const region of ["Magasins", "Catégories", "Produits", "Tickets"]) {
    await page.getByRole("region", { name: region, exact: true }).getByRole("link").first().click();
    await open(page, page.url());
  }
  for (const path of ["/magasins", "/imports"]) {
    await open(page, path);
    await main(page).locator("tbody").getByRole("link").first().click();
    await open(page, page.url());
  }
  expectQuiet(watch);
});

test("the policy stops what a text would bring in, and that is noticed", async ({ page }) => {
  const watch = await watched(page);
  await page.goto("/connexion");
  await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), FIRST.text);
  await expect.poll(() => watch.blocked.join()).toContain("script-src-attr");
  expect(await page.evaluate(() => window.__xss)).toBeUndefined();
});
