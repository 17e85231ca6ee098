import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export const ROLES = [
  "director",
  "regional-manager",
  "store-manager",
  "analyst",
  "admin",
  "integrator",
] as const;
export type Role = (typeof ROLES)[number];

interface DemoSignIn {
  role: Role;
  email: string;
  password: string;
}

/** Asked from within the page: outside a browser, names under .localhost resolve on few systems. */
export async function demoSignIns(page: Page): Promise<DemoSignIn[]> {
  const site = await page.evaluate<{ demoSignIns: DemoSignIn[] | null }>(async () =>
    (await fetch("/api/v1/site")).json(),
  );
  expect(site.demoSignIns, "the host under test has the demo tenant").toBeTruthy();
  return site.demoSignIns ?? [];
}

/** Through the form, as a person does. */
export async function signIn(page: Page, role: Role, at = "/"): Promise<void> {
  await page.goto(at);
  const account = (await demoSignIns(page)).find((candidate) => candidate.role === role);
  if (!account) throw new Error(`The demo tenant has no ${role}.`);
  await page.locator("input[name=email]").fill(account.email);
  await page.locator("input[name=password]").fill(account.password);
  await page.locator("form button[type=submit]").click();
  await page.locator("#main h1").waitFor();
}

/** Everything asked for has come, and charts are drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
  );
  expect(found).toEqual([]);
}

export async function expectNoSideways(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess).toBeLessThanOrEqual(0);
}
