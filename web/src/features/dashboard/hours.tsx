import type { HeatCell } from "../../api/types";
import { ChartFrame } from "../../components/chart/ChartFrame";
import { ColumnChart } from "../../components/chart/ColumnChart";
import type { ColumnPoint } from "../../components/chart/columns";
import { HeatMap } from "../../components/chart/HeatMap";
import type { Column } from "../../components/DataTable";
import { formatDay, weekdayName } from "../../lib/dates";
import { formatMoney, formatPercent } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { magnitudeOf, moneyUnit } from "../../lib/magnitude";
import type { Period } from "../../lib/period";
import { densest, heatOf } from "./series";

const HEIGHT = 204;

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
      sentence={whole ? t("heat.whole", { sentence }) : sentence}
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
              from: heat.hours[column] ?? 0,
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

interface HourProps {
  cells: readonly HeatCell[];
  whole: boolean;
  period: Period;
}

/** The hours of a single day. */
export function HourChart({ cells, whole, period }: HourProps) {
  const { t } = useTranslation("dashboard");
  const heat = heatOf(cells);
  const points: ColumnPoint[] = heat.hours.map((hour) => ({
    key: String(hour),
    tick: t("heat.hour", { hour }),
    title: t("heat.cell", { weekday: formatDay(period.from, "brief"), from: hour, to: hour + 1 }),
    actual: cells.reduce((total, cell) => total + (cell.hour === hour ? cell.revenue : 0), 0),
    compare: null,
    objective: null,
  }));
  const magnitude = magnitudeOf(points.map((point) => point.actual));
  const peak = densest(heat);
  const said = peak
    ? t("heat.sentence", {
        weekday: weekdayName(peak.weekday, "long"),
        from: peak.from,
        to: peak.to,
        share: formatPercent(peak.share, 0),
      })
    : t("chart.nothing");
  const sentence = whole ? t("heat.whole", { sentence: said }) : said;
  const title = t("chart.title", { grain: t("chart.hour") });
  const columns: Column<ColumnPoint>[] = [
    { key: "hour", header: t("tickets.when"), value: (point) => point.title, cell: (point) => point.title },
    {
      key: "actual",
      header: t("ranking.revenue"),
      align: "end",
      value: (point) => point.actual,
      cell: (point) => formatMoney(point.actual),
    },
  ];
  return (
    <ChartFrame
      title={title}
      sentence={sentence}
      name={`${t("ranking.revenue")} ${period.from}`}
      table={{ columns, rows: points, rowKey: (point) => point.key }}
    >
      {(width) => (
        <ColumnChart
          label={`${title}. ${sentence}`}
          points={points}
          width={width}
          height={HEIGHT}
          magnitude={magnitude}
          unit={moneyUnit(magnitude)}
          varianceLabel=""
          tell={(point) => ({
            title: point.title,
            lines: [{ label: t("chart.actual"), value: formatMoney(point.actual) }],
          })}
        />
      )}
    </ChartFrame>
  );
}
