import { Select } from "../../components/Field";
import { useTranslation } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import type { Lists } from "./queries";
import { type PlaceView, placeOf, placeValue } from "./view";

interface PlaceSelectProps {
  lists: Lists;
  view: PlaceView;
  onChange: (place: PlaceView) => void;
  /** Only stores: what is asked for has no sums. */
  storesOnly?: boolean;
}

/** Regions with their stores under them; what the reader may not see is not in the list. */
export function PlaceSelect({ lists, view, onChange, storesOnly }: PlaceSelectProps) {
  const { t } = useTranslation("forecast");
  const { stores, regions } = lists;
  const one = stores.length === 1;
  return (
    <Select
      className={styles.filter}
      aria-label={t("filter.place")}
      value={placeValue(view)}
      onChange={(event) => onChange(placeOf(event.target.value))}
    >
      <option value="">{one ? (stores[0]?.name ?? "") : t("filter.everywhere")}</option>
      {!one &&
        regions.map((region) => {
          const inside = stores.filter((store) => store.region.code === region.code);
          if (inside.length === 0) return null;
          return (
            <optgroup key={region.code} label={region.name}>
              {!storesOnly && (
                <option value={`r:${region.code}`}>{t("filter.region", { name: region.name })}</option>
              )}
              {inside.map((store) => (
                <option key={store.code} value={`m:${store.code}`}>
                  {store.name}
                </option>
              ))}
            </optgroup>
          );
        })}
    </Select>
  );
}

interface CategorySelectProps {
  lists: Lists;
  value: string | undefined;
  onChange: (category: string | undefined) => void;
}

export function CategorySelect({ lists, value, onChange }: CategorySelectProps) {
  const { t } = useTranslation("forecast");
  const { categories } = lists;
  if (categories.length === 0) return null;
  const children = (parent: string | null, depth: number): { code: string; name: string; depth: number }[] =>
    categories
      .filter((category) => category.parent === parent)
      .flatMap(({ code, name }) => [{ code, name, depth }, ...children(code, depth + 1)]);
  return (
    <Select
      className={styles.filter}
      aria-label={t("filter.category")}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{t("filter.categories")}</option>
      {children(null, 0).map(({ code, name, depth }) => (
        <option key={code} value={code}>
          {"\u2003".repeat(depth)}
          {name}
        </option>
      ))}
    </Select>
  );
}

/** What a place is called in a sentence. */
export function placeWords(lists: Lists, view: PlaceView): string | null {
  if (view.mag) return lists.stores.find((store) => store.code === view.mag)?.name ?? view.mag;
  if (view.reg) return lists.regions.find((region) => region.code === view.reg)?.name ?? view.reg;
  return lists.stores.length === 1 ? (lists.stores[0]?.name ?? null) : null;
}
