import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../api/session";
import type { Dashboard } from "../../api/types";
import { Empty } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { formatDay, monthOf } from "../../lib/dates";
import { loadFont } from "../../lib/font";
import { Categories } from "./Categories";
import styles from "./Dashboard.module.css";
import { Kpis } from "./Kpis";
import { Products } from "./Products";
import { Ranking } from "./Ranking";
import { periodWords } from "./sentence";
import { ChartsSkeleton } from "./skeletons";
import { Tickets } from "./Tickets";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

const RevenueChart = lazy(() => import("./charts").then((charts) => ({ default: charts.RevenueChart })));
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
  useEffect(loadFont, []);
  const sold = data.cards.some(
    (card) => card.metric === "revenue" && card.value !== null && card.value !== 0,
  );
  if (!sold && !data.daily.some((point) => point.actual)) return <NoSales data={data} controls={controls} />;
  const single = view.mag !== undefined && !view.mag.includes(",");
  const oneDay = period.from === period.to;
  return (
    <>
      <Kpis
        cards={data.cards}
        reference={comparison === "non" ? null : t(`reference.${comparison}`)}
        period={periodWords(t, period)}
      />
      <Suspense fallback={<ChartsSkeleton />}>
        <div className={styles.charts}>
          <RevenueChart series={data.daily} grain={data.seriesGrain} controls={controls} />
          <SalesHeat cells={data.heat} whole={view.cat !== undefined && data.heatCoversAllCategories} />
        </div>
      </Suspense>
      <div className={styles.tables}>
        {!single && <Ranking data={data} controls={controls} />}
        {data.categories.length > 0 && <Categories data={data} controls={controls} />}
        {(single || view.cat) && <Products controls={controls} />}
      </div>
      {single && oneDay && <Tickets controls={controls} />}
    </>
  );
}
