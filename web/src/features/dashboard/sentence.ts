import type { Scope } from "../../api/types";
import { endOfMonth, formatDay, formatMonth, monthOf, startOfMonth, yearOf } from "../../lib/dates";
import type { T } from "../../lib/i18n";
import type { Period } from "../../lib/period";
import type { Names } from "./names";
import { comparisonOf, ticketOf, type View } from "./view";

/** The period as one says it: « octobre 2026 », « novembre 2026, jusqu’au 20 novembre », « du 3 au 9 … ». */
export function periodWords(t: T, period: Period): string {
  const { token, from, to, wholeTo } = period;
  if (token === "jour") return t("period.today", { day: formatDay(from, "weekday") });
  if (token === "hier") return t("period.yesterday", { day: formatDay(from, "weekday") });
  if (from === wholeTo) return formatDay(from, "weekday");
  const until = (whole: string) =>
    to === wholeTo ? whole : t("period.until", { whole, day: formatDay(to, "long").replace(/ \d{4}$/, "") });
  const month = monthOf(from);
  if (from === startOfMonth(month) && wholeTo === endOfMonth(month)) return until(formatMonth(month));
  if (from.endsWith("-01-01") && wholeTo === `${yearOf(from)}-12-31`) return until(String(yearOf(from)));
  if (from.endsWith("-01") && wholeTo === endOfMonth(monthOf(wholeTo)) && Number(month.slice(5)) % 3 === 1) {
    const quarter = (Number(month.slice(5)) + 2) / 3;
    if (wholeTo.slice(0, 7) === `${yearOf(from)}-${String(quarter * 3).padStart(2, "0")}`)
      return until(t("period.quarter", { quarter, year: yearOf(from) }));
  }
  return t("period.range", { from: formatDay(from, "long"), to: formatDay(to, "long") });
}

export function placeWords(t: T, view: View, names: Names, scope: Scope): string {
  if (view.mag) {
    const stores = view.mag.split(",").map(names.store).join(", ");
    return t(/^[aeiouyhéèêâîôû]/i.test(stores) ? "place.storeElided" : "place.store", { name: stores });
  }
  if (view.reg) return t("place.region", { name: view.reg.split(",").map(names.region).join(", ") });
  const [own, ...others] = (scope.kind === "stores" && scope.stores) || [];
  if (own && others.length === 0) return placeWords(t, { mag: own }, names, scope);
  return scope.kind === "all" ? t("place.group") : t("place.scope");
}

export interface SentencePart {
  /** Which control changes this part. */
  control: "scope" | "period" | "comparison" | null;
  text: string;
}

/** The URL in words. Its parts open the control that changes them. */
export function sentence(t: T, view: View, period: Period, names: Names, scope: Scope): SentencePart[] {
  const parts: SentencePart[] = [{ control: "scope", text: placeWords(t, view, names, scope) }];
  const ticket = ticketOf(view);
  if (ticket)
    return [
      { control: null, text: t("title.ticket", { ticket: ticket.ticket, store: names.store(ticket.store) }) },
    ];
  if (view.cat) parts.push({ control: null, text: names.path(view.cat).map(names.category).join(" › ") });
  if (view.art) parts.push({ control: null, text: names.product(view.art) });
  parts.push({ control: "period", text: periodWords(t, period) });
  const comparison = comparisonOf(view);
  if (comparison !== "non") parts.push({ control: "comparison", text: t(`against.${comparison}`) });
  return parts;
}

export function sentenceText(t: T, parts: readonly SentencePart[]): string {
  const text = parts.map((part) => part.text).join(", ");
  return parts[0]?.control === null ? text : t("title.revenue", { rest: text });
}
