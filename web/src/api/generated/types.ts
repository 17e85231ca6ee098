// Generated from the host's OpenAPI document by `npm run api`: do not edit.

export type AcceptInvitation = {
  token: string;
  password: string;
};

export type AccuracyAnswer = {
  source: string;
  by: string;
  rows: AccuracyRow[];
  drift: DriftRow[];
  failures: FailureRate;
  fitted: null | FitTimes;
  generated: number;
};

export type AccuracyRow = {
  key: string;
  label: string;
  cells: number;
  units: number;
  wape: null | number;
  naiveWape: null | number;
  bias: null | number;
  mase: null | number;
  coverage: null | number;
};

export type AccuracyView = {
  wape: null | number;
  bias: null | number;
  mase: null | number;
  coverage: null | number;
};

export type AddApiKey = {
  name: string;
  permissions: string[];
  scope: ScopeView;
  expiresOn: string;
};

export type AddCategory = {
  code: string;
  name: string;
  parent: null | string;
};

export type AddEvent = {
  code: null | string;
  name: string;
  country: null | string;
  from: string;
  to: string;
  lead: number;
  lag: number;
  stores: null | string[];
};

export type AddProduct = {
  sku: string;
  name: string;
  category: null | string;
  purchasePrice: null | number;
  salePrice: null | number;
  taxRate: number;
};

export type AddRegion = {
  code: string;
  name: string;
};

export type AddUser = {
  name: string;
  email: string;
  password: string;
  role: string;
  language: string;
  scope: ScopeView;
};

export type AlarmLimitsView = {
  backupHours: number;
  drillHours: number;
};

export type AlarmView = {
  code: string;
  since: string;
};

export type AnchorView = {
  number: number;
  at: string;
};

export type AuditActionView = {
  action: string;
  label: string;
};

export type AuditEntryView = {
  number: number;
  at: string;
  who: null | AuditPerson;
  via: string;
  action: string;
  label: string;
  subject: null | string;
  before: null | JsonNode;
  after: null | JsonNode;
  address: null | string;
  agent: null | string;
};

export type AuditPage = {
  items: AuditEntryView[];
  total: number;
  actions: AuditActionView[];
};

export type AuditPerson = {
  id: string;
  name: string;
  email: string;
};

export type AuditVerdict = {
  intact: boolean;
  entries: number;
  first: null | number;
  last: null | number;
  brokenAt: null | number;
  reason: null | string;
  explanation: null | string;
  anchor: null | AnchorView;
  checkedAt: string;
};

export type BacktestView = {
  wape: null | number;
  bias: null | number;
  mase: null | number;
  coverage: null | number;
  naiveWape: null | number;
  naiveMase: null | number;
  cells: number;
  leaderboard: LeaderView[];
  origins: OriginView[];
  byLag: LagView[];
};

export type BackupView = {
  at: string;
  verified: boolean;
};

export type BeginTwoFactor = {
  password: string;
};

export type Body = {
  like: null | string;
  multiplier: number;
};

export type Card = {
  metric: string;
  label: string;
  unit: string;
  goodDirection: string;
  value: null | number;
  compare: null | number;
  delta: null | number;
  objective: null | number;
  series: (null | number)[];
};

export type CategoryDetails = {
  name: string;
  parent: null | string;
};

export type CategoryLine = {
  code: string;
  name: string;
  parent: null | string;
  hasChildren: boolean;
  revenue: number;
  compare: null | number;
  delta: null | number;
  marginRate: null | number;
  share: number;
};

export type CategoryList = {
  items: CategoryView[];
};

export type CategoryName = {
  code: string;
  name: string;
};

export type CategoryView = {
  code: string;
  name: string;
  parent: null | string;
  products: number;
};

export type ChangePassword = {
  current: string;
  password: string;
};

export type ClosureList = {
  items: ClosureView[];
};

export type ClosureView = {
  from: string;
  to: string;
  reason: string;
};

export type ComparePeriod = {
  kind: string;
  from: string;
  to: string;
  covered: boolean;
};

export type ConfirmTwoFactor = {
  code: string;
};

export type CorrectionInput = {
  sku: string;
  store: string;
  date: string;
  corrected: null | number;
  reason: string;
  note: null | string;
};

export type CorrectionList = {
  items: CorrectionView[];
  total: number;
};

export type CorrectionView = {
  id: string;
  sku: string;
  store: string;
  date: string;
  units: number;
  corrected: null | number;
  reason: string;
  note: null | string;
  createdBy: string;
  createdAt: string;
};

