import type { Drill } from "../../api/types";
import { Tag } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { formatTook } from "../../lib/ago";
import { formatInstant } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";

const columns = (t: T): Column<Drill>[] => [
  { key: "when", header: t("service.column.when"), cell: (drill) => formatInstant(drill.at) },
  {
    key: "result",
    header: t("service.column.result"),
    cell: (drill) => (
      <Tag tone={drill.good ? "good" : "bad"}>{t(drill.good ? "service.good" : "service.failed")}</Tag>
    ),
  },
  {
    key: "rpo",
    header: t("service.column.rpo"),
    align: "end",
    cell: (drill) => formatTook(drill.rpoSeconds),
  },
  {
    key: "rto",
    header: t("service.column.rto"),
    align: "end",
    cell: (drill) => formatTook(drill.rtoSeconds),
  },
];

export function Drills({ drills }: { drills: readonly Drill[] }) {
  const { t } = useTranslation("admin");
  return (
    <DataTable
      caption={t("service.drills")}
      columns={columns(t)}
      rows={drills}
      rowKey={(drill) => drill.at}
    />
  );
}
