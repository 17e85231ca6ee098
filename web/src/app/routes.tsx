import { createRootRoute, createRoute, redirect } from "@tanstack/react-router";
import { session } from "../api/session";
import { site } from "../api/site";
import type { AuditView } from "../features/audit/view";
import { readCalendar } from "../features/calendar/view";
import { readView } from "../features/dashboard/view";
import { readAccuracy, readList, readOutliers, readProduct } from "../features/forecast/view";
import type { StoresView } from "../features/stores/view";
import { loadWords } from "../lib/i18n";
import { started } from "./boot";
import { MODULES } from "./nav";
import { Root } from "./Root";
import { Shell } from "./Shell";

/** Where the reader was going, so that signing in leads there. */
export interface SignInSearch {
  retour?: string | undefined;
}

const root = createRootRoute({ component: Root });

/** Everything behind sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    await started;
    if (site().kind === "apex") throw redirect({ to: "/inscription" });
    const current = session();
    if (site().kind === "tenant" && current.status !== "signed-in")
      throw redirect({ to: "/connexion", search: { retour: location.href } });
    if (current.status === "signed-in" && current.barred && location.pathname !== "/compte")
      throw redirect({ to: "/compte" });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    const current = session();
    const may = current.status === "signed-in" ? current.user.permissions : [];
    throw redirect({ to: MODULES.find((module) => may.includes(module.permission))?.to ?? "/tdb" });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/connexion",
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    retour: typeof search["retour"] === "string" ? search["retour"] : undefined,
  }),
  loader: async () => {
    await Promise.all([started, loadWords("auth")]);
  },
}).lazy(() => import("../features/auth/routes").then((feature) => feature.signInRoute));

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/inscription",
  loader: () => loadWords("auth"),
}).lazy(() => import("../features/auth/routes").then((feature) => feature.signUpRoute));

const dashboard = createRoute({
  getParentRoute: () => shell,
  path: "/tdb",
  validateSearch: readView,
  loader: () => loadWords("dashboard"),
}).lazy(() => import("../features/dashboard/routes").then((feature) => feature.dashboardRoute));

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const imports = createRoute({
  getParentRoute: () => shell,
  path: "/imports",
  validateSearch: (search: Record<string, unknown>): { page?: string | undefined } => ({
    page: text(search["page"]),
  }),
  loader: () => loadWords("imports"),
}).lazy(() => import("../features/imports/routes").then((feature) => feature.importsRoute));

const newImport = createRoute({
  getParentRoute: () => shell,
  path: "/imports/nouveau",
  validateSearch: (search: Record<string, unknown>): { type?: string | undefined } => ({
    type: text(search["type"]),
  }),
  loader: () => loadWords("imports"),
}).lazy(() => import("../features/imports/routes").then((feature) => feature.newImportRoute));

const oneImport = createRoute({
  getParentRoute: () => shell,
  path: "/imports/$id",
  loader: () => loadWords("imports"),
}).lazy(() => import("../features/imports/routes").then((feature) => feature.importRoute));

const stores = createRoute({
  getParentRoute: () => shell,
  path: "/magasins",
  validateSearch: (search: Record<string, unknown>): StoresView => ({
    reg: text(search["reg"]),
    fermes: text(search["fermes"]),
    tri: text(search["tri"]),
  }),
  loader: () => loadWords("stores"),
}).lazy(() => import("../features/stores/routes").then((feature) => feature.storesRoute));

const store = createRoute({
  getParentRoute: () => shell,
  path: "/magasins/$code",
  validateSearch: (search: Record<string, unknown>): { annee?: string | undefined } => ({
    annee: text(search["annee"]),
  }),
  loader: () => loadWords("stores"),
}).lazy(() => import("../features/stores/routes").then((feature) => feature.storeRoute));

const catalogue = createRoute({
  getParentRoute: () => shell,
  path: "/catalogue",
  validateSearch: (
    search: Record<string, unknown>,
  ): { cat?: string | undefined; q?: string | undefined; page?: string | undefined } => ({
    cat: text(search["cat"]),
    q: text(search["q"]),
    page: text(search["page"]),
  }),
  loader: () => loadWords("catalogue"),
}).lazy(() => import("../features/catalogue/routes").then((feature) => feature.catalogueRoute));

const forecasts = createRoute({
  getParentRoute: () => shell,
  path: "/previsions",
  validateSearch: readList,
  loader: () => loadWords("forecast"),
}).lazy(() => import("../features/forecast/routes").then((feature) => feature.forecastsRoute));

const forecast = createRoute({
  getParentRoute: () => shell,
  path: "/previsions/article/$sku",
  validateSearch: readProduct,
  loader: () => loadWords("forecast"),
}).lazy(() => import("../features/forecast/routes").then((feature) => feature.forecastRoute));

const outliers = createRoute({
  getParentRoute: () => shell,
  path: "/previsions/anomalies",
  validateSearch: readOutliers,
  loader: () => loadWords("forecast"),
}).lazy(() => import("../features/forecast/routes").then((feature) => feature.outliersRoute));

const accuracy = createRoute({
  getParentRoute: () => shell,
  path: "/previsions/precision",
  validateSearch: readAccuracy,
  loader: () => loadWords("forecast"),
}).lazy(() => import("../features/forecast/routes").then((feature) => feature.accuracyRoute));

const calendar = createRoute({
  getParentRoute: () => shell,
  path: "/calendrier",
  validateSearch: readCalendar,
  loader: () => loadWords("calendar"),
}).lazy(() => import("../features/calendar/routes").then((feature) => feature.calendarRoute));

const admin = createRoute({
  getParentRoute: () => shell,
  path: "/administration",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined } => ({ q: text(search["q"]) }),
  loader: () => loadWords("admin"),
}).lazy(() => import("../features/admin/routes").then((feature) => feature.peopleRoute));

const keys = createRoute({
  getParentRoute: () => shell,
  path: "/administration/cles",
  loader: () => loadWords("admin"),
}).lazy(() => import("../features/admin/routes").then((feature) => feature.keysRoute));

const access = createRoute({
  getParentRoute: () => shell,
  path: "/administration/acces",
  loader: () => loadWords("admin"),
}).lazy(() => import("../features/admin/routes").then((feature) => feature.accessRoute));

const service = createRoute({
  getParentRoute: () => shell,
  path: "/administration/service",
  loader: () => loadWords("admin"),
}).lazy(() => import("../features/admin/routes").then((feature) => feature.serviceRoute));

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/journal",
  validateSearch: (search: Record<string, unknown>): AuditView => ({
    du: text(search["du"]),
    au: text(search["au"]),
    qui: text(search["qui"]),
    action: text(search["action"]),
    q: text(search["q"]),
    page: text(search["page"]),
  }),
  loader: () => loadWords("audit"),
}).lazy(() => import("../features/audit/routes").then((feature) => feature.auditRoute));

const account = createRoute({
  getParentRoute: () => shell,
  path: "/compte",
  loader: () => loadWords("account"),
}).lazy(() => import("../features/account/routes").then((feature) => feature.accountRoute));

/** The secret of a link stands behind its #: no server and no log sees it. */
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  loader: async () => {
    await Promise.all([started, loadWords("auth")]);
  },
}).lazy(() => import("../features/auth/routes").then((feature) => feature.invitationRoute));

const password = createRoute({
  getParentRoute: () => root,
  path: "/password",
  loader: async () => {
    await Promise.all([started, loadWords("auth")]);
  },
}).lazy(() => import("../features/auth/routes").then((feature) => feature.passwordRoute));

// A feature's routes go here: `createRoute` with its path, its typed `validateSearch` and its words,
// then `.lazy` onto the `createLazyRoute` exported by the feature's `routes.tsx`.

export const routeTree = root.addChildren([
  signIn,
  signUp,
  invitation,
  password,
  shell.addChildren([
    home,
    dashboard,
    stores,
    store,
    catalogue,
    forecasts,
    forecast,
    outliers,
    accuracy,
    calendar,
    imports,
    newImport,
    oneImport,
    audit,
    admin,
    keys,
    access,
    service,
    account,
  ]),
]);
