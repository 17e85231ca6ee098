export type Role = "director" | "regional-manager" | "store-manager" | "analyst" | "admin" | "integrator";
export type Language = "fr" | "en";
export type Permission =
  | "dashboard.view"
  | "stores.view"
  | "stores.edit"
  | "catalogue.view"
  | "catalogue.edit"
  | "imports.view"
  | "imports.run"
  | "users.manage";

export interface Scope {
  kind: "all" | "regions" | "stores";
  regions: string[];
  stores: string[];
  seesCost: boolean;
}
export interface User {
  id: string;
  name: string;
  email: string;
  role: Role;
  language: Language;
  scope: Scope;
  permissions: Permission[];
}
export interface Tenant {
  slug: string;
  name: string;
  country: string;
  currency: string;
  currencyDecimals: number;
  timeZone: string;
  language: Language;
}
export interface DemoSignIn {
  role: Role;
  email: string;
  password: string;
}
export type Site =
  | { kind: "apex" }
  | { kind: "tenant"; slug: string; name: string; language: Language; demoSignIns: DemoSignIn[] | null };
export interface SignedIn {
  accessToken: string;
  expiresIn: number;
  user: User;
}
export interface Me {
  user: User;
  tenant: Tenant;
}
export interface OpenTenant {
  slug: string;
  name: string;
  country: string;
  currency: string;
  timeZone: string;
  language: Language;
  admin: { name: string; email: string; password: string };
}
export interface Items<T> {
  items: T[];
}
export interface Page<T> {
  items: T[];
  total: number;
}

export interface Region {
  code: string;
  name: string;
  stores: number;
}
export interface Store {
  code: string;
  name: string;
  region: { code: string; name: string };
  country: string;
  currency: string;
  surface: number | null;
  openedOn: string;
  closedOn: string | null;
  timeZone: string;
}
export interface StoreEdit {
  code?: string;
  name: string;
  region: string;
  country: string;
  currency: string;
  surface: number | null;
  openedOn: string;
  closedOn: string | null;
  timeZone: string;
}
export interface Objective {
  month: string;
  revenue: number | null;
}
export interface Closure {
  from: string;
  to: string;
  reason: string;
}
export interface Category {
  code: string;
  name: string;
  parent: string | null;
  products: number;
}
export interface Product {
  sku: string;
  name: string;
  category: { code: string; name: string } | null;
  purchasePrice: number | null;
  salePrice: number | null;
  taxRate: number;
  active: boolean;
}

export type ImportKind = "sales" | "stores" | "products" | "objectives";
export type ImportMode = "partial" | "atomic";
export type ImportState = "receiving" | "queued" | "running" | "completed" | "failed" | "cancelled";
export interface Detected {
  format: "csv" | "jsonl";
  encoding: "utf-8" | "windows-1252";
  separator: "," | ";" | "\t" | "|";
  decimal: "." | ",";
  dateOrder: "ymd" | "dmy" | "mdy";
  columns: { name: string; index: number; samples: string[]; target: string | null }[];
  missing: string[];
  targets: { name: string; required: boolean }[];
  mapping: string | null;
}
export interface Mapping {
  name: string;
  kind: ImportKind;
  builtIn: boolean;
  columns: Record<string, string>;
  constants: Record<string, string>;
  lineNumber: "column" | "ordinal";
  unknownProducts: "reject" | "create";
  unknownStores: "reject" | "create";
  separator?: string | null;
  encoding?: string | null;
  decimal?: string | null;
  dateOrder?: string | null;
}
export interface Import {
  id: string;
  number: number;
  kind: ImportKind;
  mode: ImportMode;
  dryRun: boolean;
  mapping: string | null;
  file: string | null;
  state: ImportState;
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  rejected: number;
  bytes: number;
  totalBytes: number | null;
  rowsPerSecond: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  createdBy: string;
  failure: { code: string; message: string } | null;
  effect: { from: string; to: string; stores: string[]; revenue: number } | null;
}
export interface RejectedLine {
  line: number;
  column: string;
  code: string;
  message: string;
  fix: string;
  content: string;
}

export type Unit = "money" | "count" | "number" | "percent";
export interface Metric {
  name: string;
  label: string;
  formula: string;
  unit: Unit;
  kind: "additive" | "ratio" | "distinct";
  goodDirection: "up" | "down";
  needsCost: boolean;
}
export type Comparison = "none" | "last-year" | "last-year-weekday" | "previous" | "objective";
export interface ComparedPeriod {
  kind: Comparison;
  from: string;
  to: string;
}
export type Values = Record<string, number | null>;
export interface MetricRows {
  from: string;
  to: string;
  compare: ComparedPeriod | null;
  by: string[];
  rows: {
    keys: Record<string, string>;
    labels: Record<string, string>;
    values: Values;
    compare: Values | null;
  }[];
  totals: { values: Values; compare: Values | null };
  version: number | string;
}
export type Grain = "day" | "week" | "month";
export interface Card {
  metric: string;
  label: string;
  unit: Unit;
  goodDirection: "up" | "down";
  value: number | null;
  compare: number | null;
  delta: number | null;
  objective: number | null;
  series: (number | null)[];
}
export interface SeriesPoint {
  date: string;
  actual: number | null;
  compare: number | null;
  objective: number | null;
}
export interface StoreRow {
  code: string;
  name: string;
  region: string;
  revenue: number | null;
  compare: number | null;
  delta: number | null;
  attainment: number | null;
  marginRate: number | null;
  share: number | null;
  spark: (number | null)[];
}
export interface CategoryRow {
  code: string;
  name: string;
  parent: string | null;
  hasChildren: boolean;
  revenue: number | null;
  compare: number | null;
  delta: number | null;
  marginRate: number | null;
  share: number | null;
}
export interface RegionRow {
  code: string;
  name: string;
  revenue: number | null;
  compare: number | null;
  delta: number | null;
  attainment: number | null;
  share: number | null;
}
export interface HeatCell {
  weekday: number;
  hour: number;
  revenue: number;
  share: number;
}
export interface Watermark {
  lastImportAt: string | null;
  lastImportId: string | null;
  dataThrough: string | null;
  storesReporting: number;
  storesExpected: number;
}
export interface Dashboard {
  from: string;
  to: string;
  compare: ComparedPeriod | null;
  currency: string;
  currencyDecimals: number;
  version: number | string;
  watermark: Watermark;
  cards: Card[];
  seriesGrain: Grain;
  daily: SeriesPoint[];
  stores: StoreRow[];
  categories: CategoryRow[];
  regions: RegionRow[];
  heat: HeatCell[];
  heatCoversAllCategories: boolean;
}
export interface TicketRow {
  store: string;
  storeName: string;
  ticket: string;
  soldAt: string;
  localTime: string;
  lines: number;
  units: number;
  revenue: number;
  customer: string | null;
}
export interface TicketLine {
  line: number;
  sku: string;
  name: string;
  quantity: number;
  unitPrice: number;
  discount: number;
  taxRate: number;
  revenue: number;
}
export interface Ticket {
  store: string;
  storeName: string;
  ticket: string;
  soldAt: string;
  localTime: string;
  customer: string | null;
  lines: TicketLine[];
  revenue: number;
  tax: number;
  importNumber: number | null;
}
