import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const dialog = (page: Page) => page.getByRole("dialog");
const main = (page: Page) => page.locator("#main");

/** A name of this run's own, so that runs and browsers do not meet. */
const fresh = (what: string) =>
  `${what} ${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;

async function invite(page: Page, name: string): Promise<string> {
  await page.goto("/administration");
  await page.getByRole("button", { name: "Inviter une personne" }).click();
  await dialog(page).getByLabel("Nom").fill(name);
  await dialog(page)
    .getByLabel("Adresse e-mail")
    .fill(`${name.replaceAll(" ", ".").toLowerCase()}@teranga.demo`);
  await dialog(page).getByLabel("Magasins", { exact: true }).selectOption("stores");
  await dialog(page).getByLabel("Abidjan-Plateau").check();
  await dialog(page).getByRole("button", { name: "Inviter", exact: true }).click();
  await expect(dialog(page).getByText(`${name} est invité`)).toBeVisible();
  return dialog(page).getByLabel("Lien d’invitation").inputValue();
}

test("somebody is invited into one store, comes in by the link once, and is shut out again", async ({
  page,
  browser,
}) => {
  test.slow();
  await signIn(page, "admin");
  const name = fresh("Mariama");
  const link = await invite(page, name);
  const theirs = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: `Bienvenue, ${name}` })).toBeVisible();
  await theirs.getByLabel("Mot de passe").fill("trois petits marchés du soir");
  await theirs.getByRole("button", { name: "Entrer" }).click();
  await theirs.locator("#main h1").waitFor();
  await theirs.goto("/magasins");
  await expect(theirs.getByRole("region", { name: "Magasins" }).locator("tbody tr")).toHaveCount(1);
  const again = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  await again.goto(link);
  await expect(again.getByText("Ce lien ne sert plus")).toBeVisible();

  await page.goto(`/administration?q=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(
    dialog(page)
      .getByText(/^Chrome · /)
      .first(),
  ).toBeVisible();
  await dialog(page).getByRole("button", { name: "Modifier" }).click();
  await dialog(page).getByLabel("Peut se connecter").uncheck();
  await dialog(page).getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("désactivé", { exact: true })).toBeVisible();
  await theirs.goto("/magasins");
  await expect(theirs.getByRole("heading", { name: "Connexion" })).toBeVisible();
});

test("an administrator looks through a store manager's eyes, and can change nothing there", async ({
  page,
}) => {
  await signIn(page, "admin", "/administration?q=Fatou");
  await page.getByRole("button", { name: "Fatou Sarr" }).click();
  await dialog(page).getByRole("button", { name: "Voir comme cette personne" }).click();
  await expect(page.getByText("Vous voyez l’application comme Fatou Sarr")).toBeVisible();
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  await page.getByRole("link", { name: "Magasins" }).first().click();
  await expect(page.getByRole("region", { name: "Magasins" }).locator("tbody tr")).toHaveCount(1);
  await page.getByRole("button", { name: "Revenir à votre compte" }).click();
  await expect(main(page).getByRole("heading", { level: 1 })).toContainText("accès");
  await page.goto("/journal?q=magasin%40teranga.demo");
  await expect(main(page).locator("tbody").getByText("Voir comme").first()).toBeVisible();
});

test("a key is made, shown once, replaced and revoked", async ({ page }) => {
  await signIn(page, "admin", "/administration/cles");
  const name = fresh("ERP");
  await page.getByRole("button", { name: "Nouvelle clé" }).first().click();
  await dialog(page).getByLabel("Nom", { exact: true }).fill(name);
  await dialog(page).getByLabel("Lire les magasins").check();
  await dialog(page).getByRole("button", { name: "Créer la clé" }).click();
  const key = await dialog(page).getByLabel("Clé", { exact: true }).inputValue();
  expect(key).toMatch(/^epm_\w+_\w+$/);
  await dialog(page).getByRole("button", { name: "Je l’ai copiée" }).click();
  const stores = (used: string) =>
    page.evaluate(
      async (bearer) =>
        (
          await fetch("/api/v1/stores", {
            headers: { Authorization: `Bearer ${bearer}` },
            credentials: "omit",
          })
        ).status,
      used,
    );
  expect(await stores(key)).toBe(200);
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByRole("button", { name: "Remplacer" }).click();
  const next = await dialog(page).getByLabel("Clé", { exact: true }).inputValue();
  await dialog(page).getByRole("button", { name: "Je l’ai copiée" }).click();
  expect([await stores(key), await stores(next)]).toEqual([200, 200]);
  await row.getByRole("button", { name: "Révoquer" }).click();
  await dialog(page).getByRole("button", { name: "Révoquer" }).click();
  await expect(row.getByText("révoquée")).toBeVisible();
  expect([await stores(key), await stores(next)]).toEqual([401, 401]);
});

test("the audit log is searched, verified and exported", async ({ page }) => {
  await signIn(page, "admin", "/journal");
  await settled(page);
  await page.getByLabel("Action").selectOption({ label: "Connexion" });
  await expect(page).toHaveURL(/action=session\.started/);
  await settled(page);
  await expect(main(page).locator("tbody tr").first()).toContainText("Connexion");
  await page.getByRole("button", { name: "Vérifier" }).click();
  await expect(page.getByText(/^Intact : /)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exporter en CSV" }).click();
  expect((await download).suggestedFilename()).toBe("journal.csv");
});

test("a director reads the log and administers nothing; an analyst sees neither", async ({
  page,
  browser,
}) => {
  await signIn(page, "director", "/journal");
  await expect(main(page).getByRole("heading", { level: 1 })).toContainText("journal");
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  const other = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  await signIn(other, "analyst");
  await expect(other.getByRole("link", { name: "Journal d’audit" })).toHaveCount(0);
});

for (const [scheme, size] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 360, height: 740 }],
] as const)
  test(`administration is accessible and fits, ${scheme} at ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme });
    await signIn(page, "admin", "/administration");
    await page.setViewportSize(size);
    for (const [path, button] of [
      ["/administration", "Inviter une personne"],
      ["/administration/cles", "Nouvelle clé"],
      ["/administration/acces", null],
      ["/journal", null],
      ["/compte", "Activer"],
    ] as const)
      await test.step(path, async () => {
        await page.goto(path);
        await settled(page);
        await expectAccessible(page);
        await expectNoSideways(page);
        if (!button) return;
        await page.getByRole("button", { name: button }).first().click();
        await dialog(page).waitFor();
        await expectAccessible(page);
        await expectNoSideways(page);
      });
  });
