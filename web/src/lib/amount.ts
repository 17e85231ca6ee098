/**
 * A figure as people type or paste it: `1 234 567`, `1.234.567,50`, `1,234,567.5`, `1 234 F CFA`.
 * Null when there is nothing, undefined when it is no figure.
 */
export function readAmount(text: string): number | null | undefined {
  const bare = text
    .replace(/[\s\u00a0\u202f']/g, "")
    .replace(/^[^\d.,+-−-]+|(F?CFA|XOF|XAF|EUR|USD|F|€|\$|£|%)$/gi, "")
    .replace("−", "-");
  if (bare === "") return text.trim() === "" ? null : undefined;
  const comma = bare.lastIndexOf(",");
  const point = bare.lastIndexOf(".");
  const mark = Math.max(comma, point);
  const sign = mark < 0 ? "" : bare.charAt(mark);
  // One mark with exactly three digits behind it, or many of the same, group thousands: a price has two decimals.
  const groups =
    mark >= 0 &&
    (bare.indexOf(sign) !== mark ||
      (Math.min(comma, point) < 0 && /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(bare)));
  const whole = groups || mark < 0 ? bare : bare.slice(0, mark);
  const decimals = groups || mark < 0 ? "" : bare.slice(mark + 1);
  if (
    !/^[+-]?(\d*|\d{1,3}([.,]\d{3})+)$/.test(whole) ||
    !/^\d*$/.test(decimals) ||
    !/\d/.test(whole + decimals)
  )
    return undefined;
  return Number(`${whole.replace(/[.,]/g, "") || "0"}.${decimals || "0"}`);
}

/** As it stands in an input, so that it reads back as itself: three decimals would look like thousands. */
export function writeAmount(value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}
