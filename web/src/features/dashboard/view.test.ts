import { describe, expect, test } from "vitest";
import { clean, comparisonOf, drill, filters, levelOf, periodOf, readView, ticketOf } from "./view";

const TODAY = "2026-11-21";

describe("the view in the URL", () => {
  test("ignores what it does not know and what is not text", () => {
    expect(readView({ mag: "thies", x: "1", p: 2026, cat: "" })).toEqual({ mag: "thies" });
  });
  test("leaves defaults out of the address", () => {
    expect(clean({ p: "mois", vs: "n-1j", page: "1", mag: "thies" })).toEqual({ mag: "thies" });
  });
  test("falls back to the same weekday when the comparison is unknown", () => {
    expect(comparisonOf({ vs: "n-7" })).toBe("n-1j");
    expect(comparisonOf({ vs: "obj" })).toBe("obj");
  });
  test("asks the API for the period, the comparison and the innermost place", () => {
    const view = { p: "2026-10", vs: "n-1", reg: "dakar", mag: "pikine", cat: "riz" };
    expect(filters(view, periodOf(view, TODAY))).toEqual({
      from: "2026-10-01",
      to: "2026-10-31",
      compare: "last-year",
      region: undefined,
      store: "pikine",
      category: "riz",
    });
  });
});

describe("drilling", () => {
  test("goes from group to region, store, category, product, ticket", () => {
    let view = {};
    const seen = [levelOf(view)];
    for (const step of [
      { reg: "dakar" },
      { mag: "pikine" },
      { cat: "riz" },
      { art: "RIZ-25" },
      { tic: "pikine/T1" },
    ]) {
      view = drill(view, step);
      seen.push(levelOf(view));
    }
    expect(seen).toEqual(["group", "region", "store", "category", "product", "ticket"]);
  });
  test("to another level closes the ticket and returns to the first page", () => {
    expect(drill({ mag: "pikine", tic: "pikine/T1", page: "3" }, { cat: "riz" })).toEqual({
      mag: "pikine",
      cat: "riz",
    });
  });
  test("reads a ticket number that has a slash in it", () => {
    expect(ticketOf({ tic: "pikine/T/1" })).toEqual({ store: "pikine", ticket: "T/1" });
    expect(ticketOf({ tic: "broken" })).toBeNull();
  });
});
