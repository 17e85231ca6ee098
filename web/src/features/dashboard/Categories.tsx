import type { CategoryRow, Dashboard } from "../../api/types";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { varianceScale } from "../../components/chart/Variance";
import { type Column, DataTable, exportRows } from "../../components/DataTable";
import { formatPercent } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf } from "../../lib/magnitude";
import * as columns from "./columns";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

export function Categories({ data, controls }: { data: Dashboard; controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view, open } = controls;
  const comparison = comparisonOf(view);
  const rows = [...data.categories].sort((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0));
  const magnitude = magnitudeOf(rows.map((row) => row.revenue));
  const into = (row: CategoryRow) => ({ cat: row.code });
  const list: Column<CategoryRow>[] = [
    columns.nameColumn(t("categories.name"), view, into),
    columns.revenueColumn(t, magnitude),
  ];
  if (comparison !== "non") {
    const header = t("ranking.variance", { reference: t(`reference.${comparison}`) });
    list.push(columns.varianceColumn(header, varianceScale(rows.map((row) => row.delta))));
  }
  if (rows.some((row) => row.marginRate !== null)) list.push(columns.marginColumn(t));
  list.push(columns.shareColumn(t));
  const first = rows[0];
  const title = t("categories.title");
  return (
    <Card
      title={title}
      sentence={first && t("categories.sentence", { name: first.name, share: formatPercent(first.share, 0) })}
      tools={
        <Button
          variant="quiet"
          size="small"
          icon="download"
          aria-label={`${t("components:chart.csv")} · ${title}`}
          title={t("components:chart.csv")}
          onClick={() => exportRows(title, list, rows)}
        />
      }
    >
      <DataTable
        caption={title}
        columns={list}
        rows={rows}
        rowKey={(row) => row.code}
        onOpen={(row) => open(into(row))}
      />
    </Card>
  );
}