export type DashboardView = {
  from: string;
  to: string;
  compare: null | ComparePeriod;
  currency: string;
  currencyDecimals: number;
  version: number;
  watermark: Watermark;
  cards: Card[];
  seriesGrain: string;
  daily: SeriesPoint[];
  stores: StoreLine[];
  categories: CategoryLine[];
  regions: RegionLine[];
  heat: HeatCell[];
  heatCoversAllCategories: boolean;
  landing: null | LandingView;
};

export type DatabaseServerView = {
  version: string;
};

export type DayEvent = {
  code: string;
  name: string;
  day: number;
};

export type DayView = {
  date: string;
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  naive: number;
  statistical: number;
  override: null | number;
  events: DayEvent[];
  open: boolean;
};

export type DecideOutliers = {
  ids: string[];
  decision: string;
};

export type DemoSignInView = {
  role: string;
  email: string;
  password: string;
};

export type DetectedColumn = {
  name: string;
  index: number;
  samples: string[];
  target: null | string;
};

export type DetectedLayout = {
  format: string;
  encoding: string;
  separator: string;
  decimal: string;
  dateOrder: string;
  columns: DetectedColumn[];
  missing: string[];
  targets: TargetColumn[];
  mapping: null | string;
};

export type DriftRow = {
  sku: string;
  name: string;
  store: Place;
  wapeBefore: number;
  wapeNow: number;
  since: string;
};

export type DrillView = {
  at: string;
  good: boolean;
  rpoSeconds: number;
  rtoSeconds: number;
};

export type EditUser = {
  name: string;
  role: string;
  language: string;
  scope: ScopeView;
  active: boolean;
};

export type EventList = {
  items: EventView[];
};

export type EventMove = {
  days: number;
};

export type EventView = {
  id: string;
  code: string;
  name: string;
  kind: string;
  country: null | string;
  from: string;
  to: string;
  lead: number;
  lag: number;
  state: string;
  source: string;
  proposed: string;
  stores: null | string[];
};

export type ExpectedUnits = {
  p10: number;
  p50: number;
  p90: number;
};

export type ExplanationView = {
  sentence: string;
  parts: PartView[];
};

export type FailureRate = {
  rate: number;
  of: number;
};

export type FirstAdmin = {
  name: string;
  email: string;
  password: string;
};

export type FitTimes = {
  p50Ms: number;
  p95Ms: number;
};

export type ForecastLine = {
  sku: string;
  name: string;
  category: null | Place;
  stores: number;
  next: NextDays;
  before: null | number;
  change: null | number;
  value: number;
  accuracy: null | AccuracyView;
  beatsNaive: null | boolean;
  model: string;
  state: string;
  overridden: boolean;
  outliers: number;
};

export type ForecastListView = {
  items: ForecastLine[];
  total: number;
  horizon: number;
  asOf: null | string;
  run: null | LastRun;
  currency: string;
};

export type ForecastView = {
  sku: string;
  name: string;
  category: null | Place;
  level: string;
  store: null | Place;
  region: null | Place;
  asOf: null | string;
  from: null | string;
  horizon: number;
  state: string;
  startedLike: null | StartedLike;
  model: ModelView;
  days: DayView[];
  history: PastDayView[];
  totals: TotalsView;
  explanation: ExplanationView;
  backtest: null | BacktestView;
};

export type HeatCell = {
  weekday: number;
  hour: number;
  revenue: number;
  share: number;
};

export type ImportEffect = {
  from: string;
  to: string;
  stores: string[];
  revenue: number;
};

export type ImportErrorPage = {
  items: ImportErrorView[];
  total: number;
};

export type ImportErrorView = {
  line: number;
  column: string;
  code: string;
  message: string;
  fix: string;
  content: string;
};

export type ImportFailure = {
  code: string;
  message: string;
};

export type ImportPage = {
  items: ImportView[];
  total: number;
};

export type ImportView = {
  id: string;
  number: number;
  kind: string;
  mode: string;
  dryRun: boolean;
  mapping: null | string;
  file: null | string;
  state: string;
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  rejected: number;
  bytes: number;
  totalBytes: number;
  rowsPerSecond: number;
  createdAt: string;
  startedAt: null | string;
  finishedAt: null | string;
  createdBy: string;
  failure: null | ImportFailure;
  effect: null | ImportEffect;
};

export type InvitationLinkView = {
  id: string;
  link: string;
  expiresAt: string;
  mailed: boolean;
};

export type InvitationsView = {
  items: InvitationView[];
};

