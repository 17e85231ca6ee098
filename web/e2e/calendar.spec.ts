import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const main = (page: Page) => page.locator("#main");
const row = (page: Page, name: string | RegExp) =>
  page.getByRole("region", { name: "Calendrier" }).locator("tbody tr").filter({ hasText: name });
const toast = (page: Page) => page.getByRole("status").filter({ hasText: "Annuler" });

test("Tabaski is moved by a day in one click, listed as moved, and taken back", async ({ page }) => {
  await signIn(page, "director", "/calendrier?annee=2029&pays=SN");
  await settled(page);
  const tabaski = row(page, "Tabaski");
  await expect(tabaski).toContainText("À confirmer");
  const day = (await tabaski.locator("time").getAttribute("datetime")) ?? "";
  await tabaski.getByRole("button", { name: /un jour plus tard/ }).click();
  await expect(tabaski).toContainText("Déplacée");
  await expect(tabaski).toContainText("proposée");
  const moved = (await tabaski.locator("time").getAttribute("datetime")) ?? "";
  expect(Date.parse(moved) - Date.parse(day)).toBe(86_400_000);
  await expect(tabaski.getByRole("button", { name: /un jour plus tard/ })).toBeDisabled();
  await expectAccessible(page);
  await toast(page).getByRole("button", { name: "Annuler" }).click();
  await expect(tabaski.locator("time")).toHaveAttribute("datetime", day);
  await expect(tabaski).toContainText("À confirmer");
});

test("a proposal is confirmed, dismissed, and both can be undone", async ({ page }) => {
  await signIn(page, "analyst", "/calendrier?annee=2028&pays=SN&attente=1");
  await settled(page);
  const korite = row(page, "Korité");
  await korite.getByRole("button", { name: /^Confirmer Korité/ }).click();
  await expect(korite).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Annuler" }).click();
  await expect(korite).toHaveCount(1);
  await korite.getByRole("button", { name: /^Écarter Korité/ }).click();
  await expect(korite).toHaveCount(0);
  await toast(page).getByRole("button", { name: "Annuler" }).last().click();
  await expect(korite).toHaveCount(1);
});

test("an own event is added for some stores, refused beside its field, changed and removed", async ({
  page,
}) => {
  await signIn(page, "director", "/calendrier?annee=2029&mois=03");
  await settled(page);
  const name = `Foire ${Date.now()}`;
  await page.getByRole("button", { name: "Ajouter un événement" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nom").fill(name);
  await dialog.getByLabel("Premier jour").fill("2029-03-20");
  await dialog.getByLabel("Dernier jour").fill("2029-03-18");
  await dialog.getByLabel("Où").selectOption("stores");
  await dialog.getByLabel("Dakar-Plateau", { exact: true }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Ajouter" }).click();
  await expect(dialog.getByText("La fin précède le début.")).toBeVisible();
  await dialog.getByLabel("Dernier jour").fill("2029-03-22");
  await dialog.getByRole("button", { name: "Ajouter" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toContainText("Dakar-Plateau");
  await expect(row(page, name)).toContainText("3 jours");
  await row(page, name)
    .getByRole("button", { name: `Modifier ${name}` })
    .click();
  await dialog.getByLabel("Où").selectOption("SN");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(row(page, name)).toContainText("Sénégal");
  await row(page, name)
    .getByRole("button", { name: `Supprimer ${name}` })
    .click();
  await expect(row(page, name)).toHaveCount(0);
});

test("a store manager sees the calendar and cannot change it", async ({ page }) => {
  await signIn(page, "store-manager", "/calendrier?annee=2026");
  await settled(page);
  await expect(row(page, "Tabaski").first()).toBeVisible();
  await expect(main(page).getByRole("button", { name: "Ajouter un événement" })).toHaveCount(0);
  await expect(row(page, "Tabaski").first().getByRole("button")).toHaveCount(0);
  await expectAccessible(page);
});

test("years and months are walked by keyboard, and the address is the view", async ({ page }) => {
  await signIn(page, "director", "/calendrier?annee=2026");
  await settled(page);
  await page.getByRole("button", { name: "Année 2027" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/annee=2027/);
  await expect(main(page).getByRole("heading", { level: 1 })).toContainText("Calendrier 2027");
  const may = page
    .getByRole("navigation", { name: "Mois de 2027" })
    .getByRole("link", { name: /^mai 2027 : .*Tabaski/ });
  await may.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/mois=05/);
  await expect(row(page, "Tabaski").first()).toBeVisible();
  await expect(row(page, "Noël")).toHaveCount(0);
  await page.getByLabel("Jours de paie").check();
  await expect(row(page, "Jours de paie").first()).toBeVisible();
});

test("on a phone of 360 px nothing is cut", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, "director", "/calendrier?annee=2027");
  await settled(page);
  await expectNoSideways(page);
  const table = page.getByRole("region", { name: "Calendrier" });
  // What is only read out takes a pixel.
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(1);
  await expect(
    row(page, "Tabaski")
      .first()
      .getByRole("button", { name: /un jour plus tôt/ }),
  ).toBeVisible();
  await expectAccessible(page);
});
