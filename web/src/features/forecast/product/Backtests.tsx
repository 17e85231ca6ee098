import { Empty } from "../../../components/Async";
import { Card } from "../../../components/Card";
import { ChartFrame } from "../../../components/chart/ChartFrame";
import { FanChart } from "../../../components/chart/FanChart";
import type { FanPoint } from "../../../components/chart/fan";
import { type Column, DataTable } from "../../../components/DataTable";
import { Segmented } from "../../../components/Segmented";
import { cx } from "../../../lib/class";
import { formatDay, weekdayOf } from "../../../lib/dates";
import { formatNumber, formatPercent, formatVariance } from "../../../lib/format";
import { type T, useTranslation } from "../../../lib/i18n";
import { LagChart } from "../LagChart";
import type { Backtest, ForecastView, LeaderRow, Origin, OriginDay } from "../shapes";
import { formatRange, formatUnits } from "../words";
import styles from "./Product.module.css";

const HEIGHT = 240;

interface TestDay extends FanPoint {
  day: OriginDay;
}

const pointsOf = (origin: Origin): TestDay[] =>
  origin.days.map((day) => ({
    key: day.date,
    tick: formatDay(day.date, "dense"),
    actual: day.actual,
    corrected: null,
    middle: day.p50,
    band: [day.p10, day.p90],
    reference: day.naive,
    base: null,
    pending: null,
    mark: null,
    shaded: weekdayOf(day.date) >= 6,
    day,
  }));

export const inBand = (origin: Origin): number =>
  origin.days.filter((day) => day.actual >= day.p10 && day.actual <= day.p90).length;

function Trial({ origin, choose }: { origin: Origin; choose: React.ReactNode }) {
  const { t } = useTranslation("forecast");
  const points = pointsOf(origin);
  const title = t("test.title", { day: formatDay(origin.cutOff, "long") });
  const sentence = t("test.sentence", {
    inside: formatNumber(inBand(origin)),
    count: origin.days.length,
    number: formatNumber(origin.days.length),
  });
  const figure = (key: string, header: string, pick: (day: OriginDay) => number): Column<TestDay> => ({
    key,
    header,
    align: "end",
    value: ({ day }) => pick(day),
    cell: ({ day }) => formatUnits(pick(day)),
  });
  return (
    <ChartFrame
      title={title}
      sentence={sentence}
      name={title}
      legend={[
        { mark: "actual", label: t("fan.sold") },
        { mark: "forecast", label: "P50" },
        { mark: "band", label: "P10–P90" },
        { mark: "reference", label: t("fan.naive") },
      ]}
      extra={choose}
      table={{
        rowKey: (point) => point.key,
        rows: points,
        columns: [
          {
            key: "date",
            header: t("fan.day"),
            value: (point) => point.key,
            cell: (point) => formatDay(point.key, "brief"),
          },
          figure("sold", t("fan.sold"), (day) => day.actual),
          figure("p10", "P10", (day) => day.p10),
          figure("p50", "P50", (day) => day.p50),
          figure("p90", "P90", (day) => day.p90),
          figure("naive", t("fan.naive"), (day) => day.naive),
        ],
      }}
    >
      {(width) => (
        <FanChart
          label={`${title}. ${sentence}`}
          points={points}
          split={0}
          splitLabel=""
          width={width}
          height={HEIGHT}
          unit={t("fan.unit")}
          tell={(point) => {
            const { day } = point as TestDay;
            return {
              title: formatDay(day.date, "weekday"),
              lines: [
                { label: t("fan.sold"), value: formatUnits(day.actual) },
                { label: t("fan.expected"), value: formatUnits(day.p50) },
                { label: t("fan.band"), value: formatRange(t, day) },
                { label: t("fan.naive"), value: formatUnits(day.naive) },
              ],
            };
          }}
        />
      )}
    </ChartFrame>
  );
}

function leaderColumns(t: T): Column<LeaderRow>[] {
  const rate = (key: "wape" | "coverage", header: string): Column<LeaderRow> => ({
    key,
    header,
    align: "end",
    value: (row) => row[key],
    cell: (row) => (row[key] === null ? <span className="muted">—</span> : formatPercent(row[key])),
  });
  return [
    {
      key: "method",
      header: t("test.method"),
      value: (row) => row.label,
      cell: (row) => (
        <span className={cx(row.weight > 0 && styles.chosen)}>
          {row.label}
          {row.naive && <small className="muted"> {t("test.reference")}</small>}
        </span>
      ),
    },
    rate("wape", "WAPE"),
    {
      key: "mase",
      header: "MASE",
      align: "end",
      wide: true,
      value: (row) => row.mase,
      cell: (row) => (row.mase === null ? <span className="muted">—</span> : formatNumber(row.mase, 2)),
    },
    {
      key: "bias",
      header: t("figures.bias"),
      align: "end",
      wide: true,
      value: (row) => row.bias,
      cell: (row) => formatVariance(row.bias),
    },
    rate("coverage", t("figures.coverage")),
    {
      key: "weight",
      header: t("test.weight"),
      align: "end",
      value: (row) => row.weight,
      cell: (row) => (row.weight > 0 ? formatPercent(row.weight, 0) : <span className="muted">—</span>),
    },
  ];
}

interface BacktestsProps {
  view: ForecastView;
  chosen: string | undefined;
  onChoose: (cutOff: string) => void;
}

function Tested({ backtest, chosen, onChoose }: { backtest: Backtest } & Omit<BacktestsProps, "view">) {
  const { t } = useTranslation("forecast");
  const origin = backtest.origins.find((one) => one.cutOff === chosen) ?? backtest.origins.at(-1);
  return (
    <div className={styles.stack}>
      {origin && (
        <Trial
          origin={origin}
          choose={
            backtest.origins.length > 1 && (
              <Segmented
                label={t("test.origins")}
                value={origin.cutOff}
                options={backtest.origins.map(({ cutOff }) => ({
                  value: cutOff,
                  label: formatDay(cutOff, "dense"),
                  title: t("test.origin", { day: formatDay(cutOff, "long") }),
                }))}
                onChange={onChoose}
              />
            )
          }
        />
      )}
      <div className={styles.pair}>
        <Card title={t("test.leaderboard")} sentence={t("test.leaderboardText")} className={styles.block}>
          <DataTable
            caption={t("test.leaderboard")}
            columns={leaderColumns(t)}
            rows={[...backtest.leaderboard].sort(
              (a, b) => (a.wape ?? Number.POSITIVE_INFINITY) - (b.wape ?? Number.POSITIVE_INFINITY),
            )}
            rowKey={(row) => row.method}
          />
        </Card>
        {backtest.byLag.length > 0 && (
          <LagChart
            title={t("test.byLag")}
            rows={backtest.byLag.map((row) => ({
              ...row,
              key: String(row.lag),
              label: t("lag", { count: row.lag }),
              tick: String(row.lag),
            }))}
          />
        )}
      </div>
    </div>
  );
}

/** What would have been said before, against what came: the reason to trust it, or not. */
export function Backtests({ view, chosen, onChoose }: BacktestsProps) {
  const { t } = useTranslation("forecast");
  if (!view.backtest)
    return (
      <Card>
        <Empty icon="chart" title={t("test.none")}>
          {t(`test.noneText.${view.state === "short" || view.state === "new" ? "short" : "other"}`)}
        </Empty>
      </Card>
    );
  return <Tested backtest={view.backtest} chosen={chosen} onChoose={onChoose} />;
}
