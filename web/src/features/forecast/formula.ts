/** What a planner types over a forecast: `*1,2`, `+250`, `=300`, `-10%`, `*3,5+100`. */
export interface Formula {
  /** As the API takes it: no spaces, a point for the decimals. */
  text: string;
  /** Null when the total is set outright. */
  factor: number | null;
  /** The total added over all the days, or the total itself. */
  amount: number;
}

const NUMBER = "(\\d+(?:[.,]\\d+)?)";
const TIMES = new RegExp(`^\\*${NUMBER}(?:([+-])${NUMBER})?$`);
const SHARE = new RegExp(`^([+-])${NUMBER}%$`);
const MORE = new RegExp(`^([+-])${NUMBER}$`);
const SET = new RegExp(`^=?${NUMBER}$`);

const read = (text: string | undefined): number => Number((text ?? "0").replace(",", "."));
const sign = (text: string | undefined): number => (text === "-" ? -1 : 1);

/** Null for an empty cell, undefined for what is no formula. A bare figure sets the total. */
export function readFormula(typed: string): Formula | null | undefined {
  const text = typed
    .replace(/[\s\u00a0\u202f']/g, "")
    .replace(/[×x]/gi, "*")
    .replace(/[−–]/g, "-");
  if (text === "") return null;
  const plain = text.replaceAll(",", ".");
  const times = TIMES.exec(text);
  if (times) return { text: plain, factor: read(times[1]), amount: sign(times[2]) * read(times[3]) };
  const share = SHARE.exec(text);
  if (share) return { text: plain, factor: 1 + (sign(share[1]) * read(share[2])) / 100, amount: 0 };
  const more = MORE.exec(text);
  if (more) return { text: plain, factor: 1, amount: sign(more[1]) * read(more[2]) };
  const set = SET.exec(text);
  if (set) return { text: plain.startsWith("=") ? plain : `=${plain}`, factor: null, amount: read(set[1]) };
  return undefined;
}

export const isWrong = (typed: string): boolean => {
  const formula = readFormula(typed);
  return formula === undefined || (formula?.factor ?? 0) < 0;
};

/**
 * The days as the formula would leave them, before the server is asked: factors go day by day, totals
 * are spread as the forecast itself is spread, evenly where it is nothing. Demand does not go below zero.
 */
export function applied(formula: Formula, days: readonly number[]): number[] {
  const whole = days.reduce((sum, day) => sum + day, 0);
  const factor = formula.factor ?? 0;
  return days.map((day) => {
    const weight = whole > 0 ? day / whole : 1 / days.length;
    return Math.max(0, day * factor + formula.amount * weight);
  });
}
