/** Where a chain may trade, with the money and the clock people there expect. */
export const COUNTRIES = [
  ["SN", "XOF", "Africa/Dakar"],
  ["CI", "XOF", "Africa/Abidjan"],
  ["ML", "XOF", "Africa/Bamako"],
  ["BF", "XOF", "Africa/Ouagadougou"],
  ["BJ", "XOF", "Africa/Porto-Novo"],
  ["TG", "XOF", "Africa/Lome"],
  ["NE", "XOF", "Africa/Niamey"],
  ["GW", "XOF", "Africa/Bissau"],
  ["GN", "GNF", "Africa/Conakry"],
  ["MR", "MRU", "Africa/Nouakchott"],
  ["CM", "XAF", "Africa/Douala"],
  ["GA", "XAF", "Africa/Libreville"],
  ["CG", "XAF", "Africa/Brazzaville"],
  ["GH", "GHS", "Africa/Accra"],
  ["NG", "NGN", "Africa/Lagos"],
  ["KE", "KES", "Africa/Nairobi"],
  ["MA", "MAD", "Africa/Casablanca"],
  ["DZ", "DZD", "Africa/Algiers"],
  ["TN", "TND", "Africa/Tunis"],
  ["FR", "EUR", "Europe/Paris"],
  ["BE", "EUR", "Europe/Brussels"],
  ["LU", "EUR", "Europe/Luxembourg"],
  ["ES", "EUR", "Europe/Madrid"],
  ["PT", "EUR", "Europe/Lisbon"],
  ["CH", "CHF", "Europe/Zurich"],
  ["GB", "GBP", "Europe/London"],
  ["CA", "CAD", "America/Toronto"],
  ["US", "USD", "America/New_York"],
] as const;

export const CURRENCIES = [...new Set(COUNTRIES.map(([, currency]) => currency))].sort();

export const timeZones = (): string[] => Intl.supportedValuesOf("timeZone");

/** A host name label: lower-case letters, digits and inner hyphens. */
export function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
}
