import type { Role, Scope } from "../../api/types";
import { formatNumber } from "../../lib/format";
import type { T } from "../../lib/i18n";

export const ROLES: readonly Role[] = [
  "director",
  "regional-manager",
  "store-manager",
  "analyst",
  "admin",
  "integrator",
];

/** A scope in a few words: the codes themselves while there are few. */
export function scopeText(t: T, scope: Scope): string {
  const codes = scope.kind === "regions" ? scope.regions : scope.kind === "stores" ? scope.stores : null;
  const places = !codes
    ? t("scope.all")
    : codes.length <= 3
      ? codes.join(", ")
      : t(scope.kind === "regions" ? "scope.regionCount" : "scope.storeCount", {
          count: codes.length,
          number: formatNumber(codes.length),
        });
  const categories = scope.categories ?? [];
  return [
    places,
    categories.length > 0 &&
      (categories.length <= 2
        ? categories.join(", ")
        : t("scope.categoryCount", { count: categories.length, number: formatNumber(categories.length) })),
    !scope.seesCost && t("scope.noCost"),
  ]
    .filter(Boolean)
    .join(" · ");
}

export const EVERYTHING: Scope = { kind: "all", regions: [], stores: [], categories: [], seesCost: false };
