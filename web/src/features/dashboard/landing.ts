import type { Dashboard } from "../../api/types";
import { currencySymbol, formatCompact, formatPercent } from "../../lib/format";
import type { T } from "../../lib/i18n";

export type Landing = NonNullable<Dashboard["landing"]>;

const NEXT_TO_NOTHING = 0.01;

/** `41,2–44,8 M`: the scale word once, where both have the same. */
export function spanOf(low: number, high: number): string {
  const [from, to] = [formatCompact(low, 3), formatCompact(high, 3)];
  const scale = (text: string) => /[\s\u00a0]?[^\d\s\u00a0.,]+$/.exec(text)?.[0] ?? "";
  const word = scale(to);
  return from === to ? to : `${word && scale(from) === word ? from.slice(0, -word.length) : from}–${to}`;
}

/** Paths are drawn: that something is certain cannot be told from them. */
function chance(t: T, probability: number): string {
  if (probability < NEXT_TO_NOTHING) return t("landing.hardly");
  if (probability > 1 - NEXT_TO_NOTHING) return t("landing.nearly");
  return formatPercent(probability, 0);
}

/** The chance of the month's objective, and between what the month ends in eight cases of ten. */
export const landingSentence = (t: T, landing: Landing): string =>
  t("landing.sentence", {
    chance: chance(t, landing.probability),
    span: `${spanOf(landing.p10, landing.p90)}\u00a0${currencySymbol()}`,
  });
