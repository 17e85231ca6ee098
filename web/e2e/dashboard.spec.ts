import { expect, test } from "@playwright/test";
import { settled, signIn } from "./support";

test("a director drills from the group to a ticket, and the way back restores each view", async ({
  page,
}) => {
  await signIn(page, "director", "/tdb?p=mois-1");
  await settled(page);
  const heading = page.locator("#main h1");
  const visited = [page.url()];
  const arrive = async (parameter: RegExp) => {
    await expect(page).toHaveURL(parameter);
    await settled(page);
    visited.push(page.url());
  };

  await page.getByText("Régions", { exact: true }).click();
  await page.getByRole("region", { name: "Régions" }).getByRole("link").first().click();
  await arrive(/reg=/);
  await expect(heading).toContainText("région");

  const store = page.getByRole("region", { name: "Magasins" }).getByRole("link").first();
  const storeName = (await store.textContent()) ?? "";
  await store.click();
  await arrive(/mag=/);
  await expect(heading).toContainText(storeName);

  await page.getByRole("region", { name: "Catégories" }).getByRole("link").first().click();
  await arrive(/cat=/);

  await page.getByRole("region", { name: "Produits" }).getByRole("link").first().click();
  await arrive(/art=/);

  const ticket = page.getByRole("region", { name: "Tickets" }).getByRole("link").first();
  const number = (await ticket.textContent()) ?? "";
  await ticket.click();
  await arrive(/tic=/);
  await expect(heading).toContainText(number);
  await expect(page.getByText("Total TTC")).toBeVisible();

  const crumbs = page.getByRole("navigation", { name: "Chemin" });
  await expect(crumbs.getByRole("listitem").first()).toHaveText("Groupe");
  expect(await crumbs.getByRole("listitem").count()).toBeGreaterThanOrEqual(6);

  for (const url of visited.slice(1, -1).reverse()) {
    await page.goBack();
    await expect(page).toHaveURL(url);
  }
  await page.goto(visited[2] ?? "");
  await expect(heading).toContainText(storeName);
});

test("the period, the comparison and the scope are in the URL and in the sentence", async ({ page }) => {
  await signIn(page, "director");
  await page.locator("#control-period").click();
  await page.getByRole("dialog", { name: "Période" }).getByRole("button", { name: "Mois dernier" }).click();
  await expect(page).toHaveURL(/p=mois-1/);
  await page.locator("#control-comparison").click();
  await page
    .getByRole("dialog", { name: "Contre" })
    .getByRole("button", { name: /^Objectif/ })
    .click();
  await expect(page).toHaveURL(/vs=obj/);
  await expect(page.locator("#main h1")).toContainText("contre l’objectif");
  await page.goBack();
  await expect(page.locator("#main h1")).toContainText("même jour de semaine");
});

test("the arrows walk the columns of the chart, Shift selects, Enter sets the period", async ({ page }) => {
  await signIn(page, "director", "/tdb?p=mois-1");
  const chart = page.getByRole("group", { name: /^CA par jour/ });
  await chart.locator("[data-point='0']").focus();
  await page.keyboard.press("ArrowRight");
  await expect(chart.locator("[data-point='1']")).toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/p=\d{4}-\d{2}-02\.\.\d{4}-\d{2}-04/);
});

test("dragging over the chart sets the period, a click opens the day by its hours", async ({ page }) => {
  await signIn(page, "director", "/tdb?p=mois-1");
  const chart = page.getByRole("group", { name: /^CA par jour/ });
  await settled(page);
  const [from, to] = [
    await chart.locator("[data-point='4']").boundingBox(),
    await chart.locator("[data-point='9']").boundingBox(),
  ];
  if (!from || !to) throw new Error("The columns have no place.");
  await page.mouse.move(from.x + from.width / 2, from.y + 40);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + 40, { steps: 6 });
  await page.mouse.up();
  await expect(page).toHaveURL(/p=\d{4}-\d{2}-05\.\.\d{4}-\d{2}-10/);
  await settled(page);
  await page
    .getByRole("group", { name: /^CA par jour/ })
    .locator("[data-point='0']")
    .click();
  await expect(page).toHaveURL(/p=\d{4}-\d{2}-05$/);
  await expect(page.getByRole("heading", { name: "CA par heure" })).toBeVisible();
});

test("a chart shows as a table and exports what it shows", async ({ page }) => {
  await signIn(page, "director", "/tdb?p=mois-1");
  await settled(page);
  await page.getByRole("button", { name: "Voir en tableau · CA par jour" }).click();
  await expect(page.getByRole("region", { name: "CA par jour" }).getByRole("row")).not.toHaveCount(1);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Exporter en CSV · CA par jour" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const [image] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Exporter en image PNG · Quand vend-on" }).click(),
  ]);
  expect(image.suggestedFilename()).toMatch(/\.png$/);
});

test("a figure opens on its formula and its exact value", async ({ page }) => {
  await signIn(page, "director", "/tdb?p=mois-1");
  await page.getByRole("button", { name: "Panier moyen" }).click();
  const definition = page.getByRole("dialog", { name: /Panier moyen/ });
  await expect(definition).toContainText("recalculé");
  await page.keyboard.press("Escape");
  await expect(definition).toBeHidden();
});

test("a store manager sees their store only, and no margin", async ({ page }) => {
  await signIn(page, "store-manager", "/tdb?p=mois-1");
  await settled(page);
  await expect(page.getByRole("button", { name: "CA TTC" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Marge brute" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Magasins" })).toHaveCount(0);
});

test("the palette finds a store by the letters of its name, without accents", async ({ page }) => {
  await signIn(page, "director");
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.keyboard.type("dakar");
  const option = page.getByRole("option").filter({ hasText: "Dakar-" }).first();
  await expect(option).toBeVisible();
  const name = (await option.locator("span").textContent()) ?? "";
  await option.click();
  await expect(page.locator("#main h1")).toContainText(name);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Raccourcis clavier" })).toBeVisible();
});
