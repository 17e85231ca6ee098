import type { MetricRows } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { varianceScale } from "../../components/chart/Variance";
import { type Column, DataTable, exportRows } from "../../components/DataTable";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf } from "../../lib/magnitude";
import * as columns from "./columns";
import { useMetricRows } from "./queries";
import type { ViewControls } from "./useView";
import { comparisonOf, filters } from "./view";

interface ProductRow extends columns.Ranked {
  units: number | null;
}
const SHOWN = 40;

function toRows(answer: MetricRows): ProductRow[] {
  return answer.rows
    .map((row) => {
      const [revenue, compare] = [row.values["revenue"] ?? null, row.compare?.["revenue"] ?? null];
      return {
        code: row.keys["product"] ?? "",
        name: row.labels["product"] ?? row.keys["product"] ?? "",
        revenue,
        compare,
        delta: revenue !== null && compare ? (revenue - compare) / compare : null,
        units: row.values["units"] ?? null,
      };
    })
    .sort((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0));
}

export function Products({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view, period, open } = controls;
  const comparison = comparisonOf(view);
  const asked = filters(view, period);
  // There is no objective per product: those rows stand alone.
  const compare = asked["compare"] === "objective" ? "none" : asked["compare"];
  const query = useMetricRows({ ...asked, compare, metrics: ["revenue", "units"], by: ["product"] });
  const rows = query.data ? toRows(query.data) : [];
  const shown = rows.slice(0, SHOWN);
  const list: Column<ProductRow>[] = [
    columns.nameColumn(t("products.name"), view, (row) => ({ art: row.code })),
    columns.revenueColumn(t, magnitudeOf(shown.map((row) => row.revenue))),
  ];
  if (comparison !== "non" && comparison !== "obj") {
    const header = t("ranking.variance", { reference: t(`reference.${comparison}`) });
    list.push(columns.varianceColumn(header, varianceScale(shown.map((row) => row.delta))));
  }
  list.push({
    key: "units",
    header: t("products.units"),
    align: "end",
    wide: true,
    value: (row) => row.units,
    cell: (row) => formatNumber(row.units),
  });
  const title = t("products.title");
  return (
    <Card
      title={title}
      sentence={
        rows.length > SHOWN
          ? t("products.first", { shown: SHOWN, total: formatNumber(rows.length) })
          : rows.length > 0 && t("products.sentence", { count: rows.length })
      }
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
      <Async
        query={query}
        skeleton={<SkeletonRows rows={10} />}
        isEmpty={() => rows.length === 0}
        empty={<Empty icon="catalogue" title={t("products.none")} />}
      >
        {() => (
          <DataTable
            caption={title}
            columns={list}
            rows={shown}
            rowKey={(row) => row.code}
            onOpen={(row) => open({ art: row.code })}
          />
        )}
      </Async>
    </Card>
  );
}
