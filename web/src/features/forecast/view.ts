import type { Query } from "../../api/client";
import { type Day, isDay } from "../../lib/dates";
import type { AccuracyBy, Level } from "./shapes";

/** Pages of the forecast are their URLs; each parameter is plain text, defaults are not written. */
type Search = Record<string, unknown>;

const reader =
  <Key extends string>(...keys: readonly Key[]) =>
  (search: Search): { [K in Key]?: string | undefined } => {
    const view: { [K in Key]?: string } = {};
    for (const key of keys) {
      const value = search[key];
      if (typeof value === "string" && value !== "") view[key] = value;
    }
    return view;
  };

const oneOf = <T extends string>(values: readonly T[], value: string | undefined, usual: T): T =>
  (values as readonly string[]).includes(value ?? "") ? (value as T) : usual;

/** A place in one control: `region:dakar`, `magasin:thies`, or everything. */
export interface PlaceView {
  reg?: string | undefined;
  mag?: string | undefined;
}
export const placeValue = (view: PlaceView): string =>
  view.mag ? `m:${view.mag}` : view.reg ? `r:${view.reg}` : "";
export const placeOf = (value: string): PlaceView => ({
  reg: value.startsWith("r:") ? value.slice(2) : undefined,
  mag: value.startsWith("m:") ? value.slice(2) : undefined,
});
export const placeQuery = (view: PlaceView) => ({
  store: view.mag,
  region: view.mag ? undefined : view.reg,
});

export const readList = reader("q", "cat", "reg", "mag", "etat", "tri", "page");
export type ListView = ReturnType<typeof readList>;
export const SORTS = ["value", "change", "error", "name"] as const;
export const STATES = ["tested", "short", "constant", "new", "ended", "none"] as const;
export const LIST_SIZE = 50;
export const sortOf = (view: ListView) => oneOf(SORTS, view.tri, "value");
export const pageOf = (view: { page?: string | undefined }): number =>
  Math.max(1, Math.floor(Number(view.page)) || 1);
export const listQuery = (view: ListView): Query => ({
  search: view.q,
  category: view.cat,
  ...placeQuery(view),
  state: (STATES as readonly string[]).includes(view.etat ?? "") ? view.etat : undefined,
  sort: sortOf(view),
  page: pageOf(view),
  size: LIST_SIZE,
});

export const readProduct = reader("niv", "reg", "mag", "h", "du", "vue", "brut", "par", "essai");
export type ProductSearch = ReturnType<typeof readProduct>;
export const LEVELS = ["product", "category", "store", "region", "group"] as const;
export const HORIZONS = ["7", "14", "30", "90"] as const;
export const TABS = ["prevision", "retouches", "essais"] as const;
export const USUAL_HORIZON = "30";
/** History drawn before the forecast; a year's worth with three months ahead would be a hedge. */
export const HISTORY = 120;
export const tabOf = (view: ProductSearch) => oneOf(TABS, view.vue, "prevision");
export const horizonOf = (view: ProductSearch) => oneOf(HORIZONS, view.h, USUAL_HORIZON);

/** The levels that make sense where one stands: a store has no region's sum, a region no group's. */
export function levelsFor(view: PlaceView): readonly Level[] {
  if (view.mag) return ["product", "category", "store"];
  return view.reg ? ["product", "category", "region"] : ["product", "category", "group"];
}
export const levelOf = (view: ProductSearch): Level => oneOf(levelsFor(view), view.niv as Level, "product");

export const productQuery = (view: ProductSearch): Query => ({
  ...placeQuery(view),
  level: levelOf(view),
  horizon: horizonOf(view),
  from: view.du && isDay(view.du) ? view.du : undefined,
  history: HISTORY,
  corrected: true,
});

export const readOutliers = reader("etat", "art", "mag", "cat", "page");
export type OutliersView = ReturnType<typeof readOutliers>;
export const OUTLIER_STATES = ["open", "corrected", "kept", "event"] as const;
export const OUTLIERS_SIZE = 50;
export const outlierState = (view: OutliersView) => oneOf(OUTLIER_STATES, view.etat, "open");
export const outliersQuery = (view: OutliersView): Query => ({
  state: outlierState(view),
  sku: view.art,
  store: view.mag,
  category: view.cat,
  page: pageOf(view),
});

export const readAccuracy = reader("par", "mag", "cat", "du", "au", "apport");
export type AccuracySearch = ReturnType<typeof readAccuracy>;
export const DIMENSIONS = ["lag", "week", "category", "store", "level", "model"] as const;
export const dimensionOf = (view: AccuracySearch): AccuracyBy => oneOf(DIMENSIONS, view.par, "lag");
export const addedBy = (view: AccuracySearch) => oneOf(["step", "person"] as const, view.apport, "step");
const day = (text: string | undefined): Day | undefined => (text && isDay(text) ? text : undefined);
const part = (view: AccuracySearch): Query => ({
  from: day(view.du),
  to: day(view.au),
  store: view.mag,
  category: view.cat,
});
export const accuracyQuery = (view: AccuracySearch): Query => ({ by: dimensionOf(view), ...part(view) });
export const addedQuery = (view: AccuracySearch): Query => ({ by: addedBy(view), ...part(view) });

/** What is at its default is not written: the plain address is the plain view. */
export function tidy<View extends Record<string, string | undefined>>(
  view: View,
  usual: Partial<View>,
): View {
  return Object.fromEntries(
    Object.entries(view).filter(([key, value]) => value && value !== usual[key]),
  ) as View;
}
