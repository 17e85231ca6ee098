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
export type OverrideEdit = With<api.OverrideInput, { level: Level }>;
export type Override = With<
  api.OverrideView,
  { level: Level; state: "active" | "expired" | "withdrawn"; history: OverrideChange[] }
>;
export type OverrideChange = With<api.OverrideChange, { what: "made" | "changed" | "withdrawn" }>;
export type OverridePreview = api.OverridePreview;

type CorrectionReason = "stock_out" | "outlier" | "event" | "manual";
export type CorrectionEdit = With<api.CorrectionInput, { reason: CorrectionReason }>;
export type Correction = With<api.CorrectionView, { reason: CorrectionReason }>;

export type Outlier = With<
  api.OutlierView,
  {
    reason: "spike" | "drop" | "stock_out" | "level_shift";
    state: "open" | "corrected" | "kept" | "event";
  }
>;

export type AccuracyBy = "lag" | "level" | "category" | "store" | "model" | "week";
export type AccuracyRow = api.AccuracyRow;
export type Drift = api.DriftRow;
export type AccuracyView = With<api.AccuracyAnswer, { source: "backtest" | "lived"; by: AccuracyBy }>;
export type NewProduct = api.NewProduct;
