import type { FanPoint } from "../../../components/chart/fan";
import { formatDay, weekdayOf } from "../../../lib/dates";
import type { ForecastDay, ForecastView, PastDay } from "../shapes";

/** A day of the chart with all that is known of it, for its tip and its line in the table. */
export interface FanDay extends FanPoint {
  past: PastDay | null;
  next: ForecastDay | null;
}

type Eventful = Pick<PastDay, "events">;

/** A feast of several days is named over its first. */
const feast = (events: PastDay["events"], before: PastDay["events"] | undefined): string | null =>
  events.find((event) => event.day === 0 && !before?.some((one) => one.code === event.code && one.day === 0))
    ?.name ?? null;
const weekend = (date: string): boolean => weekdayOf(date) >= 6;

/** Less than this is the last digit of a sum, nobody's doing. */
const CHANGED = 0.001;
export const isOverridden = (day: Pick<ForecastDay, "override" | "statistical">): boolean =>
  day.override !== null && Math.abs(day.override - day.statistical) > CHANGED;

function pastPoint(day: PastDay, before: Eventful | undefined, raw: boolean): FanDay {
  const value = raw ? day.units : (day.corrected ?? day.units);
  const cleaned = !raw && day.corrected !== null && day.corrected !== day.units;
  return {
    key: day.date,
    tick: formatDay(day.date, "dense"),
    // A closed day sold nothing because it was closed: no line goes down to it.
    actual: !day.open && value === 0 ? null : value,
    corrected: cleaned ? value : null,
    middle: null,
    band: day.said ? [day.said.p10, day.said.p90] : null,
    reference: null,
    base: null,
    pending: null,
    mark: feast(day.events, before?.events),
    shaded: weekend(day.date),
    past: day,
    next: null,
  };
}

function nextPoint(day: ForecastDay, before: Eventful | undefined, pending: number | undefined): FanDay {
  return {
    key: day.date,
    tick: formatDay(day.date, "dense"),
    actual: null,
    corrected: null,
    middle: day.p50,
    band: [day.p10, day.p90],
    reference: day.naive,
    base: isOverridden(day) ? day.statistical : null,
    pending: pending ?? null,
    mark: feast(day.events, before?.events),
    shaded: weekend(day.date),
    past: null,
    next: day,
  };
}

export interface FanOptions {
  /** History as it was sold, without corrections. */
  raw: boolean;
  /** What is typed and not saved, by day. */
  pending?: ReadonlyMap<string, number> | undefined;
}

export const fanPoints = (view: ForecastView, { raw, pending }: FanOptions): FanDay[] => [
  ...view.history.map((day, index) => pastPoint(day, view.history[index - 1], raw)),
  ...view.days.map((day, index) =>
    nextPoint(day, index ? view.days[index - 1] : view.history.at(-1), pending?.get(day.date)),
  ),
];

const NARROW = 600;
const PHONE_HISTORY = 42;

/** On a phone the last weeks are enough to see where the forecast takes off. */
export function fitting(points: readonly FanDay[], split: number, width: number) {
  const cut = width < NARROW ? Math.max(0, split - PHONE_HISTORY) : 0;
  return { points: points.slice(cut), split: split - cut };
}
