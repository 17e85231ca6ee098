import { Link } from "@tanstack/react-router";
import { meaningOf } from "../../components/chart/Variance";
import type { Column } from "../../components/DataTable";
import { cx } from "../../lib/class";
import { currencySymbol, formatPercent, formatVariance } from "../../lib/format";
import type { T } from "../../lib/i18n";
import { magnitudeOf, moneyUnit } from "../../lib/magnitude";
import styles from "./Forecast.module.css";
import { Chips, RangeMark } from "./Marks";
import type { ForecastRow } from "./shapes";
import type { PlaceView } from "./view";
import { chipsOf, formatRange, formatUnits } from "./words";

const nothing = <span className="muted">—</span>;

export function listColumns(t: T, rows: readonly ForecastRow[], place: PlaceView, days: number) {
  const money = magnitudeOf(rows.map((row) => row.value));
  const list: Column<ForecastRow>[] = [
    {
      key: "name",
      header: t("column.product"),
      value: (row) => row.name,
      cell: (row) => (
        <>
          <Link
            to="/previsions/article/$sku"
            params={{ sku: row.sku }}
            search={place}
            className={styles.name}
          >
            {row.name}
          </Link>
          <Chips chips={chipsOf(t, row)} sku={row.sku} />
          <small className={styles.under}>
            {row.sku} {row.category && `· ${row.category.name}`}
          </small>
        </>
      ),
    },
    {
      key: "category",
      header: t("column.category"),
      wide: true,
      value: (row) => row.category?.name ?? null,
      cell: (row) => row.category?.name ?? nothing,
    },
    {
      key: "next",
      header: t("column.next", { days }),
      align: "end",
      value: (row) => row.next.mean,
      cell: (row) =>
        row.state === "none" ? (
          nothing
        ) : (
          <span className={styles.next}>
            <b>{formatUnits(row.next.mean)}</b>
            <small>{formatRange(t, row.next)}</small>
          </span>
        ),
    },
    {
      key: "range",
      header: t("column.range"),
      wide: true,
      cell: (row) => <RangeMark {...row.next} />,
    },
    {
      key: "change",
      header: t("column.change"),
      align: "end",
      wide: true,
      value: (row) => row.change,
      cell: (row) =>
        row.change === null ? (
          nothing
        ) : (
          <span className={meaningOf(row.change)}>{formatVariance(row.change)}</span>
        ),
    },
    {
      key: "value",
      header: t("column.value", { unit: moneyUnit(money) || currencySymbol() }),
      align: "end",
      value: (row) => row.value,
      cell: (row) => money.write(row.value),
    },
    {
      key: "error",
      header: t("column.error"),
      align: "end",
      value: (row) => row.accuracy?.wape ?? null,
      cell: (row) =>
        row.accuracy === null ? (
          <span className="muted">{t("untested")}</span>
        ) : (
          <span className={styles.error}>
            {formatPercent(row.accuracy.wape, 0)}
            {row.beatsNaive !== null && (
              <small className={cx(row.beatsNaive ? "good" : "bad")}>
                {t(row.beatsNaive ? "beats" : "loses")}
              </small>
            )}
          </span>
        ),
    },
    {
      key: "model",
      header: t("column.model"),
      wide: true,
      value: (row) => row.model,
      cell: (row) => <span className={styles.model}>{row.model}</span>,
    },
  ];
  return list;
}
