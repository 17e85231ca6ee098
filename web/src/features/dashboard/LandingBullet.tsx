import styles from "./Kpis.module.css";
import type { Landing } from "./landing";

const HEIGHT = 22;

/** The month on one line: sold so far solid, where it ends as a band, its middle and the objective as ticks. The words beside say the same. */
export function LandingBullet({ landing }: { landing: Landing }) {
  const full = Math.max(landing.objective, landing.p90, landing.soFar) * 1.08 || 1;
  const at = (amount: number) => `${(Math.max(0, amount) / full) * 100}%`;
  return (
    <svg width="100%" height={HEIGHT} aria-hidden="true" display="block">
      <rect y="8" width="100%" height="6" rx="2" fill="var(--line)" />
      <rect
        className={styles.band}
        x={at(landing.p10)}
        y="5"
        width={`${(Math.max(0, landing.p90 - landing.p10) / full) * 100}%`}
        height="12"
        rx="2"
      />
      <rect y="8" width={at(landing.soFar)} height="6" rx="2" fill="var(--actual)" />
      <rect x={at(landing.p50)} y="5" width="2" height="12" fill="var(--forecast)" />
      <rect x={at(landing.objective)} y="0" width="2" height={HEIGHT} fill="var(--accent)" />
    </svg>
  );
}
