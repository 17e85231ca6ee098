import { lazy, Suspense } from "react";
import type { Card, Metric, MetricRows } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Card as Panel } from "../../components/Card";
import { varianceScale } from "../../components/chart/Variance";
import { type Column, DataTable } from "../../components/DataTable";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf } from "../../lib/magnitude";
import * as columns from "./columns";
import styles from "./Dashboard.module.css";
import { Kpis } from "./Kpis";
import { useMetricRows, useMetrics } from "./queries";
import { periodWords } from "./sentence";
import { grainFor, seriesOf } from "./series";
import { ChartsSkeleton, DashboardSkeleton } from "./skeletons";
import { Tickets } from "./Tickets";
import type { ViewControls } from "./useView";
import { comparisonOf, filters } from "./view";

const RevenueChart = lazy(() => import("./charts").then((charts) => ({ default: charts.RevenueChart })));

const WANTED = ["revenue", "units", "average-price", "discount-rate", "gross-margin", "margin-rate"];

function cardsOf(totals: MetricRows["totals"], known: readonly Metric[], series: MetricRows["rows"]): Card[] {
  return WANTED.flatMap((name) => {
    const metric = known.find((candidate) => candidate.name === name);
    const value = totals.values[name];
    if (!metric || value === undefined) return [];
    const compare = totals.compare?.[name] ?? null;
    const delta =
      value === null || compare === null
        ? null
        : metric.unit === "percent"
          ? value - compare
          : compare === 0
            ? null
            : (value - compare) / compare;
    const { label, unit, goodDirection } = metric;
    const course = series.map((row) => row.values[name] ?? null);
    return [
      { metric: name, label, unit, goodDirection, value, compare, delta, objective: null, series: course },
    ];
  });
}

/** One product: what it sold, where, and the tickets it is on. */
export function ProductView({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view, period, open } = controls;
  const comparison = comparisonOf(view);
  const metrics = useMetrics().data?.items;
  const asked = filters(view, period);
  const compare = asked["compare"] === "objective" ? "none" : asked["compare"];
  const where = { ...asked, compare, category: undefined, product: view.art };
  const grain = grainFor(period);
  const names = WANTED.filter((name) => metrics?.some((metric) => metric.name === name));
  const course = useMetricRows({ ...where, metrics: names.length ? names : ["revenue"], by: [grain] });
  // Every store, also from within one: the question at this level is where else it sells.
  const stores = useMetricRows({
    ...where,
    store: undefined,
    region: undefined,
    metrics: ["revenue", "units"],
    by: ["store"],
  });
  const rows = (stores.data?.rows ?? [])
    .map((row) => {
      const [revenue, before] = [row.values["revenue"] ?? null, row.compare?.["revenue"] ?? null];
      const code = row.keys["store"] ?? "";
      const delta = revenue !== null && before ? (revenue - before) / before : null;
      return { code, name: row.labels["store"] ?? code, revenue, compare: before, delta };
    })
    .sort((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0));
  const list: Column<columns.Ranked>[] = [
    columns.nameColumn(t("ranking.store"), view, (row) => ({ mag: row.code })),
    columns.revenueColumn(t, magnitudeOf(rows.map((row) => row.revenue))),
  ];
  const reference = compare === "none" ? null : t(`reference.${comparison}`);
  if (reference)
    list.push(
      columns.varianceColumn(
        t("ranking.variance", { reference }),
        varianceScale(rows.map((row) => row.delta)),
      ),
    );
  return (
    <Async
      query={course}
      skeleton={<DashboardSkeleton />}
      isEmpty={(data) => data.rows.length === 0}
      empty={<Empty icon="catalogue" title={t("products.none")} />}
    >
      {(data) => (
        <>
          <Kpis
            cards={cardsOf(data.totals, metrics ?? [], data.rows)}
            reference={reference}
            period={periodWords(t, period)}
          />
          <div className={styles.charts}>
            <Suspense fallback={<ChartsSkeleton />}>
              <RevenueChart grain={grain} controls={controls} series={seriesOf(data.rows, grain, period)} />
            </Suspense>
            <Panel title={t("ranking.stores")}>
              <Async query={stores} skeleton={<SkeletonRows rows={10} />}>
                {() => (
                  <DataTable
                    caption={t("ranking.stores")}
                    columns={list}
                    rows={rows}
                    rowKey={(row) => row.code}
                    selected={view.mag}
                    onOpen={(row) => open({ mag: row.code })}
                  />
                )}
              </Async>
            </Panel>
          </div>
          <Tickets controls={controls} />
        </>
      )}
    </Async>
  );
}
