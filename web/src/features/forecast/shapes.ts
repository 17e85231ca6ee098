import type * as api from "../../api/generated/types";
import type { With } from "../../api/types";

/** What the forecast routes answer, by the names the screens use. */
export type Level = "product" | "category" | "store" | "region" | "group";
export type Place = { code: string; name: string };

export interface Spread {
  p10: number;
  p50: number;
  p90: number;
}
export interface Accuracy {
  wape: number | null;
  bias: number | null;
  mase: number | null;
  coverage: number | null;
}
export type Standing = "tested" | "short" | "constant" | "new" | "ended" | "none";

export interface ForecastRow {
  sku: string;
  name: string;
  category: Place | null;
  stores: number;
  next: { mean: number; p10: number; p90: number };
  before: number | null;
  change: number | null;
  value: number;
  accuracy: Accuracy | null;
  beatsNaive: boolean | null;
  model: string;
  state: Standing;
  overridden: boolean;
  outliers: number;
}
export interface ForecastList {
  items: ForecastRow[];
  total: number;
  horizon: number;
  asOf: string | null;
  run: { id: string; finishedAt: string } | null;
  currency: string;
}

export interface EventMark {
  code: string;
  name: string;
  /** Days from the feast: 0 is the feast itself. */
  day: number;
}
export interface ForecastDay extends Spread {
  date: string;
  mean: number;
  naive: number;
  statistical: number;
  override: number | null;
  events: EventMark[];
  open: boolean;
}
export interface PastDay {
  date: string;
  units: number;
  corrected: number | null;
  note: "stock_out" | "outlier" | "corrected" | null;
  open: boolean;
  events: EventMark[];
  said: Spread | null;
}
export type PartKind =
  | "level"
  | "trend"
  | "season"
  | "event"
  | "price"
  | "promotion"
  | "correction"
  | "override"
  | "other";
export interface Part {
  kind: PartKind;
  label: string;
  total: number;
  days: number[];
}
export interface LeaderRow {
  method: string;
  label: string;
  wape: number | null;
  mase: number | null;
  bias: number | null;
  coverage: number | null;
  weight: number;
  naive: boolean;
}
export interface LagRow {
  lag: number;
  wape: number | null;
  naiveWape: number | null;
  coverage: number | null;
  bias: number | null;
}
export interface OriginDay extends Spread {
  date: string;
  lag: number;
  actual: number;
  mean: number;
  naive: number;
}
export interface Origin {
  cutOff: string;
  days: OriginDay[];
}
export interface Backtest extends Accuracy {
  naiveWape: number | null;
  naiveMase: number | null;
  cells: number;
  leaderboard: LeaderRow[];
  origins: Origin[];
  byLag: LagRow[];
}
export interface ForecastView {
  sku: string;
  name: string;
  category: Place | null;
  level: Level;
  store: Place | null;
  region: Place | null;
  asOf: string | null;
  from: string | null;
  horizon: number;
  state: Standing;
  startedLike: { sku: string; name: string; multiplier: number } | null;
  model: {
    label: string;
    parts: { method: string; label: string; weight: number }[];
    trainedAt: string | null;
    refreshedAt: string | null;
  };
  days: ForecastDay[];
  history: PastDay[];
  totals: Spread & {
    mean: number;
    naive: number;
    statistical: number;
    lastYear: number | null;
    value: number;
  };
  explanation: { sentence: string; parts: Part[] };
  backtest: Backtest | null;
}

export type Run = With<
  api.RunView,
  { kind: "retrain" | "refresh"; state: "queued" | "running" | "completed" | "failed" | "cancelled" }
>;

/** `+250` over several days is the total that is added; `*` and `%` go cell by cell. */
export interface OverrideEdit {
  id?: string;
  level: Level;
  sku: string | null;
  category: string | null;
  store: string | null;
  region: string | null;
  from: string;
  to: string;
  formula: string;
  reason: string;
  expiresOn: string | null;
}
export interface Override extends Omit<OverrideEdit, "id"> {
  id: string;
  state: "active" | "expired" | "withdrawn";
  createdBy: string;
  createdAt: string;
  /** Null for who sees only a part of what it is on. */
  before: number | null;
  after: number | null;
  scored: {
    days: number;
    wapeStatistical: number | null;
    wapeOverridden: number | null;
    better: boolean;
  } | null;
  /** What was done to it, the first first. */
  history: OverrideChange[];
}
export interface OverrideChange {
  at: string;
  by: string;
  what: "made" | "changed" | "withdrawn";
  formula: string;
  before: number | null;
  after: number | null;
}
export interface OverridePreview {
  before: number;
  after: number;
  cells: number;
  days: { date: string; before: number; after: number }[];
}

export interface CorrectionEdit {
  sku: string;
  store: string;
  date: string;
  /** Null leaves the day out of what is learnt. */
  corrected: number | null;
  reason: "stock_out" | "outlier" | "event" | "manual";
  note: string | null;
}
export interface Correction extends CorrectionEdit {
  id: string;
  units: number;
  createdBy: string;
  createdAt: string;
}

export interface Outlier {
  id: string;
  sku: string;
  name: string;
  store: Place;
  date: string;
  units: number;
  expected: Spread;
  score: number;
  reason: "spike" | "drop" | "stock_out" | "level_shift";
  sentence: string;
  state: "open" | "corrected" | "kept" | "event";
}

export type AccuracyBy = "lag" | "level" | "category" | "store" | "model" | "week";
export interface AccuracyRow {
  key: string;
  label: string;
  cells: number;
  units: number;
  wape: number | null;
  naiveWape: number | null;
  bias: number | null;
  mase: number | null;
  coverage: number | null;
}
export interface Drift {
  sku: string;
  name: string;
  store: Place;
  wapeBefore: number;
  wapeNow: number;
  since: string;
}
export interface AccuracyView {
  source: "backtest" | "lived";
  by: AccuracyBy;
  rows: AccuracyRow[];
  drift: Drift[];
  failures: { rate: number; of: number };
  fitted: { p50Ms: number; p95Ms: number } | null;
  generated: number;
}
export interface ValueAddedRow {
  key: string;
  label: string;
  cells: number;
  wape: number | null;
  gain: number | null;
  better: number;
  worse: number;
}
export interface NewProduct {
  sku: string;
  name: string;
  category: Place | null;
  soldDays: number;
  startedLike: { sku: string; name: string; multiplier: number } | null;
}
