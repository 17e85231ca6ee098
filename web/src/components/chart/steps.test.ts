import { expect, test } from "vitest";
import { bridge, bridgeLayout, shortened } from "./steps";

const steps = [
  { key: "level", label: "Niveau", value: 1000 },
  { key: "season", label: "Saison", value: -240.5 },
  { key: "event", label: "Tabaski", value: 310.25 },
];

test("each bar begins where the one before ended, and the last end is the total", () => {
  const { bars, total } = bridge(steps);
  expect(bars.map((bar) => [bar.from, bar.to])).toEqual([
    [0, 1000],
    [1000, 759.5],
    [759.5, 1069.75],
  ]);
  expect(total).toBe(1069.75);
});
test("bars stay right of their labels and leave room for their figures", () => {
  for (const width of [300, 900]) {
    const { bars } = bridge(steps);
    const chart = bridgeLayout(bars, width);
    expect(chart.x(0)).toBeGreaterThanOrEqual(chart.labels);
    expect(chart.x(1069.75)).toBeLessThanOrEqual(width - 56);
  }
});
test("a label that does not fit is cut, and one that does is left", () => {
  expect(shortened("Tabaski", 120)).toBe("Tabaski");
  expect(shortened("Black Friday, Jours de paie", 120)).toBe("Black Friday, Jours…");
});
test("a forecast of nothing is drawn as nothing", () => {
  const { bars, total } = bridge([{ key: "level", label: "Niveau", value: 0 }]);
  expect(total).toBe(0);
  expect(Number.isFinite(bridgeLayout(bars, 400).x(0))).toBe(true);
});
