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

/** `coarse` for an axis, whose round ticks lose nothing by `2,5 M`. */
export function magnitudeOf(values: Iterable<number | null | undefined>, coarse = false): Magnitude {
  let max = 0;
  for (const value of values) max = Math.max(max, Math.abs(value ?? 0));
  const step = coarse ? 10 : 1;
  const words = WORDS[formatSettings().locale.slice(0, 2)] ?? WORDS["en"] ?? ["bn", "M", "k"];
  // A step down before the figures lose their difference: 1 036 M beside 412 M, not 1,0 Md beside 0,4 Md.
  const [divisor, word] =
    max >= 1e10 / step
      ? [1e9, words[0]]
      : max >= 1e7 / step
        ? [1e6, words[1]]
        : max >= 1e5 / step
          ? [1e3, words[2]]
          : [1, ""];
  const digits = divisor === 1 ? formatSettings().decimals : max / divisor >= 1000 ? 0 : 1;
  return {
    divisor,
    word,
    write: (value) => formatNumber(value === null || value === undefined ? value : value / divisor, digits),
  };
}

export const moneyUnit = (magnitude: Magnitude): string =>
  magnitude.word ? `${magnitude.word}\u00a0${currencySymbol()}` : currencySymbol();
