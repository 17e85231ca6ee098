import type { Store } from "../../api/types";
import type { Day } from "../../lib/dates";

/** What the list shows is its URL. */
export interface StoresView {
  reg?: string | undefined;
  /** `1` shows closed stores too. */
  fermes?: string | undefined;
  tri?: string | undefined;
}

export const isClosed = (store: Pick<Store, "closedOn">, today: Day): boolean =>
  store.closedOn !== null && store.closedOn <= today;

export function shown(stores: readonly Store[], view: StoresView, today: Day): Store[] {
  return stores.filter(
    (store) =>
      (!view.reg || store.region.code === view.reg) && (view.fermes === "1" || !isClosed(store, today)),
  );
}

/** The header the import knows: what is exported can be changed in a spreadsheet and imported again. */
export const EXPORT_HEADER = [
  "code",
  "name",
  "region",
  "region_name",
  "country",
  "currency",
  "surface",
  "opened_on",
  "closed_on",
  "time_zone",
] as const;

export const exported = (store: Store): (string | number | null)[] => [
  store.code,
  store.name,
  store.region.code,
  store.region.name,
  store.country,
  store.currency,
  store.surface,
  store.openedOn,
  store.closedOn,
  store.timeZone,
];