export type InvitationView = {
  id: string;
  name: string;
  email: string;
  role: string;
  language: string;
  scope: ScopeView;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  state: string;
};

export type InvitePerson = {
  name: string;
  email: string;
  role: string;
  language: string;
  scope: ScopeView;
};

export type JsonNode = unknown;

export type KeysView = {
  items: KeyView[];
};

export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  permissions: string[];
  scope: ScopeView;
  createdAt: string;
  createdBy: string;
  expiresOn: string;
  lastUsedAt: null | string;
  lastUsedFrom: null | string;
  state: string;
  overlapUntil: null | string;
};

export type LagView = {
  lag: number;
  wape: null | number;
  naiveWape: null | number;
  coverage: null | number;
  bias: null | number;
};

export type LandingView = {
  probability: number;
  p10: number;
  p50: number;
  p90: number;
  objective: number;
  soFar: number;
  month: string;
};

export type LastRun = {
  id: string;
  finishedAt: string;
};

export type LeaderView = {
  method: string;
  label: string;
  wape: null | number;
  mase: null | number;
  bias: null | number;
  coverage: null | number;
  weight: number;
  naive: boolean;
};

export type LimitsView = {
  requestsPerMinute: number;
  uploadsAtOnce: number;
  fewestRequestsPerMinute: number;
  mostRequestsPerMinute: number;
  mostUploadsAtOnce: number;
};

export type LiveSessionsView = {
  items: LiveSessionView[];
};

export type LiveSessionView = {
  session: string;
  startedAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: null | string;
  agent: null | string;
  current: boolean;
};

export type Mapping = {
  name: string;
  kind: string;
  builtIn: boolean;
  columns: Record<string, string>;
  constants: Record<string, string>;
  lineNumber: string;
  unknownProducts: string;
  unknownStores: string;
  separator?: null | string;
  encoding?: null | string;
  decimal?: null | string;
  dateOrder?: null | string;
};

export type MappingList = {
  items: Mapping[];
};

export type MembersView = {
  items: MemberView[];
};

export type MemberView = {
  id: string;
  name: string;
  email: string;
  role: string;
  language: string;
  scope: ScopeView;
  permissions: string[];
  active: boolean;
  addedAt: string;
  lastSeenAt: null | string;
  twoFactor: boolean;
  singleSignOn: boolean;
};

export type MetricAnswer = {
  from: string;
  to: string;
  compare: null | ComparePeriod;
  by: string[];
  rows: MetricAnswerRow[];
  totals: MetricTotals;
  version: number;
};

export type MetricAnswerRow = {
  keys: Record<string, string>;
  labels: Record<string, string>;
  values: Record<string, null | number>;
  compare: null | Record<string, null | number>;
};

export type MetricDefinition = {
  name: string;
  label: string;
  formula: string;
  unit: string;
  kind: string;
  goodDirection: string;
  needsCost: boolean;
};

export type MetricList = {
  items: MetricDefinition[];
};

export type MetricTotals = {
  values: Record<string, null | number>;
  compare: null | Record<string, null | number>;
};

export type MeView = {
  user: UserView;
  tenant: TenantView;
  seenBy: null | SeerView;
  barred: null | string;
};

export type ModelPart = {
  method: string;
  label: string;
  weight: number;
};

export type ModelView = {
  label: string;
  parts: ModelPart[];
  trainedAt: null | string;
  refreshedAt: null | string;
};

export type MonthObjective = {
  month: string;
  revenue: null | number;
};

export type NewKeyView = {
  id: string;
  key: string;
  name: string;
  prefix: string;
  permissions: string[];
  scope: ScopeView;
  createdAt: string;
  createdBy: string;
  expiresOn: string;
  state: string;
  overlapUntil: null | string;
};

export type NewProduct = {
  sku: string;
  name: string;
  category: null | Place;
  soldDays: number;
  startedLike: null | StartedLike;
};

export type NewProductList = {
  items: NewProduct[];
};

export type NextDays = {
  mean: number;
  p10: number;
  p90: number;
};

export type ObjectiveList = {
  items: MonthObjective[];
};

export type OpenedTenantView = {
  slug: string;
  name: string;
  url?: null | string;
};

export type OpenStore = {
  code: string;
  name: string;
  region: string;
  country: string;
  currency: string;
  surface: null | number;
  openedOn: string;
  closedOn: null | string;
  timeZone: string;
};

export type OpenTenant = {
  slug: string;
  name: string;
  country: string;
  currency: string;
  timeZone: string;
  language: string;
  admin: FirstAdmin;
};

