import { addDays, type Day, weekdayOf } from "../../../lib/dates";
import { applied, readFormula } from "../formula";
import type { ForecastDay, ForecastView, OverrideEdit } from "../shapes";

export type Grain = "day" | "week";

/** A row of the grid: one day, or the days of one week inside the horizon. */
export interface Row {
  from: Day;
  to: Day;
  days: ForecastDay[];
}

const sum = (days: readonly ForecastDay[], pick: (day: ForecastDay) => number): number =>
  days.reduce((total, day) => total + pick(day), 0);
export const statistical = (row: Row): number => sum(row.days, (day) => day.statistical);
export const current = (row: Row): number => sum(row.days, (day) => day.mean);
export const feasts = (row: Row): string[] => [
  ...new Set(
    row.days.flatMap((day) => day.events.filter((event) => event.day === 0).map(({ name }) => name)),
  ),
];

/** Weeks begin on Monday; the first and the last may be short. */
export function rowsOf(days: readonly ForecastDay[], grain: Grain): Row[] {
  const rows: Row[] = [];
  for (const day of days) {
    const last = rows.at(-1);
    const monday = addDays(day.date, 1 - weekdayOf(day.date));
    if (grain === "week" && last && last.from >= monday) {
      last.days.push(day);
      last.to = day.date;
    } else rows.push({ from: day.date, to: day.date, days: [day] });
  }
  return rows;
}

/** The row as what is typed would leave it; null where nothing usable is typed. */
export function outcome(row: Row, typed: string): number | null {
  const formula = readFormula(typed);
  if (!formula) return null;
  return applied(
    formula,
    row.days.map((day) => day.mean),
  ).reduce((total, day) => total + day, 0);
}

/** Day by day, for the line on the chart. */
export function pendingDays(rows: readonly Row[], cells: readonly string[]): Map<Day, number> {
  const pending = new Map<Day, number>();
  rows.forEach((row, index) => {
    const formula = readFormula(cells[index] ?? "");
    if (!formula) return;
    const days = applied(
      formula,
      row.days.map((day) => day.mean),
    );
    row.days.forEach((day, at) => {
      pending.set(day.date, days[at] ?? 0);
    });
  });
  return pending;
}

type Edit = Omit<OverrideEdit, "id" | "reason" | "expiresOn">;

/** What is sent: one item a row, but neighbours with the same factor are one stretch with one line in the list. */
export function editsOf(view: ForecastView, rows: readonly Row[], cells: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  const { level } = view;
  const store = level === "region" || level === "group" ? null : (view.store?.code ?? null);
  const where = {
    level,
    sku: level === "product" ? view.sku : null,
    category: level === "category" ? (view.category?.code ?? null) : null,
    store,
    // A store says where it is: with its region beside it the API would hear two places.
    region: store || level === "group" ? null : (view.region?.code ?? null),
  };
  rows.forEach((row, index) => {
    const formula = readFormula(cells[index] ?? "");
    if (!formula) return;
    const last = edits.at(-1);
    const perDay = formula.factor !== null && formula.amount === 0;
    if (last && perDay && last.formula === formula.text && addDays(last.to, 1) === row.from) last.to = row.to;
    else edits.push({ ...where, from: row.from, to: row.to, formula: formula.text });
  });
  return edits;
}
