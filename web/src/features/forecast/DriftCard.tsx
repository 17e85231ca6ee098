import { Link } from "@tanstack/react-router";
import { Card } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { formatDay } from "../../lib/dates";
import { formatPercent } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import type { Drift } from "./shapes";

/** Where the forecast has begun to err more than it used to: one click from its product. */
export function DriftCard({ drift }: { drift: readonly Drift[] }) {
  const { t } = useTranslation("forecast");
  const columns: Column<Drift>[] = [
    {
      key: "product",
      header: t("column.product"),
      cell: (row) => (
        <>
          <Link
            to="/previsions/article/$sku"
            params={{ sku: row.sku }}
            search={{ mag: row.store.code }}
            className={styles.name}
          >
            {row.name}
          </Link>
          <small className="muted">{row.store.name}</small>
        </>
      ),
    },
    {
      key: "before",
      header: t("drift.before"),
      align: "end",
      cell: (row) => formatPercent(row.wapeBefore, 0),
    },
    {
      key: "now",
      header: t("drift.now"),
      align: "end",
      cell: (row) => <b className="bad">{formatPercent(row.wapeNow, 0)}</b>,
    },
    {
      key: "since",
      header: t("drift.since"),
      align: "end",
      wide: true,
      cell: (row) => formatDay(row.since, "short"),
    },
  ];
  return (
    <Card title={t("drift.title")} sentence={t("drift.sentence")} className={styles.block}>
      {drift.length === 0 ? (
        <p className="muted">{t("drift.none")}</p>
      ) : (
        <DataTable
          caption={t("drift.title")}
          columns={columns}
          rows={drift}
          rowKey={(row) => `${row.sku} ${row.store.code}`}
        />
      )}
    </Card>
  );
}
