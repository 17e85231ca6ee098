import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const table = (page: Page) => page.getByRole("region", { name: "Magasins" });

test("the list sorts, filters by region and exports what the import takes back", async ({ page }) => {
  await signIn(page, "admin", "/magasins");
  await settled(page);
  const stores = table(page).locator("tbody tr");
  const count = await stores.count();
  expect(count).toBeGreaterThanOrEqual(12);
  await page.getByRole("button", { name: "Surface" }).click();
  await expect(page).toHaveURL(/tri=surface/);
  await page.getByLabel("Région").selectOption({ index: 1 });
  await expect(page).toHaveURL(/reg=/);
  await expect.poll(() => stores.count()).toBeLessThan(count);
  const shown = await stores.count();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exporter en CSV" }).click();
  const lines = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toContain(
    "code;name;region;region_name;country;currency;surface;opened_on;closed_on;time_zone",
  );
  expect(lines).toHaveLength(shown + 1);
});

test("a store is changed in its dialog, and a refusal stands beside its field", async ({ page }) => {
  await signIn(page, "director", "/magasins");
  await table(page).getByRole("link").last().click();
  await settled(page);
  await page.getByRole("button", { name: "Modifier", exact: true }).click();
  const surface = page.getByLabel("Surface de vente, m²");
  const before = await surface.inputValue();
  await surface.fill("2000000");
  await page.getByRole("button", { name: "Enregistrer" }).last().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("La surface est comprise")).toBeVisible();
  await surface.fill("1 234,5");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#main")).toContainText(/1\s235 m²|1\s234,5 m²/);
  await page.getByRole("button", { name: "Modifier", exact: true }).click();
  await surface.fill(before);
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
});

test("objectives are typed and pasted like in a spreadsheet, saved, and taken back", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, "admin", "/magasins");
  await table(page).getByRole("link").first().click();
  await page.waitForURL(/\/magasins\/./);
  await page.goto(`${page.url()}?annee=2031`);
  await settled(page);
  const cell = (month: string) => page.getByLabel(`Objectif de ${month} 2031`);
  await cell("janvier").fill("1000000");
  await page.keyboard.press("Enter");
  await expect(cell("février")).toBeFocused();
  await expect(cell("janvier")).toHaveValue(/^1\s000\s000$/);
  await page.evaluate(() => navigator.clipboard.writeText("2 000 000\n3 000 000\n"));
  await page.keyboard.press("Control+v");
  await expect(cell("mars")).toHaveValue(/^3\s000\s000$/);
  await page.keyboard.press("Control+z");
  await expect(cell("mars")).toHaveValue("");
  await page.keyboard.press("Control+v");
  await cell("avril").fill("beaucoup");
  await expect(page.getByRole("button", { name: "Enregistrer" })).toBeDisabled();
  await cell("avril").fill("");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("3 objectifs enregistrés")).toBeVisible();
  await page.reload();
  await expect(cell("mars")).toHaveValue(/^3\s000\s000$/);
  for (const month of ["janvier", "février", "mars"]) await cell(month).fill("");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("3 objectifs enregistrés")).toBeVisible();
  await page.reload();
  await expect(cell("mars")).toHaveValue("");
});

test("a closure is told, and removing it can be undone", async ({ page }) => {
  await signIn(page, "admin", "/magasins");
  await table(page).getByRole("link").nth(1).click();
  await settled(page);
  const reason = `Inventaire ${Date.now()}`;
  await page.getByRole("button", { name: "Ajouter" }).click();
  const day = new Date(Date.UTC(2032, 0, 1 + (Date.now() % 300))).toISOString().slice(0, 10);
  await page.getByLabel("Du", { exact: true }).fill(day);
  await page.getByLabel("Au", { exact: true }).fill(day);
  await page.getByLabel("Raison").fill(reason);
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(reason)).toBeVisible();
  const remove = page.getByRole("button", { name: `Supprimer « ${reason} »` });
  await remove.click();
  await expect(page.getByText(reason, { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByText(reason, { exact: true })).toBeVisible();
  await remove.click();
  await expect(page.getByText(reason, { exact: true })).toBeHidden();
});

test("a store manager sees the own store and nothing to change", async ({ page }) => {
  await signIn(page, "store-manager", "/magasins");
  await settled(page);
  await expect(table(page).locator("tbody tr")).toHaveCount(1);
  for (const name of ["Ouvrir un magasin", "Régions"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await table(page).getByRole("link").click();
  await settled(page);
  await expect(page.getByRole("button", { name: "Modifier" })).toHaveCount(0);
  await expect(page.locator("#main input")).toHaveCount(0);
});

test("the catalogue is searched, and a product's category and price are changed where cost is seen", async ({
  page,
}) => {
  await signIn(page, "admin", "/catalogue");
  await settled(page);
  await page.getByRole("navigation", { name: "Catégories" }).getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/cat=/);
  await page.goto("/catalogue");
  await page.getByLabel("Chercher un nom, une référence").fill("riz003");
  await expect(page).toHaveURL(/q=riz003/);
  await settled(page);
  const products = page.getByRole("region", { name: "Catalogue" });
  await products.getByRole("button").first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel(/^Prix d’achat/)).toBeVisible();
  await dialog.getByLabel(/^Prix de vente/).fill("abc");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog.getByText("Écrivez un nombre.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

for (const [scheme, size] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 360, height: 740 }],
] as const)
  test(`pages and dialogs are accessible and fit, ${scheme} at ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme });
    await signIn(page, "admin", "/magasins");
    await settled(page);
    const store = (await table(page).getByRole("link").first().getAttribute("href")) ?? "";
    await page.setViewportSize(size);
    const fits = async () => {
      await settled(page);
      await expectAccessible(page);
      await expectNoSideways(page);
    };
    for (const [path, ...buttons] of [
      ["/magasins", "Ouvrir un magasin", "Régions"],
      [store, "Modifier", "Ajouter"],
      ["/catalogue", "Nouvel article", "Nouvelle catégorie"],
    ])
      await test.step(path ?? "", async () => {
        await page.goto(path ?? "");
        await fits();
        for (const name of buttons) {
          await page.getByRole("button", { name, exact: true }).first().click();
          await page.getByRole("dialog").waitFor();
          await fits();
          await page.keyboard.press("Escape");
        }
      });
  });
