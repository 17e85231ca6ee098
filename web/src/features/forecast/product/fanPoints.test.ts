import { describe, expect, test } from "vitest";
import type { ForecastView } from "../shapes";
import { fanPoints, fitting } from "./fanPoints";

const past = (date: string, rest = {}) => ({
  date,
  units: 10,
  corrected: null,
  note: null,
  open: true,
  events: [],
  said: null,
  ...rest,
});
const next = (date: string, rest = {}) => ({
  date,
  p10: 5,
  p50: 9,
  p90: 14,
  mean: 9.5,
  naive: 8,
  statistical: 9.5,
  override: null,
  events: [],
  open: true,
  ...rest,
});
const view = {
  history: [
    past("2026-11-19", { units: 0, corrected: 12, note: "stock_out" }),
    past("2026-11-20", { units: 0, open: false }),
    past("2026-11-21", { said: { p10: 6, p50: 9, p90: 13 } }),
  ],
  days: [
    next("2026-11-22", { override: 20, p50: 20 }),
    next("2026-11-23", { events: [{ code: "gamou", name: "Gamou", day: 0 }] }),
  ],
} as unknown as ForecastView;

describe("the days of a fan", () => {
  test("show corrected history unless it is asked for as sold", () => {
    expect(fanPoints(view, { raw: false })[0]).toMatchObject({ actual: 12, corrected: 12 });
    expect(fanPoints(view, { raw: true })[0]).toMatchObject({ actual: 0, corrected: null });
  });
  test("leave a gap where the store was closed", () => {
    expect(fanPoints(view, { raw: false })[1]?.actual).toBeNull();
  });
  test("keep what was said of a past day beside what came", () => {
    expect(fanPoints(view, { raw: false })[2]?.band).toEqual([6, 13]);
  });
  test("show the statistical line only under an override", () => {
    const points = fanPoints(view, { raw: false });
    expect(points[3]).toMatchObject({ middle: 20, base: 9.5 });
    expect(points[4]).toMatchObject({ middle: 9, base: null, mark: "Gamou" });
  });
  test("carry what is typed and not saved", () => {
    const points = fanPoints(view, { raw: false, pending: new Map([["2026-11-23", 30]]) });
    expect(points.map((point) => point.pending)).toEqual([null, null, null, null, 30]);
  });
});

test("a phone shows the last weeks of history and the whole forecast", () => {
  const points = Array.from({ length: 120 }, () => fanPoints(view, { raw: false })).flat();
  const cut = fitting(points, 500, 320);
  expect(cut.split).toBe(42);
  expect(cut.points).toHaveLength(100 + 42);
  expect(fitting(points, 500, 1200).split).toBe(500);
});
