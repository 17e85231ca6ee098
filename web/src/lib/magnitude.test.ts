import { expect, test } from "vitest";
import { magnitudeOf, moneyUnit } from "./magnitude";

const gaps = (text: string) => text.replaceAll("\u00a0", " ");

test("a column has one scale, named once", () => {
  const scale = magnitudeOf([62_900_000, 17_300_000]);
  expect([scale.write(62_900_000), scale.write(17_340_000)]).toEqual(["62,9", "17,3"]);
  expect(gaps(moneyUnit(scale))).toBe("M F CFA");
});
test("the largest has three figures, so that those below it still differ", () => {
  const scale = magnitudeOf([1_036_000_000, 412_000_000]);
  expect([scale.write(1_036_000_000), scale.write(412_400_000)].map(gaps)).toEqual(["1,04", "0,41"]);
});
test("small amounts stand in full, and what was not measured says so", () => {
  const scale = magnitudeOf([4_282, null]);
  expect(gaps(scale.write(4_282))).toBe("4 282");
  expect(scale.write(null)).toBe("non mesuré");
  expect(magnitudeOf([]).divisor).toBe(1);
});
