/** How figures are written: the reader's language, the tenant's money. Unmeasured is never zero. */
export interface FormatSettings {
  locale: string;
  currency: string;
  decimals: number;
  timeZone: string;
  notMeasured: string;
}

const LOCALES: Record<string, string> = { fr: "fr-FR", en: "en-GB" };

let settings: FormatSettings = {
  locale: "fr-FR",
  currency: "XOF",
  decimals: 0,
  timeZone: "Africa/Dakar",
  notMeasured: "non mesuré",
};
const cache = new Map<string, Intl.NumberFormat>();

export function setFormat(next: Partial<Omit<FormatSettings, "locale">> & { language?: string }): void {
  const { language, ...rest } = next;
  settings = { ...settings, ...rest, locale: language ? (LOCALES[language] ?? language) : settings.locale };
  cache.clear();
}

export const formatSettings = (): FormatSettings => settings;

function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const existing = cache.get(key);
  if (existing) return existing;
  const made = new Intl.NumberFormat(settings.locale, options);
  cache.set(key, made);
  return made;
}

const MINUS = "−";
/** Intl groups French thousands by a narrow space that many faces, Inter among them, draw too thin to see. */
const readable = (text: string): string => text.replace(/-/g, MINUS).replaceAll("\u202f", "\u00a0");
const measured = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

export function formatNumber(value: number | null | undefined, digits = 0): string {
  if (!measured(value)) return settings.notMeasured;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return readable(numberFormat(`n${digits}`, options).format(value));
}

/** An average basket of 25 912 is told in full; 320 000 is not. */
const FULL_BELOW = 100_000;

/** A scale word and one decimal: `412,8 M`, `1,2 M`, `4 282`; `significant` keeps more of a small mantissa. */
export function formatCompact(value: number | null | undefined, significant = 2): string {
  if (!measured(value)) return settings.notMeasured;
  if (Math.abs(value) < FULL_BELOW)
    return formatNumber(value, Math.abs(value) < 100 && value % 1 !== 0 ? 1 : 0);
  const mantissa = Math.abs(value) / 1000 ** Math.floor(Math.log10(Math.abs(value)) / 3);
  const digits = mantissa < 10 ? Math.max(1, significant - 1) : 1;
  const options: Intl.NumberFormatOptions = {
    notation: "compact",
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  };
  return readable(numberFormat(`c${digits}`, options).format(value));
}

/** The currency as people there write it: `F CFA`, `€`. */
export function currencySymbol(currency = settings.currency): string {
  const parts = new Intl.NumberFormat(settings.locale, { style: "currency", currency }).formatToParts(0);
  return (parts.find((part) => part.type === "currency")?.value ?? currency).replaceAll("\u202f", "\u00a0");
}

export function formatMoney(value: number | null | undefined, currency = settings.currency): string {
  if (!measured(value)) return settings.notMeasured;
  const decimals = currency === settings.currency ? settings.decimals : undefined;
  const options: Intl.NumberFormatOptions = { style: "currency", currency };
  if (decimals !== undefined) {
    options.minimumFractionDigits = decimals;
    options.maximumFractionDigits = decimals;
  }
  return readable(numberFormat(`m${currency}`, options).format(value));
}

/** The amount without its currency, for a column whose header names it. */
export function formatAmount(value: number | null | undefined): string {
  return formatNumber(value, settings.decimals);
}

export function formatMoneyCompact(value: number | null | undefined): string {
  if (!measured(value)) return settings.notMeasured;
  if (Math.abs(value) < FULL_BELOW) return formatMoney(value);
  return `${formatCompact(value)}\u00a0${currencySymbol()}`;
}

/** `fraction` is 0.281 for 28.1 %. */
export function formatPercent(fraction: number | null | undefined, digits = 1): string {
  if (!measured(fraction)) return settings.notMeasured;
  const options: Intl.NumberFormatOptions = {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  return readable(numberFormat(`p${digits}`, options).format(fraction));
}

export function formatBytes(bytes: number | null | undefined): string {
  if (!measured(bytes)) return settings.notMeasured;
  const units = settings.locale.startsWith("fr") ? ["o", "ko", "Mo", "Go"] : ["B", "kB", "MB", "GB"];
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** power, power ? 1 : 0)}\u00a0${units[power]}`;
}

const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

/** A relative variance, always with its sign: `+6,4 %`, `−0,7 %`. */
export function formatVariance(fraction: number | null | undefined): string {
  if (!measured(fraction)) return settings.notMeasured;
  if (Math.abs(fraction) >= 10) return signed(fraction, formatPercent(fraction, 0));
  return signed(
    Math.abs(fraction) < 0.0005 ? 0 : fraction,
    formatPercent(Math.abs(fraction) < 0.0005 ? 0 : fraction),
  );
}

/** A difference between two rates, in points: `−0,7 pt`. */
export function formatPoints(difference: number | null | undefined): string {
  if (!measured(difference)) return settings.notMeasured;
  const points = Math.abs(difference) < 0.0005 ? 0 : difference * 100;
  return `${signed(points, formatNumber(points, 1))}\u00a0pt`;
}

export function formatSigned(value: number | null | undefined, write: (value: number) => string): string {
  return measured(value) ? signed(value, write(value)) : settings.notMeasured;
}

export function formatInstant(iso: string, style: "time" | "short" | "long" = "short"): string {
  const options: Intl.DateTimeFormatOptions =
    style === "time"
      ? { hour: "2-digit", minute: "2-digit" }
      : {
          day: "numeric",
          month: style === "long" ? "long" : "short",
          year: "numeric",
          hour: "2-digit",
          minute: "2-digit",
        };
  return new Intl.DateTimeFormat(settings.locale, { ...options, timeZone: settings.timeZone }).format(
    new Date(iso),
  );
}
