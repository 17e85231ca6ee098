import { formatNumber, formatSettings } from "./format";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the unit a person would say it in: `il y a 5 h`, up to two days in hours. A clock that is ahead says now. */
export function formatAgo(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const { locale } = formatSettings();
  if (seconds < MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const words = new Intl.RelativeTimeFormat(locale, { style: "short" });
  if (seconds < HOUR) return words.format(-Math.floor(seconds / MINUTE), "minute");
  if (seconds < 2 * DAY) return words.format(-Math.floor(seconds / HOUR), "hour");
  return words.format(-Math.floor(seconds / DAY), "day");
}

/** A measured time, as exactly as it is of use: `0,9 s`, `12 min`, `2,4 h`. */
export function formatTook(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)}\u00a0s`;
  if (seconds < 2 * HOUR) return `${formatNumber(seconds / MINUTE)}\u00a0min`;
  return `${formatNumber(seconds / HOUR, 1)}\u00a0h`;
}
