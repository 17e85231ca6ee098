import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  endOfMonth,
  isDay,
  monthOf,
  startOfMonth,
  yearOf,
} from "./dates";

/**
 * A period as it is written in the URL (`p=`):
 * `jour` `hier` `7j` `28j` `mois` `mois-1` `trimestre` `annee` follow the calendar;
 * `2026-10-14` `2026-10` `2026-T4` `2026` and `2026-10-01..2026-10-14` stay where they are.
 */
export const PRESETS = ["jour", "hier", "7j", "28j", "mois", "mois-1", "trimestre", "annee"] as const;
export type Preset = (typeof PRESETS)[number];
export const DEFAULT_PERIOD: Preset = "mois";

export interface Period {
  token: string;
  from: Day;
  to: Day;
  /** The whole calendar span still under way, when `to` stops at the last day with data. */
  wholeTo: Day;
}

const RANGE = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const QUARTER = /^(\d{4})-T([1-4])$/;
const YEAR = /^(19|20)\d{2}$/;

export const isPreset = (token: string): token is Preset => (PRESETS as readonly string[]).includes(token);

function span(token: string, today: Day, last: Day): [Day, Day] | null {
  const month = monthOf(today);
  const quarterStart = `${yearOf(today)}-${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, "0")}`;
  switch (token) {
    case "jour":
      return [today, today];
    case "hier":
      return [addDays(today, -1), addDays(today, -1)];
    case "7j":
      return [addDays(last, -6), last];
    case "28j":
      return [addDays(last, -27), last];
    case "mois":
      return [startOfMonth(month), endOfMonth(month)];
    case "mois-1":
      return [startOfMonth(addMonths(month, -1)), endOfMonth(addMonths(month, -1))];
    case "trimestre":
      return [startOfMonth(quarterStart), endOfMonth(addMonths(quarterStart, 2))];
    case "annee":
      return [`${yearOf(today)}-01-01`, `${yearOf(today)}-12-31`];
  }
  if (isDay(token)) return [token, token];
  if (MONTH.test(token)) return [startOfMonth(token), endOfMonth(token)];
  if (YEAR.test(token)) return [`${token}-01-01`, `${token}-12-31`];
  const quarter = QUARTER.exec(token);
  if (quarter) {
    const first = `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}`;
    return [startOfMonth(first), endOfMonth(addMonths(first, 2))];
  }
  const [, from, to] = RANGE.exec(token) ?? [];
  return from && to && isDay(from) && isDay(to) && from <= to ? [from, to] : null;
}

/**
 * A period under way ends at the last day that has sales (`through`, else yesterday), so that a month of
 * twenty days is held against twenty days of last year and not against thirty.
 */
export function resolvePeriod(token: string | undefined, today: Day, through?: Day | null): Period {
  const last = through && through <= today ? through : addDays(today, -1);
  const asked = token === undefined ? null : span(token, today, last);
  const [from, wholeTo] = asked ?? span(DEFAULT_PERIOD, today, last) ?? [today, today];
  const running = from < wholeTo && from <= today && wholeTo >= today;
  const to = running ? (last < from ? today : last) : wholeTo;
  return { token: asked && token ? token : DEFAULT_PERIOD, from, to, wholeTo };
}

/** The shortest way to write a span: a whole month is `2026-10`, a single day is the day. */
export function periodToken(from: Day, to: Day): string {
  if (from === to) return from;
  if (from.endsWith("-01-01") && to === `${yearOf(from)}-12-31`) return String(yearOf(from));
  const month = monthOf(from);
  if (from === startOfMonth(month)) {
    if (to === endOfMonth(month)) return month;
    const index = Number(month.slice(5));
    if (index % 3 === 1 && to === endOfMonth(addMonths(month, 2)))
      return `${yearOf(from)}-T${(index + 2) / 3}`;
  }
  return `${from}..${to}`;
}

/** The neighbour of the same length: the month before a month, the seven days before seven days. */
export function stepPeriod(period: Period, direction: -1 | 1): string {
  const { from, wholeTo } = period;
  const month = monthOf(from);
  if (from === startOfMonth(month) && wholeTo === endOfMonth(monthOf(wholeTo))) {
    const months =
      (yearOf(wholeTo) - yearOf(from)) * 12 + Number(wholeTo.slice(5, 7)) - Number(from.slice(5, 7)) + 1;
    const first = addMonths(month, direction * months);
    return periodToken(startOfMonth(first), endOfMonth(addMonths(first, months - 1)));
  }
  const days = (daysBetween(from, wholeTo) + 1) * direction;
  return periodToken(addDays(from, days), addDays(wholeTo, days));
}
