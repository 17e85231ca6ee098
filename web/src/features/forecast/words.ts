import type { Tone } from "../../components/Card";
import { formatNumber } from "../../lib/format";
import type { T } from "../../lib/i18n";
import type { ForecastRow, Standing } from "./shapes";

const WHOLE_FROM = 100;

/** Pieces and kilos alike: a decimal while it says something. */
export function formatUnits(value: number | null | undefined): string {
  const small = value !== null && value !== undefined && Math.abs(value) < WHOLE_FROM;
  return formatNumber(value, small && Math.abs(value - Math.round(value)) > 0.05 ? 1 : 0);
}

export const formatRange = (t: T, { p10, p90 }: { p10: number; p90: number }): string =>
  t("range", { low: formatUnits(p10), high: formatUnits(p90) });

/**
 * Figures rounded so that what is read adds up: what rounding leaves over goes where it is missed most.
 * The sum of the rounded is the rounded sum.
 */
export function summing(values: readonly number[], digits: number): number[] {
  const unit = 10 ** digits;
  const down = values.map((value) => Math.floor(value * unit));
  const whole = Math.round(values.reduce((sum, value) => sum + value, 0) * unit);
  const left = whole - down.reduce((sum, value) => sum + value, 0);
  const missed = values
    .map((value, index) => ({ index, rest: value * unit - (down[index] ?? 0) }))
    .sort((a, b) => b.rest - a.rest)
    .slice(0, Math.max(0, left));
  for (const { index } of missed) down[index] = (down[index] ?? 0) + 1;
  return down.map((value) => value / unit);
}

/** Digits that units of this size are written with. */
export const digitsOf = (value: number): number => (Math.abs(value) < WHOLE_FROM ? 1 : 0);

const TONES: Record<Standing, Tone> = {
  tested: "good",
  short: "neutral",
  constant: "neutral",
  new: "accent",
  ended: "neutral",
  none: "warn",
};

/** The chip that leads to the queue. */
export const OUTLIERS = "outliers";

export interface Chip {
  key: string;
  tone: Tone;
  text: string;
}

/** What is out of the ordinary; a tested forecast without anything needs no word. */
export function chipsOf(t: T, row: Pick<ForecastRow, "state" | "overridden" | "outliers">): Chip[] {
  const chips: Chip[] = [];
  if (row.state !== "tested")
    chips.push({ key: row.state, tone: TONES[row.state] ?? "neutral", text: t(`state.${row.state}`) });
  if (row.overridden) chips.push({ key: "overridden", tone: "accent", text: t("chip.overridden") });
  if (row.outliers > 0)
    chips.push({
      key: OUTLIERS,
      tone: "warn",
      text: t("chip.outliers", { count: row.outliers, number: formatNumber(row.outliers) }),
    });
  return chips;
}

/** What the forecast errs more than the naive one, or less: below zero is good. */
export const gapOf = (wape: number | null, naive: number | null): number | null =>
  wape === null || naive === null ? null : wape - naive;
