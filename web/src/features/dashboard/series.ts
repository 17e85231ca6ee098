import type { Grain, HeatCell, MetricRows, SeriesPoint } from "../../api/types";
import type { ColumnPoint } from "../../components/chart/columns";
import {
  addDays,
  type Day,
  daysBetween,
  endOfMonth,
  formatDay,
  formatMonth,
  monthOf,
  startOfMonth,
  weekdayOf,
} from "../../lib/dates";
import { type Period, periodToken } from "../../lib/period";

const tickOf = (date: Day, grain: Grain, first: boolean): string => {
  if (grain === "month") return formatMonth(monthOf(date), "short").replace(/ \d{4}$/, "");
  const day = String(Number(date.slice(8)));
  return grain === "week" || (day === "1" && !first) ? formatDay(date, "dense") : day;
};

export function pointsOf(
  series: readonly SeriesPoint[],
  grain: Grain,
  weekOf: (day: string) => string,
): ColumnPoint[] {
  return series.map((point, index) => ({
    key: point.date,
    tick: tickOf(point.date, grain, index === 0),
    title:
      grain === "month"
        ? formatMonth(monthOf(point.date))
        : grain === "week"
          ? weekOf(formatDay(point.date))
          : formatDay(point.date, "weekday"),
    actual: point.actual,
    compare: point.compare,
    objective: point.objective,
    shaded: grain === "day" && weekdayOf(point.date) >= 6,
  }));
}

/** The grain the dashboard itself would choose, so that a product is drawn like its store. */
export function grainFor({ from, to }: Pick<Period, "from" | "to">): Grain {
  const days = daysBetween(from, to) + 1;
  return days <= 62 ? "day" : days <= 400 ? "week" : "month";
}

/** A metric query by day, week or month as a series; a day on which nothing was sold keeps its place. */
export function seriesOf(
  rows: MetricRows["rows"],
  grain: Grain,
  period: Pick<Period, "from" | "to">,
): SeriesPoint[] {
  const points = new Map(
    rows.map((row) => {
      const key = row.keys[grain] ?? "";
      const date = grain === "month" ? startOfMonth(key) : key;
      const [actual, compare] = [row.values["revenue"] ?? null, row.compare?.["revenue"] ?? null];
      return [date, { date, actual, compare, objective: null }];
    }),
  );
  if (grain === "day")
    for (let day = period.from; day <= period.to; day = addDays(day, 1))
      if (!points.has(day)) points.set(day, { date: day, actual: null, compare: null, objective: null });
  return [...points.values()].sort((a, b) => a.date.localeCompare(b.date));
}

const lastDayOf = (date: Day, grain: Grain): Day =>
  grain === "month"
    ? endOfMonth(monthOf(date))
    : grain === "week"
      ? addDays(date, 7 - weekdayOf(date))
      : date;

/** The period that a brush from one column to another means, kept inside the period it was drawn in. */
export function spanOf(from: Day, to: Day, grain: Grain, period: Period): string {
  const last = lastDayOf(to, grain);
  return periodToken(from < period.from ? period.from : from, last > period.wholeTo ? period.wholeTo : last);
}

export interface Heat {
  weekdays: number[];
  hours: number[];
  at: (weekday: number, hour: number) => HeatCell | undefined;
  ofWeekday: (weekday: number) => number;
}

/** Every hour between the first and the last with sales, so that a quiet hour is a pale cell, not a gap. */
export function heatOf(cells: readonly HeatCell[]): Heat {
  const sold = cells.filter((cell) => cell.revenue !== 0).map((cell) => cell.hour);
  const [first, last] = [Math.min(...sold), Math.max(...sold)];
  const hours = sold.length ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];
  const index = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  return {
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    hours,
    at: (weekday, hour) => index.get(weekday * 24 + hour),
    ofWeekday: (weekday) =>
      cells.reduce((total, cell) => total + (cell.weekday === weekday ? cell.share : 0), 0),
  };
}

/** The two hours in a row that weigh most. */
export function densest(heat: Heat): { weekday: number; from: number; to: number; share: number } | null {
  let peak: { weekday: number; from: number; to: number; share: number } | null = null;
  for (const weekday of heat.weekdays)
    for (const hour of heat.hours.slice(0, -1)) {
      const share = (heat.at(weekday, hour)?.share ?? 0) + (heat.at(weekday, hour + 1)?.share ?? 0);
      if (share > (peak?.share ?? 0)) peak = { weekday, from: hour, to: hour + 2, share };
    }
  return peak;
}
