import { Link } from "@tanstack/react-router";
import { Tag } from "../../components/Card";
import styles from "./Forecast.module.css";
import type { Spread } from "./shapes";
import { type Chip, OUTLIERS } from "./words";

export function Chips({ chips, sku }: { chips: readonly Chip[]; sku: string }) {
  return (
    <span className={styles.chips}>
      {chips.map((chip) => {
        const tag = (
          <Tag key={chip.key} tone={chip.tone}>
            {chip.text}
          </Tag>
        );
        if (chip.key !== OUTLIERS) return tag;
        return (
          <Link key={chip.key} to="/previsions/anomalies" search={{ art: sku }} className={styles.chip}>
            {tag}
          </Link>
        );
      })}
    </span>
  );
}

const WIDTH = 64;

/** How wide the band is for what is expected, the same scale for every row: from nothing to twice as much. */
export function RangeMark({ mean, p10, p90 }: { mean: number; p10: number; p90: number }) {
  if (mean <= 0) return null;
  const x = (value: number) => Math.max(0, Math.min(WIDTH, (value / mean / 2) * WIDTH));
  return (
    <svg width={WIDTH} height="10" className={styles.range} aria-hidden="true">
      <path d={`M0 5H${WIDTH}`} stroke="var(--line-strong)" />
      <rect x={x(p10)} y="2" width={Math.max(1, x(p90) - x(p10))} height="6" fill="var(--previous)" />
      <path d={`M${WIDTH / 2} 0V10`} stroke="var(--actual)" strokeWidth="1.6" />
    </svg>
  );
}

const CONTEXT = 110;

/** What was sold against what was expected of the day. */
export function Against({ units, expected }: { units: number; expected: Spread }) {
  const top = Math.max(units, expected.p90, 1) * 1.05;
  const x = (value: number) => (Math.max(0, value) / top) * CONTEXT;
  return (
    <svg width={CONTEXT} height="14" className={styles.range} aria-hidden="true">
      <path d={`M0 7H${CONTEXT}`} stroke="var(--line-strong)" />
      <rect
        x={x(expected.p10)}
        y="3"
        width={Math.max(1, x(expected.p90) - x(expected.p10))}
        height="8"
        fill="var(--previous)"
      />
      <path d={`M${x(expected.p50)} 1V13`} stroke="var(--forecast)" strokeWidth="1.6" />
      <circle cx={Math.max(4, Math.min(CONTEXT - 4, x(units)))} cy="7" r="3.6" fill="var(--warn)" />
    </svg>
  );
}
