import { describe, expect, test } from "vitest";
import {
  accuracyQuery,
  levelOf,
  levelsFor,
  listQuery,
  outliersQuery,
  placeOf,
  placeValue,
  productQuery,
  readList,
  readProduct,
  tabOf,
  tidy,
} from "./view";

describe("the list in its URL", () => {
  test("ignores what it does not know", () => {
    expect(readList({ q: "riz", x: "1", page: 3 })).toEqual({ q: "riz" });
    expect(listQuery({ etat: "<svg>", tri: "prix", page: "-2" })).toMatchObject({
      state: undefined,
      sort: "value",
      page: 1,
    });
  });
  test("asks for the innermost place only", () => {
    expect(listQuery({ reg: "dakar", mag: "thies" })).toMatchObject({ store: "thies", region: undefined });
    expect(listQuery({ reg: "dakar" })).toMatchObject({ store: undefined, region: "dakar" });
  });
  test("a place survives its control", () => {
    for (const view of [{ mag: "thies" }, { reg: "dakar" }, {}]) {
      expect(tidy({ ...placeOf(placeValue(view)) }, {})).toEqual(view);
    }
  });
});

describe("the product in its URL", () => {
  test("stands at thirty days of the product unless it says otherwise", () => {
    expect(productQuery({})).toMatchObject({ level: "product", horizon: "30", from: undefined });
    expect(productQuery({ h: "90", niv: "category", du: "2027-05-01" })).toMatchObject({
      level: "category",
      horizon: "90",
      from: "2027-05-01",
    });
    expect(productQuery({ h: "365", du: "demain" })).toMatchObject({ horizon: "30", from: undefined });
  });
  test("sums up only to where one stands", () => {
    expect(levelsFor({ mag: "thies" })).not.toContain("group");
    expect(levelOf({ mag: "thies", niv: "group" })).toBe("product");
    expect(levelOf({ niv: "group" })).toBe("group");
  });
  test("opens an unknown tab on the forecast", () => {
    expect(tabOf(readProduct({ vue: "autre" }))).toBe("prevision");
  });
  test("does not write what is usual", () => {
    expect(tidy({ h: "30", mag: "thies", vue: "prevision" }, { h: "30", vue: "prevision" })).toEqual({
      mag: "thies",
    });
  });
});

test("anomalies are the open ones, and accuracy is by lag, unless the URL says otherwise", () => {
  expect(outliersQuery({})).toMatchObject({ state: "open", page: 1 });
  expect(outliersQuery({ etat: "kept", page: "2" })).toMatchObject({ state: "kept", page: 2 });
  expect(accuracyQuery({ par: "couleur", du: "hier" })).toMatchObject({ by: "lag", from: undefined });
});
