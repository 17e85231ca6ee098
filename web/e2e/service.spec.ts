import { expect, type Page, test } from "@playwright/test";
import type { Operations } from "../src/api/types";
import { expectAccessible, expectNoSideways, settled, signIn } from "./support";

const SERVICE = "/administration/service";
const main = (page: Page) => page.locator("#main");
const heading = (page: Page) => main(page).getByRole("heading", { level: 1 });

/** The host's own answer, as it would be at another time: no journey waits a day for an alarm. */
async function answerer(page: Page) {
  const answer = page.waitForResponse("**/api/v1/operations");
  await signIn(page, "admin", SERVICE);
  const real: Operations = await (await answer).json();
  return (change: Partial<Operations>) =>
    page.route("**/api/v1/operations", (route) => route.fulfill({ json: { ...real, ...change } }));
}

const drill = (at: string, good: boolean) => ({ at, good, rpoSeconds: 3.125, rtoSeconds: 7.4 });
const PROVEN: Partial<Operations> = {
  alarms: [],
  backups: "here",
  backup: { at: "2026-11-20T23:30:00Z", verified: true },
  drill: drill("2026-11-20T23:31:00Z", true),
  drills: [drill("2026-11-20T23:31:00Z", true)],
};
const ALARMED: Partial<Operations> = {
  ...PROVEN,
  alarms: [
    { code: "backup_old", since: "2026-11-22T01:30:00Z" },
    { code: "drill_failed", since: "2026-11-21T23:31:00Z" },
  ],
  drills: [drill("2026-11-21T23:31:00Z", false), drill("2026-11-20T23:31:00Z", true)],
};
const UNPROVEN: Partial<Operations> = { alarms: [], backups: "here", backup: null, drill: null, drills: [] };

test("an administrator finds how the service is, and what the host told of itself", async ({ page }) => {
  await signIn(page, "admin", "/administration");
  await page
    .getByRole("navigation", { name: "Administration" })
    .getByRole("link", { name: "Service" })
    .click();
  await expect(page).toHaveURL(SERVICE);
  const host = page.getByRole("article").filter({ hasText: "Ce serveur" });
  await expect(host).toContainText(/Version\d+\.\d+\.\d+/);
  await expect(host).toContainText(/PostgreSQL \d+/);
  await expect(host).toContainText("non vérifié");
  await expectAccessible(page);
});

test("without a drill the page says what to do; with one, when it was, in the chain's own time", async ({
  page,
}) => {
  const answered = await answerer(page);
  await answered(UNPROVEN);
  await page.goto(SERVICE);
  await expect(heading(page)).toHaveText("Le service répond, et aucune restauration n’est encore prouvée");
  await expect(main(page)).toContainText("Aucun exercice de restauration encore");
  await expect(main(page)).toContainText("./epm drill");
  await answered(PROVEN);
  await page.reload();
  await expect(heading(page)).toContainText("dernière restauration prouvée le 20 nov. 2026, 23:31");
  const proof = page.getByRole("region", { name: "Ce qui reviendrait après une panne" });
  await expect(proof).toContainText("3,1 s");
  await expect(proof).toContainText("7,4 s");
  await expect(proof).toContainText("restaurée");
});

test("alarms say since when and what to do, in both languages", async ({ page }) => {
  const answered = await answerer(page);
  await answered(ALARMED);
  await page.goto(SERVICE);
  await expect(heading(page)).toHaveText("2 alarmes : prévenez qui exploite le serveur");
  const alarms = page.getByRole("list", { name: "Alarmes" }).getByRole("listitem");
  await expect(alarms).toHaveCount(2);
  await expect(alarms.first()).toContainText("La dernière sauvegarde a plus de 26 heures");
  await expect(alarms.first()).toContainText("depuis le 22 nov. 2026, 01:30");
  await expect(page.getByRole("row", { name: /échec/ })).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("anglais");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("2 alarms: tell whoever runs the server");
});

test("a host that does not answer is told, and asked again", async ({ page }) => {
  await signIn(page, "admin");
  await page.route("**/api/v1/operations", (route) => route.abort());
  await page.goto(SERVICE);
  await expect(page.getByRole("alert")).toBeVisible();
  await page.unroute("**/api/v1/operations");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("article").filter({ hasText: "Ce serveur" })).toBeVisible();
});

for (const [scheme, size] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 360, height: 740 }],
] as const)
  test(`every state is accessible and fits, ${scheme} at ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme });
    const answered = await answerer(page);
    await page.setViewportSize(size);
    for (const state of [UNPROVEN, PROVEN, ALARMED, { ...UNPROVEN, backups: "elsewhere" as const }]) {
      await answered(state);
      await page.goto(SERVICE);
      await settled(page);
      await expectAccessible(page);
      await expectNoSideways(page);
    }
  });
