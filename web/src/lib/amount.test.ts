import { expect, test } from "vitest";
import { readAmount, writeAmount } from "./amount";

test("figures are read as people and spreadsheets write them", () => {
  for (const [text, value] of [
    ["1234567", 1234567],
    ["1 234 567", 1234567],
    ["1\u202f234\u00a0567", 1234567],
    ["1.234.567,50", 1234567.5],
    ["1,234,567.5", 1234567.5],
    ["1 234,5", 1234.5],
    ["12,75", 12.75],
    ["0.125", 0.125],
    ["1,250", 1250],
    ["5 000 F CFA", 5000],
    ["12 €", 12],
    ["18 %", 18],
    ["−3", -3],
  ] as const)
    expect(readAmount(text), text).toBe(value);
});
test("nothing is nothing, and words are no figure", () => {
  expect(readAmount("  ")).toBeNull();
  for (const text of ["abc", "12a", "1-2", "F CFA", "1,2,3.4.5"])
    expect(readAmount(text), text).toBeUndefined();
});
test("what is written in a field reads back as itself", () => {
  for (const value of [0, 12, 1234567, 1.5, 1.125, 0.0005, -3.25])
    expect(readAmount(writeAmount(value))).toBe(value);
});
