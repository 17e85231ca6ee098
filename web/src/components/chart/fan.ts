import { scaleLinear } from "d3-scale";

export interface FanPoint {
  key: string;
  /** Under the axis. */
  tick: string;
  actual: number | null;
  /** Set where history was cleaned: the same value again, to be marked as not what was sold. */
  corrected: number | null;
  /** What is expected, and the band it falls into eight times out of ten. */
  middle: number | null;
  band: readonly [number, number] | null;
  /** The simple reference it has to beat. */
  reference: number | null;
  /** Before somebody changed it; null where nobody did. */
  base: number | null;
  /** What is being typed and not saved. */
  pending: number | null;
  /** A feast, named over its day. */
  mark: string | null;
  shaded: boolean;
}

export interface FanLayout {
  x: (index: number) => number;
  /** Where the day begins. */
  start: (index: number) => number;
  step: number;
  y: (value: number) => number;
  ticks: number[];
  top: number;
  base: number;
  left: number;
  right: number;
  every: number;
  axisY: number;
}

const LEFT = 40;
const RIGHT = 6;
const TOP = 34;
const AXIS = 20;
const LABEL = 40;
const WEEK = 7;

export function fanLayout(points: readonly FanPoint[], width: number, height: number): FanLayout {
  const [right, base] = [width - RIGHT, height - AXIS];
  const step = (right - LEFT) / Math.max(1, points.length);
  const values = points.flatMap((point) => [
    point.actual,
    point.corrected,
    point.middle,
    point.band?.[1] ?? null,
    point.reference,
    point.base,
    point.pending,
  ]);
  const known = values.filter((value): value is number => value !== null);
  const y = scaleLinear([Math.min(0, ...known), Math.max(0, ...known) || 1], [base, TOP]).nice(4);
  const fit = Math.max(1, Math.ceil(LABEL / step));
  return {
    x: (index) => LEFT + (index + 0.5) * step,
    start: (index) => LEFT + index * step,
    step,
    y,
    ticks: y.ticks(4),
    top: TOP,
    base,
    left: LEFT,
    right,
    // Labels a week apart fall on the same weekday.
    every: fit <= 2 ? fit : Math.ceil(fit / WEEK) * WEEK,
    axisY: base + 14,
  };
}

const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A line through what is known; a gap stays a gap, and a day alone between two gaps is still seen. */
export function linePath(values: readonly (number | null)[], { x, y }: Pick<FanLayout, "x" | "y">): string {
  let path = "";
  values.forEach((value, index) => {
    if (value === null) return;
    const begins = (values[index - 1] ?? null) === null;
    path += `${begins ? "M" : "L"}${at(x(index), y(value))}`;
    if (begins && (values[index + 1] ?? null) === null) path += "h.01";
  });
  return path;
}

/** The area between low and high, a shape for each unbroken stretch. */
export function bandPath(
  bands: readonly (readonly [number, number] | null)[],
  { x, y, step }: Pick<FanLayout, "x" | "y" | "step">,
): string {
  let path = "";
  for (let first = 0; first < bands.length; first++) {
    if (!bands[first]) continue;
    let last = first;
    while (bands[last + 1]) last++;
    const stretch = bands.slice(first, last + 1) as (readonly [number, number])[];
    const [begin, end] = [x(first) - step / 2, x(last) + step / 2];
    const upper = stretch.map(([, high], index) => at(x(first + index), y(high)));
    const lower = stretch.map(([low], index) => at(x(first + index), y(low))).reverse();
    const ends = (side: 0 | 1) => [
      at(begin, y(stretch[0]?.[side] ?? 0)),
      at(end, y(stretch.at(-1)?.[side] ?? 0)),
    ];
    const [top, bottom] = [ends(1), ends(0)];
    path += `M${[top[0], ...upper, top[1], bottom[1], ...lower, bottom[0]].join("L")}Z`;
    first = last;
  }
  return path;
}

/** Names over the days they belong to; of two that would touch, the first stands. */
export function placed(
  points: readonly FanPoint[],
  x: (index: number) => number,
  left: number,
  right: number,
): { index: number; x: number; text: string; anchor: "start" | "middle" | "end" }[] {
  const CHARACTER = 6.2;
  let free = left;
  return points.flatMap((point, index) => {
    if (!point.mark) return [];
    const half = (point.mark.length * CHARACTER) / 2;
    const middle = x(index);
    const anchor = middle + half > right ? "end" : middle - half < left ? "start" : "middle";
    const begin = middle - (anchor === "end" ? 2 * half : anchor === "start" ? 0 : half);
    if (begin < free) return [];
    free = begin + 2 * half + 8;
    return [{ index, x: middle, text: point.mark, anchor } as const];
  });
}
