import type { Grain, SeriesPoint } from "../../api/types";
import { ChartFrame } from "../../components/chart/ChartFrame";
import { ColumnChart } from "../../components/chart/ColumnChart";
import type { ColumnPoint } from "../../components/chart/columns";
import { meaningOf } from "../../components/chart/Variance";
import type { Column } from "../../components/DataTable";
import { formatDay } from "../../lib/dates";
import { formatMoney, formatMoneyCompact, formatVariance } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf, moneyUnit } from "../../lib/magnitude";
import { pointsOf, spanOf } from "./series";
import type { ViewControls } from "./useView";
import { comparisonOf } from "./view";

const HEIGHT = 204;

/** Short enough to stand in a sentence: « sam. 7 nov. ». */
const nameOf = (point: ColumnPoint, grain: Grain): string =>
  grain === "day" ? formatDay(point.key, "brief") : point.title;

interface SeriesProps {
  series: readonly SeriesPoint[];
  grain: Grain;
  controls: ViewControls;
}

export function RevenueChart({ series, grain, controls }: SeriesProps) {
  const { t } = useTranslation("dashboard");
  const { view, period, open } = controls;
  const comparison = comparisonOf(view);
  const reference = comparison === "obj" ? t("chart.objective") : t(`reference.${comparison}`);
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
    best: best ? nameOf(best, grain) : "",
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
        ...(hasCompare
          ? [{ mark: comparison === "obj" ? ("planned" as const) : ("previous" as const), label: reference }]
          : []),
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
          compareMark={comparison === "obj" ? "plan" : "previous"}
          tell={tell}
          {...(points.length > 1
            ? { onOpen: (point: ColumnPoint) => zoom(point, point), onBrush: zoom }
            : {})}
        />
      )}
    </ChartFrame>
  );
}
