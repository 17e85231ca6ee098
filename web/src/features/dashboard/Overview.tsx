import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useCan } from "../../api/session";
import type { Dashboard } from "../../api/types";
import { Empty } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { formatDay, monthOf } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import { Categories } from "./Categories";
import styles from "./Dashboard.module.css";
import { Kpis } from "./Kpis";
import { Ranking } from "./Ranking";
import { periodWords } from "./sentence";
import { ChartsSkeleton } from "./skeletons";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

const Products = lazy(() => import("./deeper").then((deeper) => ({ default: deeper.Products })));
const Tickets = lazy(() => import("./deeper").then((deeper) => ({ default: deeper.Tickets })));
const RevenueChart = lazy(() => import("./charts").then((charts) => ({ default: charts.RevenueChart })));
const HourChart = lazy(() => import("./charts").then((charts) => ({ default: charts.HourChart })));
const SalesHeat = lazy(() => import("./charts").then((charts) => ({ default: charts.SalesHeat })));

function NoSales({ data, controls }: { data: Dashboard; controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const can = useCan();
  const last = data.watermark.dataThrough;
  return (
    <Empty
      icon="sales"
      title={t("empty.title")}
      action={
        <div className={styles.choices}>
          {last && (
            <Button variant="primary" onClick={() => controls.adjust({ p: monthOf(last) })}>
              {t("empty.last")}
            </Button>
          )}
          {can("imports.run") && (
            <Link to={"/imports" as string} className={buttonClass(last ? "default" : "primary")}>
              {t("empty.import")}
            </Link>
          )}
        </div>
      }
    >
      {last ? t("empty.text", { day: formatDay(last, "long") }) : t("empty.never")}
    </Empty>
  );
}

/** Group, region, store or category: numbers first, charts as soon as their code is here. */
export function Overview({ data, controls }: { data: Dashboard; controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view, period } = controls;
  const comparison = comparisonOf(view);
  const sold = data.cards.some(
    (card) => card.metric === "revenue" && card.value !== null && card.value !== 0,
  );
  if (!sold && !data.daily.some((point) => point.actual)) return <NoSales data={data} controls={controls} />;
  const single = data.stores.length === 1;
  const oneDay = period.from === period.to;
  // One day has one column: its hours say more.
  const byHour = oneDay && data.heat.length > 0;
  const wholeHeat = view.cat !== undefined && data.heatCoversAllCategories;
  return (
    <>
      <Kpis
        cards={data.cards}
        reference={comparison === "non" ? null : t(`reference.${comparison}`)}
        period={periodWords(t, period)}
        landing={data.landing}
      />
      <Suspense fallback={<ChartsSkeleton />}>
        <div className={styles.charts}>
          {byHour ? (
            <HourChart cells={data.heat} whole={wholeHeat} period={period} />
          ) : (
            <RevenueChart series={data.daily} grain={data.seriesGrain} controls={controls} />
          )}
          {byHour && data.categories.length > 0 ? (
            <Categories data={data} controls={controls} />
          ) : (
            <SalesHeat cells={data.heat} whole={wholeHeat} />
          )}
        </div>
      </Suspense>
      <div className={styles.tables}>
        {!single && <Ranking data={data} controls={controls} />}
        {!byHour && data.categories.length > 0 && <Categories data={data} controls={controls} />}
        {(single || view.cat) && (
          <Suspense>
            <Products controls={controls} />
            {single && oneDay && <Tickets controls={controls} />}
          </Suspense>
        )}
      </div>
    </>
  );
}
