import { describe, expect, test } from "vitest";
import { bandPath, type FanPoint, fanLayout, linePath, placed } from "./fan";

const point = (index: number, rest: Partial<FanPoint> = {}): FanPoint => ({
  key: String(index),
  tick: String(index),
  actual: null,
  corrected: null,
  middle: null,
  band: null,
  reference: null,
  base: null,
  pending: null,
  mark: null,
  shaded: false,
  ...rest,
});
const points = Array.from({ length: 150 }, (_, index) =>
  index < 120
    ? point(index, { actual: 10 + (index % 7) })
    : point(index, { middle: 12, band: [8, 40], reference: 11 }),
);
const flat = { x: (index: number) => index * 10 + 5, y: (value: number) => 100 - value, step: 10 };

describe("a fan", () => {
  test("starts at zero and holds the top of the band", () => {
    const chart = fanLayout(points, 900, 300);
    expect(chart.y(0)).toBe(chart.base);
    expect(chart.y(40)).toBeGreaterThanOrEqual(chart.top);
  });
  test("keeps its days inside the frame, side by side", () => {
    const chart = fanLayout(points, 900, 300);
    expect(chart.start(0)).toBe(chart.left);
    expect(chart.start(150)).toBeCloseTo(chart.right, 6);
    expect(chart.x(1) - chart.x(0)).toBeCloseTo(chart.step, 6);
  });
  test("labels whole weeks when not every day fits", () => {
    expect(fanLayout(points, 900, 300).every % 7).toBe(0);
    expect(fanLayout(points.slice(0, 10), 900, 300).every).toBe(1);
  });
  test("draws nothing of nothing, without failing", () => {
    expect(fanLayout([], 400, 200).ticks.length).toBeGreaterThan(0);
    expect(bandPath([], flat)).toBe("");
  });
});

describe("a line", () => {
  test("breaks where a day is not known, and shows a day alone", () => {
    expect(linePath([1, 2, null, 3, null], flat)).toBe("M5.0 99.0L15.0 98.0M35.0 97.0h.01");
  });
});

describe("a band", () => {
  test("is one closed shape for each stretch, as wide as its days", () => {
    const path = bandPath([null, [1, 3], [1, 4], null, [2, 2]], flat);
    expect(path.match(/Z/g)).toHaveLength(2);
    expect(path.startsWith("M10.0 97.0L15.0 97.0L25.0 96.0L30.0 96.0L30.0 99.0")).toBe(true);
  });
});

describe("the names of feasts", () => {
  test("never touch: the first of two neighbours stands", () => {
    const list = [point(0), point(1, { mark: "Tabaski" }), point(2, { mark: "Tabaski" })];
    expect(placed(list, flat.x, 0, 400).map((mark) => mark.index)).toEqual([1]);
  });
  test("stay inside on the right", () => {
    const list = [point(0), point(30, { mark: "Grand Magal de Touba" })];
    expect(placed(list, () => 300, 0, 310)[0]?.anchor).toBe("end");
  });
});
