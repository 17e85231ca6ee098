import { useNavigate, useSearch } from "@tanstack/react-router";
import { Async, Empty, Skeleton, SkeletonRows } from "../../components/Async";
import { Card, Tag } from "../../components/Card";
import { Input } from "../../components/Field";
import { Segmented } from "../../components/Segmented";
import { formatDay } from "../../lib/dates";
import { formatNumber, formatPercent } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import own from "./Accuracy.module.css";
import { DriftCard } from "./DriftCard";
import { ErrorTable } from "./ErrorTable";
import { CategorySelect, PlaceSelect, placeWords } from "./Filters";
import styles from "./Forecast.module.css";
import { ForecastPage } from "./ForecastPage";
import { LagChart } from "./LagChart";
import { useAccuracy, useLists } from "./queries";
import { StairsCard } from "./StairsCard";
import type { AccuracyRow, AccuracyView } from "./shapes";
import { type AccuracySearch, DIMENSIONS, dimensionOf, tidy } from "./view";

/** Over all rows, each by what it sold: errors of rows are never averaged. */
export function overall(rows: readonly AccuracyRow[]): { wape: number; naive: number } | null {
  const weight = rows.reduce((sum, row) => sum + row.units, 0);
  if (weight <= 0 || rows.some((row) => row.wape === null || row.naiveWape === null)) return null;
  const mean = (pick: (row: AccuracyRow) => number) =>
    rows.reduce((sum, row) => sum + pick(row) * row.units, 0) / weight;
  return { wape: mean((row) => row.wape ?? 0), naive: mean((row) => row.naiveWape ?? 0) };
}

const rowLabel = (t: T, data: AccuracyView, row: AccuracyRow): string =>
  data.by === "lag"
    ? t("lag", { count: Number(row.key) || 0 })
    : data.by === "week"
      ? t("weekOf", { day: formatDay(row.key, "short") })
      : row.label;

function Health({ data }: { data: AccuracyView }) {
  const { t } = useTranslation("forecast");
  return (
    <Card title={t("health.title")} className={styles.block}>
      <dl className={own.figures}>
        <div>
          <dt>{t("health.generated")}</dt>
          <dd>{formatNumber(data.generated)}</dd>
        </div>
        <div>
          <dt>{t("health.failures")}</dt>
          <dd>
            {formatPercent(data.failures.rate, 1)}{" "}
            <small>{t("health.of", { number: formatNumber(data.failures.of) })}</small>
          </dd>
        </div>
        {data.fitted && (
          <div>
            <dt>{t("health.fitted")}</dt>
            <dd>
              {formatNumber(data.fitted.p50Ms, data.fitted.p50Ms < 10 ? 1 : 0)} ms{" "}
              <small>{t("health.p95", { ms: formatNumber(data.fitted.p95Ms, 0) })}</small>
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

function Rows({ data }: { data: AccuracyView }) {
  const { t } = useTranslation("forecast");
  const rows = data.rows.map((row) => ({ ...row, label: rowLabel(t, data, row) }));
  const title = t(`by.title.${data.by}`);
  if (data.by === "lag" || data.by === "week")
    return (
      <LagChart
        title={title}
        rows={rows.map((row) => ({
          ...row,
          tick: data.by === "lag" ? row.key : formatDay(row.key, "dense"),
        }))}
      />
    );
  return <ErrorTable title={title} header={t(`by.${data.by}`)} rows={rows} />;
}

export function Accuracy() {
  const { t } = useTranslation("forecast");
  const navigate = useNavigate({ from: "/previsions/precision" });
  const view = useSearch({ from: "/shell/previsions/precision" });
  const lists = useLists();
  const query = useAccuracy(view);
  const adjust = (change: AccuracySearch) =>
    void navigate({
      search: (now) => tidy({ ...now, ...change }, { par: "lag", apport: "step" }),
      replace: true,
      resetScroll: false,
    });
  const whole = query.data && overall(query.data.rows);
  const title = [
    whole
      ? t("title.accuracy", { wape: formatPercent(whole.wape, 1), naive: formatPercent(whole.naive, 1) })
      : t("tabs.accuracy"),
    ...[placeWords(lists, view), lists.categories.find((one) => one.code === view.cat)?.name].filter(Boolean),
  ].join(", ");
  return (
    <ForecastPage title={title}>
      <div className={styles.filters}>
        <Segmented
          label={t("by.label")}
          value={dimensionOf(view)}
          options={DIMENSIONS.map((by) => ({ value: by, label: t(`by.${by}`) }))}
          onChange={(par) => adjust({ par })}
        />
        <PlaceSelect
          lists={lists}
          view={{ mag: view.mag }}
          storesOnly
          onChange={({ mag }) => adjust({ mag })}
        />
        <CategorySelect lists={lists} value={view.cat} onChange={(cat) => adjust({ cat })} />
        <Input
          type="date"
          className={styles.filter}
          aria-label={t("by.from")}
          value={view.du ?? ""}
          onChange={(event) => adjust({ du: event.target.value || undefined })}
        />
        <Input
          type="date"
          className={styles.filter}
          aria-label={t("by.to")}
          value={view.au ?? ""}
          onChange={(event) => adjust({ au: event.target.value || undefined })}
        />
        {query.data && (
          <Tag tone={query.data.source === "lived" ? "good" : "neutral"}>
            {t(`source.${query.data.source}`)}
          </Tag>
        )}
      </div>
      <div className={styles.stack}>
        <Async
          query={query}
          skeleton={
            <Card>
              <Skeleton height={240} />
              <SkeletonRows rows={5} />
            </Card>
          }
        >
          {(data) => (
            <div className={styles.stack}>
              {data.rows.length === 0 ? (
                <Card>
                  <Empty icon="chart" title={t("error.nothing")}>
                    {t("error.nothingText")}
                  </Empty>
                </Card>
              ) : (
                <Rows data={data} />
              )}
              <div className={own.pair}>
                <DriftCard drift={data.drift} />
                <Health data={data} />
              </div>
            </div>
          )}
        </Async>
        <StairsCard view={view} onBy={(apport) => adjust({ apport })} />
      </div>
    </ForecastPage>
  );
}
