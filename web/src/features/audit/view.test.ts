import { expect, test } from "vitest";
import { changesOf, queryOf } from "./view";

test("a change tells what each field was and became, and nothing that stayed", () => {
  expect(
    changesOf(
      { name: "Awa", role: "analyst", scope: ["a"] },
      { name: "Awa", role: "admin", scope: ["a", "b"] },
    ),
  ).toEqual([
    { field: "role", before: "analyst", after: "admin" },
    { field: "scope", before: "a", after: "a, b" },
  ]);
});

test("what was made has no before, what was removed no after", () => {
  expect(changesOf(null, { code: "N1" })).toEqual([{ field: "code", before: null, after: "N1" }]);
  expect(changesOf({ code: "N1" }, null)).toEqual([{ field: "code", before: "N1", after: null }]);
  expect(changesOf(null, null)).toEqual([]);
});

test("nested values are told in words, without what is empty", () => {
  expect(
    changesOf(null, { scope: { kind: "stores", regions: [], stores: ["N1", "N2"], seesCost: false } }),
  ).toEqual([{ field: "scope", before: null, after: "kind stores · stores N1, N2 · seesCost false" }]);
});

test("the URL's French names become the API's", () => {
  expect(queryOf({ du: "2026-10-01", qui: "awa", q: "store/N1", page: "2" })).toEqual({
    from: "2026-10-01",
    to: undefined,
    who: "awa",
    action: undefined,
    search: "store/N1",
  });
});
