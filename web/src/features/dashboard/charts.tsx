import { useTranslation } from "react-i18next";
import type { Grain, HeatCell, SeriesPoint } from "../../api/types";
import { ChartFrame } from "../../components/chart/ChartFrame";
import { ColumnChart } from "../../components/chart/ColumnChart";
import type { ColumnPoint } from "../../components/chart/columns";
import { HeatMap } from "../../components/chart/HeatMap";
import { meaningOf } from "../../components/chart/Variance";
import type { Column } from "../../components/DataTable";
import { weekdayName } from "../../lib/dates";
import { formatMoney, formatMoneyCompact, formatPercent, formatVariance } from "../../lib/format";
import { magnitudeOf, moneyUnit } from "../../lib/magnitude";
import { densest, heatOf, pointsOf, spanOf } from "./series";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

const HEIGHT = 204;

interface SeriesProps {
  series: readonly SeriesPoint[];
  grain: Grain;
  controls: ViewControls;
}

export function RevenueChart({ series, grain, controls }: SeriesProps) {
  const { t } = useTranslation("dashboard");
  const { view, period, open } = controls;
  const comparison = comparisonOf(view);
  const reference = t(`reference.${comparison}`);
  const points = pointsOf(series, grain, (day) => t("chart.weekOf", { day }));
  const magnitude = magnitudeOf(points.flatMap((point) => [point.actual, point.compare, point.objective]));
  const held = points.filter((point) => point.actual !== null);
  const sum = (pick: (point: ColumnPoint) => number | null) =>
    held.reduce((total, point) => total + (pick(point) ?? 0), 0);
  const [actual, compared] = [sum((point) => point.actual), sum((point) => point.compare)];
  const best = held.reduce<ColumnPoint | null>(
    (top, point) => ((point.actual ?? 0) > (top?.actual ?? 0) ? point : top),
    null,
  );
  const words = {
    grain: t(`chart.${grain}`),
    best: best?.title.replace(/ \d{4}$/, "") ?? "",
    value: formatMoneyCompact(best?.actual),
    reference,
  };
  const sentence = !best
    ? t("chart.nothing")
    : comparison !== "non" && compared > 0
      ? t("chart.compared", { ...words, delta: formatVariance((actual - compared) / compared) })
      : t("chart.sentence", { ...words, total: formatMoneyCompact(actual) });
  const hasObjective = points.some((point) => point.objective !== null) && comparison !== "obj";
  const drawn = hasObjective ? points : points.map((point) => ({ ...point, objective: null }));
  const hasCompare = comparison !== "non" && points.some((point) => point.compare !== null);
  const variance = (point: ColumnPoint) =>
    point.actual !== null && point.compare ? (point.actual - point.compare) / point.compare : null;

  const table: Column<ColumnPoint>[] = [
    { key: "when", header: t(`chart.${grain}`), value: (point) => point.title, cell: (point) => point.title },
    {
      key: "actual",
      header: t("chart.actual"),
      align: "end",
      value: (point) => point.actual,
      cell: (point) => formatMoney(point.actual),
    },
  ];
  if (hasCompare)
    table.push(
      {
        key: "compare",
        header: reference,
        align: "end",
        value: (point) => point.compare,
        cell: (point) => formatMoney(point.compare),
      },
      {
        key: "variance",
        header: t("chart.variance"),
        align: "end",
        value: variance,
        cell: (point) => formatVariance(variance(point)),
      },
    );
  if (hasObjective)
    table.push({
      key: "objective",
      header: t("chart.objective"),
      align: "end",
      value: (point) => point.objective,
      cell: (point) => formatMoney(point.objective),
    });

  const tell = (point: ColumnPoint) => {
    const lines: { label: string; value: string; className?: string }[] = [
      { label: t("chart.actual"), value: formatMoney(point.actual) },
    ];
    if (hasCompare) {
      lines.push({ label: reference, value: formatMoney(point.compare) });
      const delta = variance(point);
      if (delta !== null)
        lines.push({ label: t("chart.variance"), value: formatVariance(delta), className: meaningOf(delta) });
    }
    if (hasObjective && point.objective !== null)
      lines.push({ label: t("chart.objective"), value: formatMoney(point.objective) });
    return { title: point.title, lines };
  };
  const zoom = (from: ColumnPoint, to: ColumnPoint) => open({ p: spanOf(from.key, to.key, grain, period) });
  return (
    <ChartFrame
      title={t("chart.title", { grain: t(`chart.${grain}`) })}
      sentence={sentence}
      name={`${t("ranking.revenue")} ${period.from} ${period.to}`}
      legend={[
        { mark: "actual", label: t("chart.actual") },
        ...(hasCompare ? [{ mark: "previous" as const, label: reference }] : []),
        ...(hasObjective ? [{ mark: "plan" as const, label: t("chart.objective") }] : []),
      ]}
      table={{ columns: table, rows: points, rowKey: (point) => point.key }}
    >
      {(width) => (
        <ColumnChart
          label={`${t("chart.title", { grain: t(`chart.${grain}`) })}. ${sentence}`}
          points={drawn}
          width={width}
          height={HEIGHT}
          magnitude={magnitude}
          unit={moneyUnit(magnitude)}
          varianceLabel={t("chart.variance")}
          tell={tell}
          {...(points.length > 1
            ? { onOpen: (point: ColumnPoint) => zoom(point, point), onBrush: zoom }
            : {})}
        />
      )}
    </ChartFrame>
  );
}

