import type * as api from "../../api/generated/types";
import type { With } from "../../api/types";

/** What the forecast routes answer, by the names the screens use, and the words that are not any text. */
export type Level = "product" | "category" | "store" | "region" | "group";
export type Place = api.Place;
export type Spread = api.Spread;
export type Standing = "tested" | "short" | "constant" | "new" | "ended" | "none";

export type ForecastRow = With<api.ForecastLine, { state: Standing }>;
export type ForecastList = With<api.ForecastListView, { items: ForecastRow[] }>;

export type ForecastDay = api.DayView;
export type PastDay = With<api.PastDayView, { note: "stock_out" | "outlier" | "corrected" | null }>;
export type Part = api.PartView;
export type LeaderRow = api.LeaderView;
export type OriginDay = api.OriginDay;
export type Origin = api.OriginView;
export type Backtest = api.BacktestView;
export type ForecastView = With<api.ForecastView, { level: Level; state: Standing; history: PastDay[] }>;

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
