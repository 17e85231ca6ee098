import type { Detected, ImportKind, Mapping } from "../../api/types";
import { columnsOf } from "./head";

/** How this file will be read: what was detected, and what the person changed since. */
export interface Draft {
  kind: ImportKind;
  format: Detected["format"];
  columns: { name: string; index: number; samples: string[]; target: string | null }[];
  targets: Detected["targets"];
  constants: Record<string, string>;
  lineNumber: Mapping["lineNumber"];
  unknownProducts: Mapping["unknownProducts"];
  unknownStores: Mapping["unknownStores"];
  encoding: Detected["encoding"];
  separator: Detected["separator"];
  decimal: Detected["decimal"];
  dateOrder: Detected["dateOrder"];
  /** The saved or built-in mapping that fits. */
  base: Mapping | null;
  /** Ways of writing that are part of the mapping because the person, or the mapping before, set them. */
  fixed: readonly Writing[];
  /** The name under which changes are saved. */
  name: string;
  touched: boolean;
}
export type Writing = "encoding" | "separator" | "decimal" | "dateOrder";

const WRITINGS: readonly Writing[] = ["encoding", "separator", "decimal", "dateOrder"];
const NAME_MOST = 60;
const BUILT_IN = ["uci-online-retail", "daily-quantities"];

/** `Ventes Thiès 2026-11-20.csv` becomes `ventes-thies`: the next file of the same make finds it again. */
export function nameFor(file: string, kind: ImportKind): string {
  const slug = file
    .replace(/(\.(csv|txt|tsv|jsonl|ndjson|json|gz))+$/i, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\d+/g, " ")
    .replace(/[^a-z]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, NAME_MOST - 2);
  const name = slug || kind;
  return BUILT_IN.includes(name) ? `${name}-2` : name;
}

const DATES = ["sold_at", "opened_on", "closed_on", "month"];

export function draftFrom(
  kind: ImportKind,
  file: string,
  detected: Detected,
  base: Mapping | null,
  /** A tenant without stores, or products, has them made by its first file. */
  known: { stores: boolean; products: boolean },
): Draft {
  const sales = kind === "sales";
  const unknownStores = base?.unknownStores ?? (sales && !known.stores ? "create" : "reject");
  const unknownProducts = base?.unknownProducts ?? (sales && !known.products ? "create" : "reject");
  // Years in front are read so whatever the order of the others is thought to be: say what will happen.
  const dated = detected.columns.filter((column) => column.target && DATES.includes(column.target));
  const yearFirst = dated.some((column) => column.samples.some((sample) => /^\d{4}\D/.test(sample)));
  return {
    kind,
    format: detected.format,
    columns: detected.columns,
    targets: detected.targets,
    constants: base?.constants ?? {},
    lineNumber:
      base?.lineNumber ??
      (detected.columns.some((column) => column.target === "line") ? "column" : "ordinal"),
    unknownProducts,
    unknownStores,
    encoding: detected.encoding,
    separator: detected.separator,
    decimal: detected.decimal,
    dateOrder: yearFirst && !base?.dateOrder ? "ymd" : detected.dateOrder,
    base,
    fixed: base ? WRITINGS.filter((writing) => base[writing]) : [],
    name: base && !base.builtIn ? base.name : nameFor(file, kind),
    touched: !base && (unknownStores === "create" || unknownProducts === "create"),
  };
}

const mapped = (draft: Draft, target: string) => draft.columns.some((column) => column.target === target);
export const isGiven = (draft: Draft, target: string): boolean =>
  mapped(draft, target) || Boolean(draft.constants[target]?.trim());

/** What a line cannot do without. A sale always belongs to a store, though it may be the same one on every line. */
export function missing(draft: Draft): string[] {
  const required = draft.targets.filter((target) => target.required).map((target) => target.name);
  if (draft.kind === "sales") required.unshift("store");
  return required.filter((target) => !isGiven(draft, target));
}

/** A target has one column: choosing it for another takes it from the first. */
export function assign(draft: Draft, index: number, target: string | null): Draft {
  const columns = draft.columns.map((column) =>
    column.index === index
      ? { ...column, target }
      : { ...column, target: column.target === target ? null : column.target },
  );
  const lineNumber = columns.some((column) => column.target === "line") ? draft.lineNumber : "ordinal";
  return { ...draft, columns, lineNumber: target === "line" ? "column" : lineNumber, touched: true };
}

export function write<Key extends Writing>(
  draft: Draft,
  head: Uint8Array,
  key: Key,
  value: Draft[Key],
): Draft {
  const next: Draft = { ...draft, [key]: value, fixed: [...new Set([...draft.fixed, key])], touched: true };
  if (key !== "encoding" && key !== "separator") return next;
  const targets = new Map(draft.columns.map((column) => [column.name, column.target]));
  const columns = columnsOf(head, next.encoding, next.separator);
  return {
    ...next,
    columns: columns.map((column) => ({ ...column, target: targets.get(column.name) ?? null })),
  };
}

export function mappingOf(draft: Draft): Mapping {
  const columns: Record<string, string> = {};
  for (const column of draft.columns) if (column.target) columns[column.target] = column.name;
  const constants: Record<string, string> = {};
  for (const [target, value] of Object.entries(draft.constants))
    if (value.trim() && !columns[target]) constants[target] = value.trim();
  const { kind, lineNumber, unknownProducts, unknownStores } = draft;
  const mapping: Mapping = {
    name: draft.name,
    kind,
    builtIn: false,
    columns,
    constants,
    lineNumber: columns["line"] ? lineNumber : "ordinal",
    unknownProducts,
    unknownStores,
  };
  for (const writing of draft.fixed) mapping[writing] = draft[writing];
  return mapping;
}

const fold = (text: string) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** The mapping to ask for when nothing was changed; without one the host recognises the file by itself. */
export function untouchedName(draft: Draft): string | null {
  if (!draft.base) return null;
  const header = draft.columns.map((column) => fold(column.name));
  return Object.values(draft.base.columns).every((source) => header.includes(fold(source)))
    ? draft.base.name
    : null;
}
