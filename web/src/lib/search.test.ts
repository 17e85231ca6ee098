import { expect, test } from "vitest";
import { readSearch, writeSearch } from "./search";

test("a year and a numeric SKU stay text", () => {
  expect(readSearch("?p=2026&art=085123")).toEqual({ p: "2026", art: "085123" });
});
test("what is written reads back as itself, whatever the characters", () => {
  for (const value of [
    "pikine/T 1&2",
    "a+b=c",
    "é€",
    "100%",
    "#",
    "true",
    "null",
    "1e5",
    "2026-10-01..2026-10-14",
  ])
    expect(readSearch(writeSearch({ x: value }))).toEqual({ x: value });
});
test("a plain view has a plain address", () => {
  expect(writeSearch({ p: undefined, mag: "" })).toBe("");
  expect(writeSearch({ tic: "pikine/T1", vs: "n-1" })).toBe("?tic=pikine/T1&vs=n-1");
});
