import { Skeleton, SkeletonRows } from "../../components/Async";
import { Card } from "../../components/Card";
import styles from "./Dashboard.module.css";
import kpis from "./Kpis.module.css";

const CARDS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function ChartsSkeleton() {
  return (
    <div className={styles.charts}>
      <Card>
        <Skeleton height={234} />
      </Card>
      <Card>
        <Skeleton height={234} />
      </Card>
    </div>
  );
}

/** The shape of what is coming, so that nothing jumps when it comes. */
export function DashboardSkeleton() {
  return (
    <>
      <div className={kpis.kpis} style={{ "--cards": CARDS.length } as React.CSSProperties}>
        {CARDS.map((card) => (
          <div key={card} className={kpis.kpi}>
            <Skeleton width="60%" height={12} />
            <div className={styles.gap}>
              <Skeleton width="80%" height={28} />
            </div>
            <Skeleton height={42} />
          </div>
        ))}
      </div>
      <ChartsSkeleton />
      <div className={styles.tables}>
        <Card>
          <SkeletonRows rows={12} />
        </Card>
        <Card>
          <SkeletonRows rows={8} />
        </Card>
      </div>
    </>
  );
}