export type OperationsView = {
  version: string;
  startedAt: string;
  database: DatabaseServerView;
  redis: string;
  mail: string;
  backups: string;
  backup: null | BackupView;
  drill: null | DrillView;
  drills: DrillView[];
  limits: AlarmLimitsView;
  vulnerabilities: string;
  alarms: AlarmView[];
};

export type OriginDay = {
  date: string;
  lag: number;
  actual: number;
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  naive: number;
};

export type OriginView = {
  cutOff: string;
  days: OriginDay[];
};

export type OutlierPage = {
  items: OutlierView[];
  total: number;
};

export type OutlierPlace = {
  code: string;
  name: string;
};

export type OutliersDecided = {
  decided: number;
};

export type OutlierView = {
  id: string;
  sku: string;
  name: string;
  store: OutlierPlace;
  date: string;
  units: number;
  expected: ExpectedUnits;
  score: number;
  reason: string;
  sentence: string;
  state: string;
};

export type OverrideChange = {
  at: string;
  by: string;
  what: string;
  formula: string;
  before: null | number;
  after: null | number;
};

export type OverrideInput = {
  id: null | string;
  level: string;
  sku: null | string;
  category: null | string;
  store: null | string;
  region: null | string;
  from: string;
  to: string;
  formula: string;
  reason: string;
  expiresOn: null | string;
};

export type OverrideList = {
  items: OverrideView[];
  total: number;
};

export type OverridePreview = {
  before: number;
  after: number;
  cells: number;
  days: PreviewedDay[];
};

export type OverrideScore = {
  days: number;
  wapeStatistical: null | number;
  wapeOverridden: null | number;
  better: boolean;
};

export type OverrideView = {
  id: string;
  level: string;
  sku: null | string;
  category: null | string;
  store: null | string;
  region: null | string;
  from: string;
  to: string;
  formula: string;
  reason: string;
  expiresOn: null | string;
  state: string;
  createdBy: string;
  createdAt: string;
  before: null | number;
  after: null | number;
  scored: null | OverrideScore;
  history: OverrideChange[];
};

export type PartView = {
  kind: string;
  label: string;
  total: number;
  days: number[];
};

export type PasswordLinkView = {
  link: string;
  expiresAt: string;
  mailed: boolean;
};

export type PastDayView = {
  date: string;
  units: number;
  corrected: null | number;
  note: null | string;
  open: boolean;
  events: DayEvent[];
  said: null | Spread;
};

export type Place = {
  code: string;
  name: string;
};

export type PreviewedDay = {
  date: string;
  before: number;
  after: number;
};

export type ProductDetails = {
  name: string;
  category: null | string;
  purchasePrice: null | number;
  salePrice: null | number;
  taxRate: number;
  active?: boolean;
};

export type ProductList = {
  items: ProductView[];
  total: number;
};

export type ProductView = {
  sku: string;
  name: string;
  category: null | CategoryName;
  purchasePrice: null | number;
  salePrice: null | number;
  taxRate: number;
  active: boolean;
};

export type ProposeEvents = {
  year: number;
};

export type QueuedRun = {
  id: string;
};

export type QueueRun = {
  kind: string;
  skus: null | string[];
  stores: null | string[];
};

export type RecoveryCodesView = {
  recoveryCodes: string[];
};

export type RegionChange = {
  name: string;
};

export type RegionLine = {
  code: string;
  name: string;
  revenue: number;
  compare: null | number;
  delta: null | number;
  attainment: null | number;
  share: number;
};

export type RegionList = {
  items: RegionView[];
};

export type RegionName = {
  code: string;
  name: string;
};

export type RegionView = {
  code: string;
  name: string;
  stores: number;
};

export type RotateApiKey = {
  overlapHours: number;
  expiresOn?: null | string;
};

export type RunFailure = {
  code: string;
  message: string;
};

export type RunPage = {
  items: RunView[];
  total: number;
};

export type RunView = {
  id: string;
  kind: string;
  state: string;
  nightly: boolean;
  series: number;
  done: number;
  refitted: number;
  failed: number;
  startedAt: null | string;
  finishedAt: null | string;
  secondsLeft: null | number;
  requestedBy: null | string;
  asOf: null | string;
  failure: null | RunFailure;
};

export type ScopeView = {
  kind: string;
  regions: null | string[];
  stores: null | string[];
  seesCost: boolean;
  categories?: null | string[];
};

export type SeerView = {
  name: string;
};

