import { cx } from "../../lib/class";
import { formatPoints, formatVariance } from "../../lib/format";
import styles from "./marks.module.css";

export type Good = "up" | "down";
export type Meaning = "good" | "bad" | "muted";

/** Good or bad depends on the figure: costs going up is bad. Nothing under half a tenth is either. */
export function meaningOf(delta: number | null | undefined, good: Good = "up"): Meaning {
  if (delta === null || delta === undefined || Math.abs(delta) < 0.0005) return "muted";
  return delta > 0 === (good === "up") ? "good" : "bad";
}

interface DeltaProps {
  delta: number | null;
  good?: Good;
  /** The difference of two rates reads in points. */
  points?: boolean;
}

export function Delta({ delta, good, points }: DeltaProps) {
  if (delta === null) return null;
  return (
    <span className={cx(styles.delta, meaningOf(delta, good))}>
      {points ? formatPoints(delta) : formatVariance(delta)}
    </span>
  );
}

interface VarianceBarProps {
  delta: number | null;
  /** The largest variance of the column, so that the bars compare. */
  scale: number;
  good?: Good;
}

const HALF = 24;
const TEXT = 44;
const WIDTH = 2 * (HALF + TEXT);

/** A bar from a middle axis, its figure on the other side: sign, length and colour all say the same. */
export function VarianceBar({ delta, scale, good }: VarianceBarProps) {
  if (delta === null) return <span className="muted">—</span>;
  const length = Math.max(1, (Math.min(Math.abs(delta), scale) / (scale || 1)) * HALF);
  const middle = HALF + TEXT;
  const meaning = meaningOf(delta, good);
  const down = delta < 0;
  return (
    <>
      <span className={cx(styles.delta, styles.small, meaning)}>{formatVariance(delta)}</span>
      <svg width={WIDTH} height="16" className={styles.variance} aria-hidden="true">
        <path d={`M${middle} 0v16`} stroke="var(--line-strong)" />
        <rect
          x={down ? middle - length : middle}
          y="4"
          width={length}
          height="8"
          fill={meaning === "muted" ? "var(--previous)" : `var(--${meaning})`}
        />
        <text x={down ? middle + 5 : middle - 5} y="12" textAnchor={down ? "start" : "end"}>
          {formatVariance(delta)}
        </text>
      </svg>
    </>
  );
}

/** How far a few huge variances (a store that opened last year) may stretch the bars of the others. */
export function varianceScale(deltas: readonly (number | null)[]): number {
  const sizes = deltas
    .filter((delta) => delta !== null)
    .map((delta) => Math.abs(delta))
    .sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length * 0.75)] ?? 0;
  return Math.max(0.02, Math.min(sizes.at(-1) ?? 0, typical * 2));
}

/** Actual against its target: the bar, and the target as a tick. `value` is the part attained. */
export function Bullet({ value, height = 14 }: { value: number | null; height?: number }) {
  if (value === null) return null;
  const full = 1.25;
  const share = Math.min(value, full) / full;
  return (
    <svg width="100%" height={height} aria-hidden="true" display="block">
      <rect y={height / 2 - 3} width="100%" height="6" rx="2" fill="var(--line)" />
      <rect y={height / 2 - 3} width={`${share * 100}%`} height="6" rx="2" fill="var(--actual)" />
      <rect x={`${100 / full}%`} y="0" width="2" height={height} fill="var(--accent)" />
    </svg>
  );
}
