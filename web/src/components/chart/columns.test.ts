import { describe, expect, test } from "vitest";
import { type ColumnPoint, layout } from "./columns";
import { meaningOf, varianceScale } from "./Variance";

const point = (index: number, actual: number | null, compare: number | null = null): ColumnPoint => ({
  key: String(index),
  tick: String(index),
  title: String(index),
  actual,
  compare,
  objective: null,
});

describe("columns", () => {
  const points = Array.from({ length: 30 }, (_, index) => point(index, 10 + index, 12 + index));

  test("start at zero, and the largest value stays below the top", () => {
    const chart = layout(points, 800, 240);
    expect(chart.y(0)).toBe(chart.base);
    expect(chart.y(41)).toBeGreaterThanOrEqual(chart.top);
    expect(chart.ticks[0]).toBe(0);
  });
  test("run left to right inside the frame", () => {
    const chart = layout(points, 800, 240);
    expect(chart.x(0)).toBeGreaterThanOrEqual(chart.left);
    expect(chart.x(29) + chart.bar).toBeLessThanOrEqual(chart.right + 0.01);
    expect(chart.x(1)).toBeGreaterThan(chart.x(0) + chart.bar);
  });
  test("write fewer ticks when they would touch", () => {
    expect(layout(points, 1600, 240).every).toBe(1);
    expect(layout(points, 320, 240).every).toBeGreaterThan(2);
  });
  test("give the room of the variances back when nothing is compared", () => {
    expect(layout([point(0, 1)], 800, 240).strip).toBeNull();
    expect(layout([point(0, 1)], 800, 240).base).toBeGreaterThan(layout(points, 800, 240).base);
  });
  test("go below zero when returns exceed sales", () => {
    const chart = layout([point(0, -5), point(1, 10)], 400, 240);
    expect(chart.y(-5)).toBeLessThanOrEqual(chart.base);
    expect(chart.y(-5)).toBeGreaterThan(chart.y(0));
  });
  test("draw nothing as an empty frame, without failing", () => {
    expect(layout([], 400, 240).ticks.length).toBeGreaterThan(0);
  });
});

describe("the meaning of a variance", () => {
  test("depends on which way is good", () => {
    expect(meaningOf(0.02, "up")).toBe("good");
    expect(meaningOf(0.02, "down")).toBe("bad");
    expect(meaningOf(-0.02, "down")).toBe("good");
  });
  test("is neither when it rounds to nothing or was not measured", () => {
    expect(meaningOf(0.0001)).toBe("muted");
    expect(meaningOf(null)).toBe("muted");
  });
  test("keeps its bars readable beside one store that tripled", () => {
    expect(varianceScale([0.02, 0.03, -0.04, 0.05, 2])).toBeLessThan(0.2);
    expect(varianceScale([])).toBeGreaterThan(0);
  });
});
