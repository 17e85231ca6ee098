import { Link } from "@tanstack/react-router";
import { Spark } from "../../components/chart/Spark";
import { VarianceBar } from "../../components/chart/Variance";
import type { Column } from "../../components/DataTable";
import { cx } from "../../lib/class";
import { formatPercent } from "../../lib/format";
import type { T } from "../../lib/i18n";
import { type Magnitude, moneyUnit } from "../../lib/magnitude";
import styles from "./Dashboard.module.css";
import { drill, type View } from "./view";

/** What every ranked row has, whatever it ranks. */
export interface Ranked {
  code: string;
  name: string;
  revenue: number | null;
  compare: number | null;
  delta: number | null;
}

/** The name opens the level below; a real link, so that it can be opened in another tab. */
export function nameColumn<Row extends Ranked>(
  header: string,
  view: View,
  into: (row: Row) => Partial<View>,
): Column<Row> {
  return {
    key: "name",
    header,
    value: (row) => row.name,
    cell: (row) => (
      <Link to="/tdb" search={drill(view, into(row))} className={styles.name} resetScroll>
        {row.name}
      </Link>
    ),
  };
}

export function revenueColumn<Row extends Ranked>(t: T, magnitude: Magnitude): Column<Row> {
  return {
    key: "revenue",
    header: `${t("ranking.revenue")}, ${moneyUnit(magnitude)}`,
    align: "end",
    value: (row) => row.revenue,
    cell: (row) => <b className={styles.figure}>{magnitude.write(row.revenue)}</b>,
  };
}

export function varianceColumn<Row extends Ranked>(header: string, scale: number): Column<Row> {
  return {
    key: "delta",
    header,
    align: "end",
    value: (row) => row.delta,
    cell: (row) => <VarianceBar delta={row.delta} scale={scale} />,
  };
}

export function marginColumn<Row extends { marginRate: number | null }>(t: T): Column<Row> {
  return {
    key: "margin",
    header: t("ranking.margin"),
    align: "end",
    wide: true,
    value: (row) => row.marginRate,
    cell: (row) => (row.marginRate === null ? "—" : formatPercent(row.marginRate)),
  };
}

export function attainmentColumn<Row extends { attainment: number | null }>(t: T): Column<Row> {
  return {
    key: "attainment",
    header: t("ranking.attainment"),
    align: "end",
    value: (row) => row.attainment,
    cell: (row) =>
      row.attainment === null ? (
        <span className="muted">—</span>
      ) : (
        <span className={cx(row.attainment < 1 && "bad")}>{formatPercent(row.attainment, 0)}</span>
      ),
  };
}

export function shareColumn<Row extends { share: number | null }>(t: T): Column<Row> {
  return {
    key: "share",
    header: t("ranking.share"),
    align: "end",
    wide: true,
    value: (row) => row.share,
    cell: (row) => formatPercent(row.share, 0),
  };
}

export function courseColumn<Row extends { spark: (number | null)[] }>(t: T): Column<Row> {
  return {
    key: "course",
    header: t("ranking.course"),
    align: "end",
    wide: true,
    cell: (row) => (
      <span className={styles.spark}>
        <Spark values={row.spark} width={72} height={18} />
      </span>
    ),
  };
}
