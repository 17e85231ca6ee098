import type { CalendarEvent } from "../../api/types";
import { addDays, type Day, daysBetween, endOfMonth, monthOf } from "../../lib/dates";

/** What the calendar shows is its URL. */
export interface CalendarView {
  annee?: string | undefined;
  /** `05`: one month of the year. */
  mois?: string | undefined;
  pays?: string | undefined;
  /** `1` shows paydays too. */
  paie?: string | undefined;
  /** `1` shows only what waits for somebody's word. */
  attente?: string | undefined;
}

const FIRST_YEAR = 1990;
const LAST_YEAR = 2076;
export const PAYDAY = "payday";
const MOST_OFF = 1;

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) || undefined : undefined;

export const readCalendar = (search: Record<string, unknown>): CalendarView => ({
  annee: text(search["annee"]),
  mois: text(search["mois"]),
  pays: text(search["pays"]),
  paie: text(search["paie"]),
  attente: text(search["attente"]),
});

export function yearShown(view: CalendarView, today: Day): number {
  const asked = /^\d{4}$/.test(view.annee ?? "") ? Number(view.annee) : 0;
  return asked >= FIRST_YEAR && asked <= LAST_YEAR ? asked : Number(today.slice(0, 4));
}

/** `2026-05` when the address names a month of the year. */
export const monthShown = (view: CalendarView, year: number): string | undefined =>
  /^(0[1-9]|1[0-2])$/.test(view.mois ?? "") ? `${year}-${view.mois}` : undefined;

export const inMonth = (event: CalendarEvent, month: string): boolean =>
  event.from <= endOfMonth(month) && event.to >= `${month}-01`;

/** What the year holds under the choices made, the month and what waits aside. */
export const ofYear = (events: readonly CalendarEvent[], view: CalendarView): CalendarEvent[] =>
  events.filter((event) => view.paie === "1" || event.code !== PAYDAY);

export const shownEvents = (events: readonly CalendarEvent[], view: CalendarView, month?: string) =>
  ofYear(events, view).filter(
    (event) => (!month || inMonth(event, month)) && (view.attente !== "1" || event.state === "proposed"),
  );

/** How many days off its proposal an event stands. */
export const offset = (event: CalendarEvent): number => daysBetween(event.proposed, event.from);

/** A feast is a day earlier or later than proposed at most; what is further off was written in the form. */
export const canMove = (event: CalendarEvent, days: -1 | 1): boolean =>
  event.kind === "own" || Math.abs(offset(event) + days) <= MOST_OFF;

/** What the API takes to move by a day: feasts are told from their proposal. */
export const moveOf = (event: CalendarEvent, days: -1 | 1): number =>
  event.kind === "own" ? days : offset(event) + days;

/** The days on which trade feels it, when they are more than its own. */
export const felt = (event: CalendarEvent): [Day, Day] | null =>
  event.lead + event.lag === 0 ? null : [addDays(event.from, -event.lead), addDays(event.to, event.lag)];

export interface Mark {
  id: string;
  /** Where in the month it begins and how much of it it takes, 0 to 1. */
  at: number;
  width: number;
  kind: CalendarEvent["kind"];
  waits: boolean;
}

/** What a month of the strip draws. */
export function marksOf(events: readonly CalendarEvent[], month: string): Mark[] {
  const [first, last] = [`${month}-01`, endOfMonth(month)];
  const days = daysBetween(first, last) + 1;
  return events
    .filter((event) => inMonth(event, month))
    .map((event) => {
      const from = event.from < first ? first : event.from;
      const to = event.to > last ? last : event.to;
      return {
        id: event.id,
        at: daysBetween(first, from) / days,
        width: (daysBetween(from, to) + 1) / days,
        kind: event.kind,
        waits: event.state === "proposed",
      };
    });
}

/** The event a year's reader looks for next: the first that is not over. */
export const nextOf = (events: readonly CalendarEvent[], today: Day): CalendarEvent | undefined =>
  events.find((event) => event.to >= today && event.code !== PAYDAY);

export const monthKeys = (year: number): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`);

export const isRunning = (month: string, today: Day): boolean => month === monthOf(today);
