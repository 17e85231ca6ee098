import { describe, expect, test } from "vitest";
import { addDays } from "../../../lib/dates";
import type { ForecastDay, ForecastView } from "../shapes";
import { current, editsOf, outcome, pendingDays, rowsOf } from "./grid";

// 22 November 2026 is a Sunday.
const days = Array.from(
  { length: 10 },
  (_, index) =>
    ({
      date: addDays("2026-11-22", index),
      mean: 10 + index,
      statistical: 10 + index,
      events: [],
    }) as unknown as ForecastDay,
);
const view = {
  sku: "RIZ003",
  level: "product",
  category: { code: "riz", name: "Riz" },
  store: { code: "thies", name: "Thiès" },
  region: { code: "senegal", name: "Sénégal" },
} as unknown as ForecastView;

describe("the rows of the grid", () => {
  test("are days, or weeks from Monday that may be short at either end", () => {
    expect(rowsOf(days, "day")).toHaveLength(10);
    expect(rowsOf(days, "week").map((row) => [row.from, row.to])).toEqual([
      ["2026-11-22", "2026-11-22"],
      ["2026-11-23", "2026-11-29"],
      ["2026-11-30", "2026-12-01"],
    ]);
  });
  test("hold every day once", () => {
    const total = rowsOf(days, "week").reduce((sum, row) => sum + current(row), 0);
    expect(total).toBe(145);
  });
});

describe("what is typed", () => {
  const rows = rowsOf(days, "week");
  test("is previewed by row and drawn by day", () => {
    const [, second] = rows;
    if (!second) throw new Error("There are weeks.");
    expect(outcome(second, "*2")).toBe(196);
    expect(outcome(second, "+98")).toBeCloseTo(196, 9);
    expect(outcome(second, "")).toBeNull();
    expect(outcome(second, "beaucoup")).toBeNull();
    const pending = pendingDays(rows, ["", "*2", ""]);
    expect(pending.size).toBe(7);
    expect(pending.get("2026-11-23")).toBe(22);
  });
  test("becomes one item a stretch when a factor repeats, one a row when totals do", () => {
    const each = rowsOf(days, "day");
    const factors = each.map((_, index) => (index < 3 ? "*1,2" : ""));
    expect(editsOf(view, each, factors)).toEqual([
      {
        level: "product",
        sku: "RIZ003",
        category: null,
        store: "thies",
        region: null,
        from: "2026-11-22",
        to: "2026-11-24",
        formula: "*1.2",
      },
    ]);
    expect(
      editsOf(
        view,
        each,
        each.map((_, index) => (index < 3 ? "+10" : "")),
      ),
    ).toHaveLength(3);
  });
  test("names the category, not the product, one level up", () => {
    const [edit] = editsOf({ ...view, level: "category" }, rows, ["*2", "", ""]);
    expect(edit).toMatchObject({ level: "category", sku: null, category: "riz", store: "thies" });
  });
});
