import { currencySymbol, formatNumber, formatSettings } from "./format";

/** One scale for a whole axis or column, named once in its header: `M F CFA`, `k €`. */
export interface Magnitude {
  divisor: number;
  /** `M`, `k`, or nothing. */
  word: string;
  write: (value: number | null | undefined) => string;
}

const WORDS: Record<string, readonly [string, string, string]> = {
  fr: ["Md", "M", "k"],
  en: ["bn", "M", "k"],
};

export function magnitudeOf(values: Iterable<number | null | undefined>): Magnitude {
  let max = 0;
  for (const value of values) max = Math.max(max, Math.abs(value ?? 0));
  const words = WORDS[formatSettings().locale.slice(0, 2)] ?? WORDS["en"] ?? ["bn", "M", "k"];
  const [divisor, word] =
    max >= 1e9 ? [1e9, words[0]] : max >= 1e6 ? [1e6, words[1]] : max >= 1e5 ? [1e3, words[2]] : [1, ""];
  // Three figures for the largest, so that those below it still differ.
  const digits = divisor === 1 ? formatSettings().decimals : max / divisor < 10 ? 2 : 1;
  return {
    divisor,
    word,
    write: (value) => formatNumber(value === null || value === undefined ? value : value / divisor, digits),
  };
}

export const moneyUnit = (magnitude: Magnitude): string =>
  magnitude.word ? `${magnitude.word}\u00a0${currencySymbol()}` : currencySymbol();
