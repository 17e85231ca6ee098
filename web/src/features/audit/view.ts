/** What the page shows, as its URL says it. */
export interface AuditView {
  du?: string | undefined;
  au?: string | undefined;
  qui?: string | undefined;
  action?: string | undefined;
  q?: string | undefined;
  page?: string | undefined;
}

export const PAGE = 50;

export const queryOf = (view: AuditView) => ({
  from: view.du,
  to: view.au,
  who: view.qui,
  action: view.action,
  search: view.q,
});

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** Lists and nested values in a few words; what is empty says nothing. */
function told(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((item) => told(item) ?? "").join(", ");
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value)
    .map(([name, inner]) => [name, told(inner)] as const)
    .filter(([, text]) => text !== null);
  return parts.length === 0 ? null : parts.map(([name, text]) => `${name} ${text}`).join(" · ");
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : value === null || value === undefined
      ? {}
      : { "": value };

/** Field by field, what it was and what it became; what stayed the same is left out. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [fields(before), fields(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, before: told(was[field]), after: told(is[field]) }))
    .filter((change) => change.before !== change.after);
}
