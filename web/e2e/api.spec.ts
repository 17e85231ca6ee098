import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { typesOf } from "../scripts/api.mjs";

test("the types this front end was built with are those of the host", async ({ page }) => {
  await page.goto("/icon.svg");
  const document = await page.evaluate(async () => (await fetch("/openapi/v1.json")).json());
  expect(typesOf(document)).toBe(readFileSync("src/api/generated/types.ts", "utf8"));
});
