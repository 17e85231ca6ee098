/** Search parameters are plain text both ways: a year or a numeric SKU must not come back as a number. */
export const readSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

/** Slashes and colons are legal in a query and stay readable; what is not set is not written. */
export function writeSearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).flatMap(([key, value]) =>
    value === undefined || value === null || value === ""
      ? []
      : [
          `${encodeURIComponent(key)}=${encodeURIComponent(String(value)).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",")}`,
        ],
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}
