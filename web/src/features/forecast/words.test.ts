import { describe, expect, test } from "vitest";
import { overall } from "./Accuracy";
import { inBand } from "./product/Backtests";
import type { AccuracyRow, Origin } from "./shapes";
import { chipsOf, formatUnits, gapOf, summing } from "./words";

const t = (key: string) => key;

describe("units", () => {
  test("keep a decimal while it says something", () => {
    expect(formatUnits(1234.6)).toBe("1\u00a0235");
    expect(formatUnits(41.25)).toBe("41,3");
    expect(formatUnits(12)).toBe("12");
    expect(formatUnits(0.97)).toBe("1");
  });
  test("that nobody measured are not zero", () => {
    expect(formatUnits(null)).toBe("non mesuré");
  });
});

describe("figures that are read together", () => {
  test("add up as they stand", () => {
    const parts = summing([15.5374, -0.0213, 0.0654, 0.257], 1);
    expect(parts.reduce((sum, part) => sum + part * 10, 0)).toBeCloseTo(158, 9);
    expect(parts).toEqual([15.5, 0, 0.1, 0.2]);
  });
  test("of one are its rounding, also below zero", () => {
    expect(summing([-2.46], 1)).toEqual([-2.5]);
    expect(summing([], 0)).toEqual([]);
  });
});

describe("chips", () => {
  const keys = (row: Parameters<typeof chipsOf>[1]) => chipsOf(t, row).map((chip) => chip.key);
  test("are silent about a tested forecast nobody touched", () => {
    expect(keys({ state: "tested", overridden: false, outliers: 0 })).toEqual([]);
  });
  test("say what is out of the ordinary, each once", () => {
    expect(keys({ state: "new", overridden: true, outliers: 2 })).toEqual(["new", "overridden", "outliers"]);
  });
});

describe("accuracy", () => {
  const row = (units: number, wape: number, naiveWape: number | null) =>
    ({ units, wape, naiveWape }) as AccuracyRow;
  test("of all rows is weighed by what they sold", () => {
    expect(overall([row(300, 0.1, 0.2), row(100, 0.5, 0.6)])).toEqual({
      wape: expect.closeTo(0.2, 9),
      naive: expect.closeTo(0.3, 9),
    });
  });
  test("is not told where there is nothing to weigh or to hold it against", () => {
    expect(overall([])).toBeNull();
    expect(overall([row(100, 0.1, null)])).toBeNull();
  });
  test("beats the naive one only when it errs less", () => {
    expect(gapOf(0.2, 0.3)).toBeCloseTo(-0.1, 9);
    expect([gapOf(0.3, 0.3), gapOf(0.2, null), gapOf(null, 0.2)]).toEqual([0, null, null]);
  });
  test("of a trial counts the days inside the band, its edges included", () => {
    const day = (actual: number) => ({ actual, p10: 5, p90: 9 });
    expect(inBand({ days: [4, 5, 7, 9, 10].map(day) } as unknown as Origin)).toBe(3);
  });
});
