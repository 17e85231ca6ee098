import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const DEEP = ["/tdb?p=mois-1", "/tdb?p=mois-1&vs=obj&par=region", "/tdb?p=2020-01", "/nulle-part"];

/** Every page of the rail, so that a new module is covered unasked. */
async function railPages(page: Page): Promise<string[]> {
  const links = page.getByRole("navigation", { name: "Modules" }).first().getByRole("link");
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(hrefs.length).toBeGreaterThan(0);
  return hrefs;
}

/** From the group's dashboard to a product and to a ticket on it. */
async function drilled(page: Page): Promise<string[]> {
  await page.goto("/tdb?p=mois-1");
  await settled(page);
  const deep: string[] = [];
  for (const region of ["Magasins", "Catégories", "Produits", "Tickets"]) {
    await page.getByRole("region", { name: region, exact: true }).getByRole("link").first().click();
    await settled(page);
    deep.push(page.url());
  }
  return deep;
}

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test("axe finds nothing on sign-in and sign-up", async ({ page, baseURL }) => {
      await page.goto("/connexion");
      await page.locator("form").waitFor();
      await expectAccessible(page);
      const apex = new URL(baseURL ?? "");
      apex.hostname = apex.hostname.replace(/^[^.]+\./, "");
      await page.goto(apex.href);
      await page.locator("form").waitFor();
      await expectAccessible(page);
    });

    test("axe finds nothing on any page behind sign-in", async ({ page }) => {
      test.slow();
      await signIn(page, "admin");
      for (const path of [...(await railPages(page)), ...DEEP, ...(await drilled(page))]) {
        await test.step(path, async () => {
          await page.goto(path);
          await settled(page);
          await expectAccessible(page);
        });
      }
    });

    test("axe finds nothing in what opens", async ({ page }) => {
      await signIn(page, "director", "/tdb?p=mois-1");
      await settled(page);
      for (const control of ["#control-scope", "#control-period", "#control-comparison"]) {
        await page.locator(control).click();
        await settled(page);
        await expectAccessible(page);
        await page.keyboard.press("Escape");
      }
      await page.keyboard.press("Control+k");
      await page.getByRole("listbox").waitFor();
      await expectAccessible(page);
    });
  });
}

test.describe("on a phone of 360 px", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("no page scrolls sideways", async ({ page }) => {
    test.slow();
    await page.goto("/connexion");
    await page.locator("form").waitFor();
    await expectNoSideways(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(page, "admin");
    const pages = [...(await railPages(page)), ...DEEP, ...(await drilled(page))];
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of pages) {
      await test.step(path, async () => {
        await page.goto(path);
        await settled(page);
        await expectNoSideways(page);
      });
    }
  });
});

test("the language is the user's: switched once, it is there at the next sign-in", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, "analyst");
  await page.getByRole("button", { name: /^Compte de/ }).click();
  await page.getByText("English", { exact: true }).click();
  await expect(page.getByRole("link", { name: "Dashboard" }).first()).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("#main h1")).toContainText("Revenue");

  const elsewhere = await browser.newContext({ baseURL, locale: "fr-FR" });
  const other = await elsewhere.newPage();
  await signIn(other, "analyst");
  await expect(other.locator("#main h1")).toContainText("Revenue");
  await other.getByRole("button", { name: /^Account of/ }).click();
  await other.getByText("Français", { exact: true }).click();
  await expect(other.locator("#main h1")).toContainText("CA");
  await elsewhere.close();
});

test("the theme follows the system until it is chosen, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(page, "director");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.getByRole("button", { name: /^Compte de/ }).click();
  await page.getByRole("radio", { name: "Clair" }).check({ force: true });
  await expect.poll(ground).not.toBe(dark);
  const light = await ground();
  await page.reload();
  await page.locator("#main h1").waitFor();
  expect(await ground()).toBe(light);
});
