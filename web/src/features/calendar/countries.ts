import type { Store } from "../../api/types";
import { language } from "../../lib/i18n";

export const countryName = (code: string): string => {
  try {
    return new Intl.DisplayNames(language(), { type: "region" }).of(code) ?? code;
  } catch {
    // What an address asks for may be no country's code at all.
    return code;
  }
};

/** Countries that stores are in, by name. */
export const countriesOf = (stores: readonly Store[]): string[] =>
  [...new Set(stores.map((store) => store.country))].sort((one, other) =>
    countryName(one).localeCompare(countryName(other), language()),
  );
