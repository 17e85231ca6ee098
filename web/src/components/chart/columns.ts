import { scaleBand, scaleLinear } from "d3-scale";

export interface ColumnPoint {
  key: string;
  /** Under the axis. */
  tick: string;
  title: string;
  actual: number | null;
  compare: number | null;
  objective: number | null;
  shaded?: boolean;
}

export interface Layout {
  x: (index: number) => number;
  step: number;
  bar: number;
  y: (value: number) => number;
  ticks: number[];
  base: number;
  top: number;
  left: number;
  right: number;
  /** The strip of variances under the columns; null without a comparison. */
  strip: { middle: number; half: number; y: (delta: number) => number } | null;
  /** Every how many columns a tick is written, so that labels never touch. */
  every: number;
  axisY: number;
}

const LEFT = 38;
const RIGHT = 4;
const TOP = 16;
const AXIS = 20;
const STRIP = 38;
const LABEL = 30;
const WIDEST = 120;

export function layout(points: readonly ColumnPoint[], width: number, height: number): Layout {
  const compared = points.some((point) => point.compare !== null && point.actual !== null);
  const base = height - AXIS - (compared ? STRIP : 0);
  // A week of columns does not become a wall: they stay columns, from the left.
  const right = Math.min(width - RIGHT, LEFT + points.length * WIDEST);
  const band = scaleBand<number>(
    points.map((_, index) => index),
    [LEFT, right],
  ).paddingInner(0.22);
  const values = points.flatMap((point) => [point.actual, point.compare, point.objective]);
  const y = scaleLinear(
    [Math.min(0, ...values.map((value) => value ?? 0)), Math.max(1, ...values.map((value) => value ?? 0))],
    [base, TOP],
  ).nice(4);
  const deltas = points.map((point) =>
    point.actual === null || point.compare === null ? 0 : point.actual - point.compare,
  );
  const largest = Math.max(1, ...deltas.map(Math.abs));
  const half = STRIP / 2 - 5;
  const middle = base + AXIS + STRIP / 2 - 1;
  return {
    x: (index) => band(index) ?? 0,
    step: band.step(),
    bar: band.bandwidth(),
    y,
    ticks: y.ticks(4),
    base,
    top: TOP,
    left: LEFT,
    right: width - RIGHT,
    strip: compared ? { middle, half, y: (delta) => (delta / largest) * half } : null,
    every: Math.max(1, Math.ceil(LABEL / band.step())),
    axisY: base + 14,
  };
}