export type SeriesPoint = {
  date: string;
  actual: null | number;
  compare: null | number;
  objective: null | number;
};

export type SessionView = {
  accessToken: string;
  expiresIn: number;
  user: UserView;
};

export type SetCorrections = {
  items: CorrectionInput[];
};

export type SetLimits = {
  requestsPerMinute: number;
  uploadsAtOnce: number;
};

export type SetOverrides = {
  items: OverrideInput[];
};

export type SetPreferences = {
  language: string;
};

export type SetSignInProvider = {
  issuer: string;
  clientId: string;
  clientSecret: null | string;
  label: string;
  passwordsAllowed: boolean;
  twoFactorRequired: boolean;
};

export type SignIn = {
  email: string;
  password: string;
  code?: null | string;
};

export type SignInProviderView = {
  issuer: null | string;
  clientId: null | string;
  label: null | string;
  passwordsAllowed: boolean;
  twoFactorRequired: boolean;
};

export type SingleSignOnView = {
  label: string;
};

export type SiteView = {
  kind: string;
  slug: null | string;
  name: null | string;
  language: null | string;
  demoSignIns: null | DemoSignInView[];
  singleSignOn: null | SingleSignOnView;
  passwords: boolean;
};

export type Spread = {
  p10: number;
  p50: number;
  p90: number;
};

export type StartedLike = {
  sku: string;
  name: string;
  multiplier: number;
};

export type StorageUse = {
  lines: number;
  bytes: number;
};

export type StoreDetails = {
  name: string;
  region: string;
  country: string;
  currency: string;
  surface: null | number;
  openedOn: string;
  closedOn: null | string;
  timeZone: string;
};

export type StoreLine = {
  code: string;
  name: string;
  region: string;
  revenue: number;
  compare: null | number;
  delta: null | number;
  attainment: null | number;
  marginRate: null | number;
  share: number;
  spark: number[];
};

export type StoreList = {
  items: StoreView[];
};

export type StoreMonthObjective = {
  store: string;
  month: string;
  revenue: number;
};

export type StoreObjectiveList = {
  items: StoreMonthObjective[];
};

export type StoreView = {
  code: string;
  name: string;
  region: RegionName;
  country: string;
  currency: string;
  surface: null | number;
  openedOn: string;
  closedOn: null | string;
  timeZone: string;
};

export type TargetColumn = {
  name: string;
  required: boolean;
};

export type TenantView = {
  slug: string;
  name: string;
  country: string;
  currency: string;
  currencyDecimals: number;
  timeZone: string;
  language: string;
};

export type TicketLine = {
  line: number;
  sku: string;
  name: string;
  quantity: number;
  unitPrice: number;
  discount: number;
  taxRate: number;
  revenue: number;
};

export type TicketPage = {
  items: TicketSummary[];
  total: number;
};

export type TicketSummary = {
  store: string;
  storeName: string;
  ticket: string;
  soldAt: string;
  localTime: string;
  lines: number;
  units: number;
  revenue: number;
  customer: null | string;
};

export type TicketView = {
  store: string;
  storeName: string;
  ticket: string;
  soldAt: string;
  localTime: string;
  customer: null | string;
  lines: TicketLine[];
  revenue: number;
  tax: number;
  importNumber: number;
};

export type TotalsView = {
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  naive: number;
  statistical: number;
  lastYear: null | number;
  value: number;
};

export type TurnOffTwoFactor = {
  password: string;
  code: string;
};

export type TwoFactorSetUpView = {
  secret: string;
  uri: string;
  qr: string;
};

export type TwoFactorView = {
  on: boolean;
  recoveryCodesLeft: number;
};

export type UsageView = {
  requestsLastMinute: number;
  limits: LimitsView;
  storage: StorageUse;
};

export type UsePasswordLink = {
  token: string;
  password: string;
};

export type UserView = {
  id: string;
  name: string;
  email: string;
  role: string;
  language: string;
  scope: ScopeView;
  permissions: string[];
};

export type ValueAddedList = {
  from: string;
  to: string;
  by: string;
  rows: ValueAddedRow[];
};

export type ValueAddedRow = {
  key: string;
  label: string;
  cells: number;
  wape: null | number;
  gain: null | number;
  better: number;
  worse: number;
};

export type Watermark = {
  lastImportAt: null | string;
  lastImportId: null | string;
  dataThrough: null | string;
  storesReporting: number;
  storesExpected: number;
};

export type WelcomeView = {
  chain: string;
  name: string;
  email: string;
  language: string;
};
