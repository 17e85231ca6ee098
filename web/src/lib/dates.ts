import { formatSettings } from "./format";

/** Business dates are plain `yyyy-MM-dd` strings; arithmetic is in UTC so that no zone can shift them. */
export type Day = string;

const DAY_MS = 86_400_000;
const toMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const fromMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && fromMs(toMs(text) || 0) === text;
export const addDays = (day: Day, days: number): Day => fromMs(toMs(day) + days * DAY_MS);
export const daysBetween = (from: Day, to: Day): number => Math.round((toMs(to) - toMs(from)) / DAY_MS);
/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: Day): number => ((new Date(toMs(day)).getUTCDay() + 6) % 7) + 1;
export const monthOf = (day: Day): string => day.slice(0, 7);
export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const startOfMonth = (month: string): Day => `${month}-01`;

export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}
export const endOfMonth = (month: string): Day => addDays(startOfMonth(addMonths(month, 1)), -1);

/** Today's business date where the tenant trades, which is not always the browser's. */
export function todayIn(timeZone: string, now: Date = new Date()): Day {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(now);
}

export function formatDay(
  day: Day,
  style: "short" | "long" | "weekday" | "brief" | "dense" = "short",
): string {
  const options: Record<typeof style, Intl.DateTimeFormatOptions> = {
    dense: { day: "2-digit", month: "2-digit" },
    brief: { weekday: "short", day: "numeric", month: "short" },
    short: { day: "numeric", month: "short", year: "numeric" },
    long: { day: "numeric", month: "long", year: "numeric" },
    weekday: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  };
  return new Intl.DateTimeFormat(formatSettings().locale, { ...options[style], timeZone: "UTC" }).format(
    toMs(day),
  );
}

export function formatMonth(month: string, style: "long" | "short" = "long"): string {
  const options: Intl.DateTimeFormatOptions = { month: style, year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(formatSettings().locale, options).format(toMs(startOfMonth(month)));
}

export function weekdayName(weekday: number, style: "short" | "long" = "short"): string {
  const options: Intl.DateTimeFormatOptions = { weekday: style, timeZone: "UTC" };
  // 5 January 2026 is a Monday.
  const text = new Intl.DateTimeFormat(formatSettings().locale, options).format(
    toMs(addDays("2026-01-05", weekday - 1)),
  );
  return text.replace(".", "");
}
