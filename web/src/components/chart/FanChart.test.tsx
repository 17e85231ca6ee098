import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { FanChart } from "./FanChart";
import type { FanPoint } from "./fan";

const POINTS: FanPoint[] = ["19", "20", "21", "22", "23"].map((day, index) => ({
  key: `2026-11-${day}`,
  tick: day,
  actual: index < 2 ? 10 : null,
  corrected: index === 1 ? 10 : null,
  middle: index < 2 ? null : 12,
  band: index < 2 ? null : [8, 15],
  reference: index < 2 ? null : 11,
  base: index === 4 ? 9 : null,
  pending: null,
  mark: index === 3 ? "Gamou" : null,
  shaded: false,
}));

const shown = (onBrush?: (from: FanPoint, to: FanPoint) => void) => {
  const { container } = render(
    <FanChart
      label="Ventes et prévision"
      points={POINTS}
      width={600}
      height={200}
      unit="unités"
      note="couvert 81 % sur 4 essais, promis 80 %"
      split={2}
      splitLabel="prévu"
      tell={(point) => ({ title: point.key, lines: [{ label: "P50", value: String(point.middle) }] })}
      onBrush={onBrush}
    />,
  );
  const point = (index: number) =>
    container.querySelector<SVGGElement>(`[data-point="${index}"]`) as SVGGElement;
  return { container, point };
};
afterEach(cleanup);

test("the band stands beside how often it held", () => {
  const { container } = shown();
  expect(container.querySelector("[data-coverage]")?.textContent).toBe(
    "couvert 81 % sur 4 essais, promis 80 %",
  );
  expect(container.textContent).toContain("Gamou");
});
test("every day can be read by keyboard, from one tab stop", () => {
  const { container, point } = shown();
  expect(container.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  point(0).focus();
  fireEvent.keyDown(point(0), { key: "End" });
  expect(document.activeElement).toBe(point(4));
  expect(point(4).getAttribute("aria-label")).toBe("2026-11-23 : P50 12");
});
test("Shift and the arrows take several days, Enter hands them over", () => {
  const onBrush = vi.fn();
  const { point } = shown(onBrush);
  point(0).focus();
  fireEvent.keyDown(point(0), { key: "ArrowRight" });
  fireEvent.keyDown(point(1), { key: "ArrowRight" });
  fireEvent.keyDown(point(2), { key: "ArrowRight", shiftKey: true });
  fireEvent.keyDown(point(3), { key: "Enter" });
  expect(onBrush.mock.calls[0]?.map((taken: FanPoint) => taken.key)).toEqual(["2026-11-21", "2026-11-22"]);
});