export function SalesHeat({ cells, whole }: { cells: readonly HeatCell[]; whole: boolean }) {
  const { t } = useTranslation("dashboard");
  const heat = heatOf(cells);
  const peak = densest(heat);
  const rows = heat.weekdays.map((weekday) => ({
    label: weekdayName(weekday),
    total: formatPercent(heat.ofWeekday(weekday), 0),
  }));
  const at = (row: number, column: number) => heat.at(heat.weekdays[row] ?? 0, heat.hours[column] ?? 0);
  const sentence = peak
    ? t("heat.sentence", {
        weekday: weekdayName(peak.weekday, "long"),
        from: peak.from,
        to: peak.to,
        share: formatPercent(peak.share, 0),
      })
    : t("chart.nothing");
  const columns: Column<HeatCell>[] = [
    {
      key: "weekday",
      header: t("chart.day"),
      value: (cell) => weekdayName(cell.weekday, "long"),
      cell: (cell) => weekdayName(cell.weekday, "long"),
    },
    {
      key: "hour",
      header: t("tickets.when"),
      align: "end",
      value: (cell) => cell.hour,
      cell: (cell) => t("heat.hour", { hour: cell.hour }),
    },
    {
      key: "revenue",
      header: t("ranking.revenue"),
      align: "end",
      value: (cell) => cell.revenue,
      cell: (cell) => formatMoney(cell.revenue),
    },
    {
      key: "share",
      header: t("heat.share"),
      align: "end",
      value: (cell) => cell.share,
      cell: (cell) => formatPercent(cell.share),
    },
  ];
  return (
    <ChartFrame
      title={t("heat.title")}
      sentence={whole ? `${sentence}. ${t("heat.whole")}` : sentence}
      name={t("heat.title")}
      table={{ columns, rows: cells, rowKey: (cell) => `${cell.weekday}-${cell.hour}` }}
    >
      {(width) => (
        <HeatMap
          label={`${t("heat.title")}. ${sentence}`}
          width={width}
          height={HEIGHT}
          rows={rows}
          columns={heat.hours.map((hour) => t("heat.hour", { hour }))}
          value={(row, column) => at(row, column)?.share ?? null}
          tell={(row, column) => ({
            title: t("heat.cell", {
              weekday: weekdayName(heat.weekdays[row] ?? 1, "long"),
              from: heat.hours[column],
              to: (heat.hours[column] ?? 0) + 1,
            }),
            lines: [
              { label: t("ranking.revenue"), value: formatMoney(at(row, column)?.revenue ?? 0) },
              { label: t("heat.share"), value: formatPercent(at(row, column)?.share ?? 0) },
            ],
          })}
        />
      )}
    </ChartFrame>
  );
}
