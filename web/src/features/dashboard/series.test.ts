import { describe, expect, test } from "vitest";
import type { HeatCell } from "../../api/types";
import { resolvePeriod } from "../../lib/period";
import { densest, grainFor, heatOf, pointsOf, seriesOf, spanOf } from "./series";

const period = resolvePeriod("2026-10", "2026-11-21");
const row = (key: string, revenue: number) => ({
  keys: { day: key },
  labels: {},
  values: { revenue },
  compare: { revenue: revenue / 2 },
});

describe("a brush", () => {
  test("over days sets those days, over whole weeks and months sets their ends", () => {
    expect(spanOf("2026-10-05", "2026-10-10", "day", period)).toBe("2026-10-05..2026-10-10");
    const year = resolvePeriod("2025", "2026-11-21");
    expect(spanOf("2025-03-01", "2025-03-01", "month", year)).toBe("2025-03");
    expect(spanOf("2025-03-03", "2025-03-10", "week", year)).toBe("2025-03-03..2025-03-16");
  });
  test("stays inside the period it was drawn in", () => {
    const year = resolvePeriod("2025", "2026-11-21");
    expect(spanOf("2024-12-30", "2024-12-30", "week", year)).toBe("2025-01-01..2025-01-05");
  });
});

describe("a series", () => {
  test("keeps the place of a day on which nothing was sold", () => {
    const series = seriesOf([row("2026-10-03", 10)], "day", { from: "2026-10-01", to: "2026-10-04" });
    expect(series.map((point) => point.actual)).toEqual([null, null, 10, null]);
    expect(series[2]?.compare).toBe(5);
  });
  test("is drawn by day for two months, by week for a year, by month beyond", () => {
    expect(grainFor({ from: "2026-10-01", to: "2026-11-20" })).toBe("day");
    expect(grainFor({ from: "2026-01-01", to: "2026-11-20" })).toBe("week");
    expect(grainFor({ from: "2024-01-01", to: "2026-11-20" })).toBe("month");
  });
  test("shades the weekends", () => {
    const points = pointsOf(
      ["2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05"].map((date) => ({
        date,
        actual: 1,
        compare: null,
        objective: null,
      })),
      "day",
      String,
    );
    expect(points.map((point) => point.shaded)).toEqual([false, true, true, false]);
  });
});

describe("the heat map", () => {
  const cells: HeatCell[] = [
    { weekday: 6, hour: 9, revenue: 5, share: 0.05 },
    { weekday: 6, hour: 17, revenue: 40, share: 0.4 },
    { weekday: 6, hour: 18, revenue: 45, share: 0.45 },
    { weekday: 1, hour: 12, revenue: 10, share: 0.1 },
  ];
  test("has every hour from the first sale to the last, sold in or not", () => {
    expect(heatOf(cells).hours).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
  });
  test("names the two hours in a row that weigh most", () => {
    expect(densest(heatOf(cells))).toMatchObject({ weekday: 6, from: 17, to: 19 });
  });
  test("of nothing is empty", () => {
    expect(heatOf([]).hours).toEqual([]);
    expect(densest(heatOf([]))).toBeNull();
  });
});
