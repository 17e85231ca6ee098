import type * as api from "./generated/types";

/** The API's shapes are generated; here are the names the screens use, and the words that are not any text. */
export type With<T, Words> = Omit<T, keyof Words> & Words;

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
  | "users.manage"
  | "keys.manage"
  | "settings.manage"
  | "audit.view"
  | "forecasts.view"
  | "forecasts.edit"
  | "forecasts.run"
  | "operations.view"
  | "calendar.edit";

export type Scope = With<api.ScopeView, { kind: "all" | "regions" | "stores" }>;
export type User = With<
  api.UserView,
  { role: Role; language: Language; scope: Scope; permissions: Permission[] }
>;
export type Tenant = With<api.TenantView, { language: Language }>;
export type DemoSignIn = With<api.DemoSignInView, { role: Role }>;
export type Site =
  | { kind: "apex" }
  | With<
      api.SiteView,
      {
        kind: "tenant";
        slug: string;
        name: string;
        language: Language;
        demoSignIns: DemoSignIn[] | null;
        singleSignOn: { label: string } | null;
        passwords: boolean;
      }
    >;
export type SignedIn = With<api.SessionView, { user: User }>;
/** `seenBy`: whoever looks at the application as this person would see it. `barred`: why only the own account is open. */
export type Me = { user: User; tenant: Tenant; seenBy: { name: string } | null; barred: string | null };
export type Member = With<api.MemberView, { role: Role; language: Language; scope: Scope }>;
export type InvitationState = "open" | "accepted" | "expired" | "withdrawn";
export type Invitation = With<
  api.InvitationView,
  { role: Role; language: Language; scope: Scope; state: InvitationState }
>;
export type InvitationLink = api.InvitationLinkView;
export type PasswordLink = api.PasswordLinkView;
export type Welcome = With<api.WelcomeView, { language: Language }>;
export type LiveSession = api.LiveSessionView;
export type TwoFactor = api.TwoFactorView;
export type TwoFactorSetUp = api.TwoFactorSetUpView;
export type ApiKey = With<
  api.KeyView,
  { scope: Scope; state: "active" | "expiring" | "expired" | "revoked" }
>;
export type NewApiKey = api.NewKeyView;
export type Limits = api.LimitsView;
export type Usage = api.UsageView;
export type Drill = api.DrillView;
export type Operations = With<
  api.OperationsView,
  { redis: "off" | "up" | "down"; mail: "on" | "off"; backups: "here" | "elsewhere" }
>;
export type SignInProvider = api.SignInProviderView;
export type AuditVia = "session" | "key" | "preview" | "system";
export type AuditEntry = With<api.AuditEntryView, { via: AuditVia; before: unknown; after: unknown }>;
export type AuditPage = With<api.AuditPage, { items: AuditEntry[] }>;
export type AuditVerdict = api.AuditVerdict;
export type OpenTenant = With<api.OpenTenant, { language: Language }>;
export type OpenedTenant = api.OpenedTenantView;

export interface Items<T> {
  items: T[];
}
export interface Page<T> {
  items: T[];
  total: number;
}

export type Region = api.RegionView;
export type Store = api.StoreView;
/** `code` only when opening. */
export type StoreEdit = api.StoreDetails & { code?: string };
export type Objective = api.MonthObjective;
export type StoreObjective = api.StoreMonthObjective;
export type Closure = api.ClosureView;
export type Category = api.CategoryView;
export type Product = api.ProductView;

export type CalendarEvent = With<
  api.EventView,
  {
    kind: "moving" | "fixed" | "own";
    state: "proposed" | "confirmed" | "moved";
    source: "moon" | "easter" | "calendar" | "habit" | "own";
  }
>;
/** `code` null: made of the name. `stores` null: all of the country. */
export type EventEdit = api.AddEvent;

export type ImportKind = "sales" | "stores" | "products" | "objectives";
export type ImportMode = "partial" | "atomic";
export type ImportState = "receiving" | "queued" | "running" | "completed" | "failed" | "cancelled";
export type Detected = With<
  api.DetectedLayout,
  {
    format: "csv" | "jsonl";
    encoding: "utf-8" | "windows-1252";
    separator: "," | ";" | "\t" | "|";
    decimal: "." | ",";
    dateOrder: "ymd" | "dmy" | "mdy";
  }
>;
export type Mapping = With<
  api.Mapping,
  {
    kind: ImportKind;
    lineNumber: "column" | "ordinal";
    unknownProducts: "reject" | "create";
    unknownStores: "reject" | "create";
  }
>;
export type Import = With<api.ImportView, { kind: ImportKind; mode: ImportMode; state: ImportState }>;
export type RejectedLine = api.ImportErrorView;

export type Unit = "money" | "count" | "number" | "percent";
export type Direction = "up" | "down";
export type Metric = With<
  api.MetricDefinition,
  { unit: Unit; kind: "additive" | "ratio" | "distinct"; goodDirection: Direction }
>;
export type Comparison = "none" | "last-year" | "last-year-weekday" | "previous" | "objective";
export type MetricRows = api.MetricAnswer;
export type Grain = "day" | "week" | "month";
export type Card = With<api.Card, { unit: Unit; goodDirection: Direction }>;
export type SeriesPoint = api.SeriesPoint;
export type StoreRow = api.StoreLine;
export type CategoryRow = api.CategoryLine;
export type RegionRow = api.RegionLine;
export type HeatCell = api.HeatCell;
export type Watermark = api.Watermark;
export type Dashboard = With<api.DashboardView, { cards: Card[]; seriesGrain: Grain }>;
export type TicketRow = api.TicketSummary;
export type TicketLine = api.TicketLine;
export type Ticket = api.TicketView;
