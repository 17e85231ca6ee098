import type { Dashboard, RegionRow, StoreRow } from "../../api/types";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { varianceScale } from "../../components/chart/Variance";
import { type Column, DataTable, exportRows } from "../../components/DataTable";
import { Segmented } from "../../components/Segmented";
import { formatNumber, formatPercent } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf } from "../../lib/magnitude";
import * as columns from "./columns";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

const DEFAULT_SORT = "-revenue";

interface RankingProps {
  data: Dashboard;
  controls: ViewControls;
}

/** Twelve stores compared without scrolling: who is ahead, of last year and of the objective. */
export function Ranking({ data, controls }: RankingProps) {
  const { t } = useTranslation("dashboard");
  const { view, adjust, open } = controls;
  const comparison = comparisonOf(view);
  const byRegion = view.par === "region" && data.regions.length > 1;
  const rows: readonly (StoreRow | RegionRow)[] = byRegion ? data.regions : data.stores;
  const magnitude = magnitudeOf(rows.map((row) => row.revenue));
  const into = (row: StoreRow | RegionRow) =>
    "region" in row ? { reg: row.region, mag: row.code } : { reg: row.code, par: undefined };
  const seesMargin = data.stores.some((row) => row.marginRate !== null);
  const list: Column<StoreRow | RegionRow>[] = [
    columns.nameColumn(byRegion ? t("ranking.region") : t("ranking.store"), view, into),
    columns.revenueColumn(t, magnitude),
  ];
  if (comparison !== "non") {
    const header = t("ranking.variance", { reference: t(`reference.${comparison}`) });
    list.push(columns.varianceColumn(header, varianceScale(rows.map((row) => row.delta))));
  }
  list.push(columns.attainmentColumn(t));
  const storeOnly = [
    ...(seesMargin ? [columns.marginColumn<StoreRow>(t)] : []),
    columns.courseColumn<StoreRow>(t),
  ];
  const shown = (byRegion ? [...list, columns.shareColumn<RegionRow>(t)] : [...list, ...storeOnly]) as Column<
    StoreRow | RegionRow
  >[];
  const judged = rows.filter((row) => row.attainment !== null);
  const above = judged.filter((row) => (row.attainment ?? 0) >= 1).length;
  const leader = data.stores[0];
  const title = byRegion ? t("ranking.regions") : t("ranking.stores");
  return (
    <Card
      title={title}
      sentence={
        judged.length > 0
          ? t("ranking.sentence", { above: formatNumber(above), below: formatNumber(judged.length - above) })
          : leader && t("ranking.leader", { name: leader.name, share: formatPercent(leader.share, 0) })
      }
      tools={
        <>
          {data.regions.length > 1 && !view.reg && (
            <Segmented
              label={t("ranking.by")}
              value={byRegion ? "region" : "store"}
              options={[
                { value: "store", label: t("ranking.stores") },
                { value: "region", label: t("ranking.regions") },
              ]}
              onChange={(by) => adjust({ par: by === "region" ? "region" : undefined, tri: undefined }, true)}
            />
          )}
          <Button
            variant="quiet"
            size="small"
            icon="download"
            aria-label={`${t("components:chart.csv")} · ${title}`}
            title={t("components:chart.csv")}
            onClick={() => exportRows(title, shown, rows)}
          />
        </>
      }
    >
      <DataTable
        caption={title}
        columns={shown}
        rows={rows}
        rowKey={(row) => row.code}
        sort={view.tri ?? DEFAULT_SORT}
        onSort={(tri) => adjust({ tri: tri === DEFAULT_SORT ? undefined : tri }, true)}
        onOpen={(row) => open(into(row))}
      />
    </Card>
  );
}
