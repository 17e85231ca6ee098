import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const SAMPLE = "../samples/ventes-exemple.csv";
const SIMPLE = "../samples/ventes-simples.csv";

/** The sample with tickets of its own, so that every run has lines nobody has sent before. */
function sample(prefix: string): { name: string; mimeType: string; buffer: Buffer } {
  const text = readFileSync(SAMPLE, "latin1").replaceAll(";EX-", `;${prefix}-`);
  return { name: "ventes-exemple.csv", mimeType: "text/csv", buffer: Buffer.from(text, "latin1") };
}
const unique = (): string => `T${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;

async function choose(page: Page, file: Parameters<ReturnType<Page["locator"]>["setInputFiles"]>[0]) {
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "Vérifier le fichier" }).waitFor();
}

test("a till's file goes from the wizard to the dashboard, and the same file again changes nothing", async ({
  page,
}) => {
  test.slow();
  const file = sample(unique());
  await signIn(page, "admin", "/imports");
  await page.getByRole("link", { name: "Importer un fichier" }).click();
  await choose(page, file);
  await expect(page.getByLabel("Séparateur")).toHaveValue(";");
  await expect(page.getByLabel("Encodage")).toHaveValue("windows-1252");
  await expect(page.getByLabel("Décimales")).toHaveValue(",");
  await expect(page.getByLabel("Dates", { exact: true })).toHaveValue("dmy");
  await expect(page.getByLabel("Ce que devient prix_unitaire")).toHaveValue("unit_price");

  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByText("193 lignes lues : 190 ajoutées, 3 rejetées")).toBeVisible();
  const rejected = page.getByRole("region", { name: "Lignes rejetées" });
  await expect(rejected.getByRole("row")).toHaveCount(4);
  await expect(rejected).toContainText("INCONNU9");
  await expect(page.getByText("Tout ou rien")).toBeVisible();

  await page.getByRole("button", { name: "Importer 190 lignes" }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await expect(page.locator("#main h1")).toContainText("190 ajoutées, 3 rejetées");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Télécharger en CSV" }).click();
  const csv = readFileSync(await (await download).path(), "utf8");
  expect(csv).toContain("line;column;code;message;fix;content");
  expect(csv.trim().split("\n")).toHaveLength(4);

  const url = page.url();
  await page.reload();
  await expect(page.locator("#main h1")).toContainText("190 ajoutées");
  await page.getByRole("link", { name: "Voir sur le tableau de bord" }).click();
  await expect(page).toHaveURL(/\/tdb\?p=2026-11-14&mag=[a-z,-]+$/);
  await settled(page);
  await expect(page.locator("#main h1")).toContainText("14 novembre 2026");

  await page.goto("/imports/nouveau");
  await choose(page, file);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByText(/^Tout est inchangé/)).toContainText("3 rejetées");
  await expect(page.getByRole("button", { name: "Rien à importer" })).toBeDisabled();
  await page.goto("/imports");
  await expect(page.locator(`a[href="${new URL(url).pathname}"]`)).toBeVisible();
});

test("the least a shop can send is recognised, and checked without changing anything", async ({ page }) => {
  await signIn(page, "admin", "/imports/nouveau");
  await choose(page, SIMPLE);
  await expect(page.getByText("Reconnu : daily-quantities")).toBeVisible();
  await expect(page.getByLabel("Magasin de toutes les lignes")).toHaveValue("principal");
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByText(/70 lignes lues/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Importer 70 lignes/ })).toBeEnabled();
});

test("a foreign layout is mapped once, kept under a name, and recognised the next time", async ({ page }) => {
  const tag = unique();
  const content = (ticket: string) =>
    `Caisse ${tag}|Bon|Quand|Code ${tag}|Nb|Montant\nDakar-Plateau|${ticket}|2026-11-14 10:00|RIZ003|2|500\n`;
  const file = (ticket: string) => ({
    name: "caisse.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(content(ticket)),
  });
  await signIn(page, "integrator", "/imports/nouveau");
  await choose(page, file("1"));
  await expect(page.getByText("Il manque :")).toContainText("Quantité");
  await expect(page.getByRole("button", { name: "Vérifier le fichier" })).toBeDisabled();
  for (const [column, target] of [
    [`Caisse ${tag}`, "store"],
    ["Bon", "ticket"],
    ["Quand", "sold_at"],
    [`Code ${tag}`, "sku"],
    ["Nb", "quantity"],
    ["Montant", "unit_price"],
  ] as const)
    await page.getByLabel(`Ce que devient ${column}`).selectOption(target);
  await page.getByLabel("Enregistrer cette correspondance sous").fill(`e2e-${tag}`);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByText("1 ligne lue : 1 ajoutée")).toBeVisible();

  await page.getByRole("button", { name: "Choisir un autre fichier" }).click();
  await choose(page, file("2"));
  await expect(page.getByText(`Reconnu : e2e-${tag}`)).toBeVisible();
});

test("what is no table of data is refused in words, and nothing is kept", async ({ page }) => {
  await signIn(page, "admin", "/imports/nouveau");
  await page.locator("input[type=file]").setInputFiles({
    name: "ventes.xlsx",
    mimeType: "application/zip",
    buffer: Buffer.from("PK\u0003\u0004…"),
  });
  await expect(page.getByRole("alert")).toContainText("enregistrez-le en CSV");
  await expect(page.getByRole("button", { name: "Choisir un fichier" })).toBeEnabled();
});

test("a file whose sending was lost is sent again under the same key", async ({ page }) => {
  const keys: (string | undefined)[] = [];
  await page.route(/\/api\/v1\/imports\?/, async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length === 1) await route.abort("connectionreset");
    else await route.continue();
  });
  await signIn(page, "admin", "/imports/nouveau");
  await choose(page, sample(unique()));
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByRole("alert")).toContainText("Le serveur n’a pas répondu");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByText("193 lignes lues : 190 ajoutées, 3 rejetées")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("who may not import sees no way to", async ({ page }) => {
  await signIn(page, "analyst", "/imports");
  await expect(page.locator("#main h1")).toBeVisible();
  await expect(page.getByRole("link", { name: "Importer un fichier" })).toHaveCount(0);
  await page.goto("/imports/nouveau");
  await expect(page.getByText("Votre rôle n’ouvre pas cette page")).toBeVisible();
});

for (const [scheme, size] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 360, height: 740 }],
] as const)
  test(`every step is accessible and fits, ${scheme} at ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme });
    await signIn(page, "admin", "/imports");
    await page.setViewportSize(size);
    const fits = async () => {
      await settled(page);
      await expectAccessible(page);
      await expectNoSideways(page);
    };
    await page.goto("/imports/nouveau");
    await fits();
    await choose(page, sample(unique()));
    await fits();
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await page.getByRole("button", { name: "Importer 190 lignes" }).waitFor();
    await fits();
    await page.goto("/imports");
    await page.getByRole("region", { name: "Imports" }).getByRole("link").first().click();
    await page.getByRole("heading", { name: "Lignes", exact: true }).waitFor();
    await fits();
  });
