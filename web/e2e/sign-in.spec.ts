import { expect, test } from "@playwright/test";
import { demoSignIns, expectAccessible, ROLES, signIn } from "./support";

for (const role of ROLES) {
  test(`the ${role} signs in and lands on a page of theirs`, async ({ page }) => {
    await signIn(page, role);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(
      page.getByRole("navigation").first().getByRole("link", { name: /\S/ }).first(),
    ).toBeVisible();
  });
}

test("one click on a demonstration account enters", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Direction/ }).click();
  await expect(page).toHaveURL(/\/tdb$/);
});

test("a wrong password is refused in French, and what was typed stays", async ({ page }) => {
  await page.goto("/connexion");
  const [account] = await demoSignIns(page);
  await page.getByLabel("Adresse e-mail").fill(account?.email ?? "");
  await page.getByLabel("Mot de passe").fill("faux mot de passe");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Adresse e-mail")).toHaveValue(account?.email ?? "");
});

test("signing in leads to the page that was asked for, and a reload keeps the session", async ({ page }) => {
  await signIn(page, "director", "/tdb?p=mois-1&vs=n-1");
  await expect(page).toHaveURL(/\/tdb\?p=mois-1&vs=n-1$/);
  await page.reload();
  await expect(page.locator("#main h1")).toContainText("mêmes dates");
});

test("signing out closes the door behind", async ({ page }) => {
  await signIn(page, "director");
  await page.getByRole("button", { name: /^Compte de/ }).click();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/connexion/);
  await page.goto("/tdb");
  await expect(page).toHaveURL(/\/connexion/);
});

test("an address that is no company's says so", async ({ page, baseURL }) => {
  const url = new URL(baseURL ?? "");
  url.hostname = url.hostname.replace(/^[^.]+/, "personne-ici");
  await page.goto(url.href);
  await expect(page.getByRole("heading", { name: /personne-ici/ })).toBeVisible();
});

test("a chain signs up on the apex, and its address answers", async ({ page, baseURL }) => {
  const apex = new URL(baseURL ?? "");
  apex.hostname = apex.hostname.replace(/^[^.]+\./, "");
  const name = `Essai ${Date.now().toString(36)}`;
  await page.goto(apex.href);
  await page.getByLabel("Nom", { exact: true }).first().fill(name);
  await expect(page.getByLabel("Adresse", { exact: true })).toHaveValue(name.toLowerCase().replace(" ", "-"));
  await page.getByLabel("Pays").selectOption("CI");
  await expect(page.getByLabel("Fuseau horaire")).toHaveValue("Africa/Abidjan");
  await page.getByLabel("Nom", { exact: true }).last().fill("Awa Koné");
  await page.getByLabel("Adresse e-mail").fill("awa@essai.test");
  await page.getByLabel("Mot de passe").fill("une phrase assez longue 42");
  await page.getByRole("button", { name: "Ouvrir l’espace" }).click();
  await expect(page.getByRole("heading", { name: `${name} est prêt` })).toBeVisible();
  await expect(page.getByRole("link", { name: /Aller à/ })).toHaveAttribute("href", /essai-/);
});

test("where the chain asks for a second factor, only one's own account opens until there is one", async ({
  page,
}) => {
  const answer = page.waitForResponse("**/api/v1/me");
  await signIn(page, "director", "/magasins");
  const me = await (await answer).json();
  const asked = { json: { ...me, barred: "two_factor_required" } };
  await page.route("**/api/v1/me", (route) => route.fulfill(asked));
  await page.goto("/magasins");
  await expect(page).toHaveURL(/\/compte$/);
  await expect(page.getByText("Votre enseigne demande la double authentification")).toBeVisible();
  await expect(page.getByRole("link", { name: "Magasins" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Activer" })).toBeVisible();
  await expectAccessible(page);
  await page.unroute("**/api/v1/me");
  await page.goto("/magasins");
  await expect(page.getByRole("region", { name: "Magasins" })).toBeVisible();

  // Begun to be asked for while somebody is at work.
  const refusal = { status: 403, title: "interdit", code: "two_factor_required" };
  await page.route("**/api/v1/dashboard?**", (route) => route.fulfill({ status: 403, json: refusal }));
  await page.getByRole("link", { name: "Tableau de bord" }).click();
  await expect(page).toHaveURL(/\/compte$/);
  await expect(page.getByText("Votre enseigne demande la double authentification")).toBeVisible();
});
