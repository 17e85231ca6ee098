import type { Query } from "../../api/client";
import type { Comparison } from "../../api/types";
import type { Day } from "../../lib/dates";
import { DEFAULT_PERIOD, type Period, resolvePeriod } from "../../lib/period";

/** What the dashboard shows is its URL and nothing else; each parameter is plain text. */
export interface View {
  /** Period, see lib/period. */
  p?: string | undefined;
  /** Comparison. */
  vs?: string | undefined;
  reg?: string | undefined;
  mag?: string | undefined;
  cat?: string | undefined;
  /** Product (SKU). */
  art?: string | undefined;
  /** Ticket: `store/number`. */
  tic?: string | undefined;
  /** Ranking by `region` instead of by store. */
  par?: string | undefined;
  tri?: string | undefined;
  /** Page of the ticket list. */
  page?: string | undefined;
}

const KEYS = ["p", "vs", "reg", "mag", "cat", "art", "tic", "par", "tri", "page"] as const;

const COMPARISONS: Record<string, Comparison> = {
  "n-1": "last-year",
  "n-1j": "last-year-weekday",
  "p-1": "previous",
  obj: "objective",
  non: "none",
};
export const COMPARISON_TOKENS = ["n-1j", "n-1", "p-1", "obj", "non"] as const;
export type ComparisonToken = (typeof COMPARISON_TOKENS)[number];
/** Retail weeks have a shape: a Saturday is held against a Saturday unless asked otherwise. */
export const DEFAULT_COMPARISON: ComparisonToken = "n-1j";

export function readView(search: Record<string, unknown>): View {
  const view: View = {};
  for (const key of KEYS) {
    const value = search[key];
    if (typeof value === "string" && value !== "") view[key] = value;
  }
  return view;
}

export const comparisonOf = (view: View): ComparisonToken =>
  view.vs && view.vs in COMPARISONS ? (view.vs as ComparisonToken) : DEFAULT_COMPARISON;

export const LEVELS = ["group", "region", "store", "category", "product", "ticket"] as const;
export type Level = (typeof LEVELS)[number];

export function levelOf(view: View): Level {
  if (view.tic) return "ticket";
  if (view.art) return "product";
  if (view.cat) return "category";
  if (view.mag) return "store";
  return view.reg ? "region" : "group";
}

/** Going deeper or back up drops what belonged to the level that was left. */
export function drill(view: View, change: Partial<View>): View {
  return clean({ ...view, tic: undefined, page: undefined, ...change });
}

/** Defaults are not written: the plain address is the plain view. */
export function clean(view: View): View {
  const next: View = { ...view };
  if (next.p === DEFAULT_PERIOD) next.p = undefined;
  if (next.vs === DEFAULT_COMPARISON) next.vs = undefined;
  if (next.page === "1") next.page = undefined;
  return readView(next as Record<string, unknown>);
}

export const periodOf = (view: View, today: Day, through?: Day | null): Period =>
  resolvePeriod(view.p, today, through);

/** The filters as the API names them. */
export function filters(view: View, period: Period): Query {
  return {
    from: period.from,
    to: period.to,
    compare: COMPARISONS[comparisonOf(view)],
    region: view.mag ? undefined : view.reg,
    store: view.mag,
    category: view.cat,
  };
}

export function ticketOf(view: View): { store: string; ticket: string } | null {
  const cut = view.tic?.indexOf("/") ?? -1;
  return view.tic && cut > 0 ? { store: view.tic.slice(0, cut), ticket: view.tic.slice(cut + 1) } : null;
}
