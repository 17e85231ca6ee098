import { ChartFrame, type Mark } from "../../../components/chart/ChartFrame";
import { FanChart } from "../../../components/chart/FanChart";
import type { FanPoint } from "../../../components/chart/fan";
import type { TipContent } from "../../../components/chart/Tip";
import type { Column } from "../../../components/DataTable";
import { Segmented } from "../../../components/Segmented";
import { formatDay } from "../../../lib/dates";
import { formatNumber, formatPercent } from "../../../lib/format";
import { type T, useTranslation } from "../../../lib/i18n";
import type { Backtest, ForecastView } from "../shapes";
import { formatRange, formatUnits } from "../words";
import { type FanDay, fanPoints, fitting, isOverridden } from "./fanPoints";

const HEIGHT = 300;
const PROMISED = 0.8;

/** How often the band held, beside what it promises; a band nobody measured says so. */
export function coverageWords(t: T, backtest: Backtest | null): string {
  if (!backtest || backtest.coverage === null) return t("fan.unmeasured");
  return t("fan.coverage", {
    count: backtest.origins.length,
    measured: formatPercent(backtest.coverage, 0),
    promised: formatPercent(PROMISED, 0),
  });
}

function tellDay(t: T, { past, next }: FanDay): TipContent["lines"] {
  const lines: { label: string; value: string; className?: string }[] = [];
  if (past) {
    lines.push({ label: t("fan.sold"), value: formatUnits(past.units) });
    if (past.corrected !== null && past.corrected !== past.units)
      lines.push({ label: t("fan.corrected"), value: formatUnits(past.corrected), className: "warn" });
    if (past.note) lines.push({ label: t("fan.note"), value: t(`note.${past.note}`) });
    if (past.said) lines.push({ label: t("fan.said"), value: formatRange(t, past.said) });
  }
  if (next) {
    lines.push(
      { label: t("fan.expected"), value: formatUnits(next.p50) },
      { label: t("fan.band"), value: formatRange(t, next) },
    );
    if (isOverridden(next)) lines.push({ label: t("fan.statistical"), value: formatUnits(next.statistical) });
    lines.push({ label: t("fan.naive"), value: formatUnits(next.naive) });
  }
  const day = past ?? next;
  if (day && !day.open) lines.push({ label: t("fan.state"), value: t("fan.closed") });
  for (const event of day?.events ?? [])
    lines.push({
      label: event.name,
      value: event.day === 0 ? t("fan.feast") : t("fan.fromFeast", { days: formatSignedDays(event.day) }),
    });
  return lines;
}

const formatSignedDays = (days: number): string => (days > 0 ? `+${days}` : formatNumber(days));

function tableColumns(t: T): Column<FanDay>[] {
  const figure = (key: string, header: string, pick: (day: FanDay) => number | null): Column<FanDay> => ({
    key,
    header,
    align: "end",
    value: pick,
    cell: (day) => {
      const value = pick(day);
      return value === null ? <span className="muted">—</span> : formatUnits(value);
    },
  });
  return [
    {
      key: "date",
      header: t("fan.day"),
      value: (day) => day.key,
      cell: (day) => formatDay(day.key, "brief"),
    },
    figure("sold", t("fan.sold"), (day) => day.past?.units ?? null),
    figure("corrected", t("fan.corrected"), (day) => day.past?.corrected ?? null),
    figure("p10", "P10", (day) => day.next?.p10 ?? day.past?.said?.p10 ?? null),
    figure("p50", "P50", (day) => day.next?.p50 ?? day.past?.said?.p50 ?? null),
    figure("p90", "P90", (day) => day.next?.p90 ?? day.past?.said?.p90 ?? null),
    figure("naive", t("fan.naive"), (day) => day.next?.naive ?? null),
    figure("statistical", t("fan.statistical"), (day) =>
      day.next && isOverridden(day.next) ? day.next.statistical : null,
    ),
    {
      key: "events",
      header: t("fan.events"),
      value: (day) => (day.past ?? day.next)?.events.map((event) => event.name).join(", ") ?? null,
      cell: (day) => (day.past ?? day.next)?.events.map((event) => event.name).join(", "),
    },
  ];
}

interface FanCardProps {
  view: ForecastView;
  raw: boolean;
  onRaw: (raw: boolean) => void;
  pending?: ReadonlyMap<string, number> | undefined;
  /** Several days taken on the chart, to be changed. */
  onBrush?: ((from: string, to: string) => void) | undefined;
}

export function FanCard({ view, raw, onRaw, pending, onBrush }: FanCardProps) {
  const { t } = useTranslation("forecast");
  const points = fanPoints(view, { raw, pending });
  const changed = view.days.some(isOverridden);
  const cleaned = view.history.some((day) => day.corrected !== null && day.corrected !== day.units);
  const peak = view.days.reduce(
    (top, day) => (day.p50 > top.p50 ? day : top),
    view.days[0] ?? { p50: 0, date: "" },
  );
  const sentence = view.days.length
    ? t("fan.sentence", {
        total: formatUnits(view.totals.mean),
        range: formatRange(t, view.totals),
        peak: formatDay(peak.date, "brief"),
      })
    : t("fan.nothing");
  const legend: { mark: Mark; label: string }[] = [
    { mark: "actual", label: t("fan.sold") },
    { mark: "forecast", label: "P50" },
    { mark: "band", label: "P10–P90" },
    { mark: "reference", label: t("fan.naive") },
    ...(changed ? [{ mark: "changed" as const, label: t("fan.overridden") }] : []),
    ...(cleaned && !raw ? [{ mark: "fixed" as const, label: t("fan.corrected") }] : []),
  ];
  const note = coverageWords(t, view.backtest);
  const take = (from: FanPoint, to: FanPoint) => onBrush?.(from.key, to.key);
  return (
    <ChartFrame
      title={t("fan.title")}
      sentence={sentence}
      name={`${view.sku} ${view.from}`}
      legend={legend}
      table={{ columns: tableColumns(t), rows: points, rowKey: (point) => point.key }}
      extra={
        cleaned && (
          <Segmented
            label={t("fan.history")}
            value={raw ? "raw" : "corrected"}
            options={[
              { value: "corrected", label: t("fan.asCorrected") },
              { value: "raw", label: t("fan.asSold") },
            ]}
            onChange={(value) => onRaw(value === "raw")}
          />
        )
      }
    >
      {(width) => {
        const shown = fitting(points, view.history.length, width);
        return (
          <FanChart
            label={`${t("fan.title")}. ${sentence} ${note}`}
            points={shown.points}
            split={shown.split}
            splitLabel={width < 600 ? "" : t("fan.today")}
            width={width}
            height={HEIGHT}
            unit={t("fan.unit")}
            note={note}
            tell={(point) => ({
              title: formatDay(point.key, "weekday"),
              lines: tellDay(t, point as FanDay),
            })}
            {...(onBrush ? { onBrush: take, onOpen: (point: FanPoint) => take(point, point) } : {})}
          />
        );
      }}
    </ChartFrame>
  );
}
