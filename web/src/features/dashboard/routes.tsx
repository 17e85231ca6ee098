import { createLazyRoute } from "@tanstack/react-router";
import { Dashboard } from "./Dashboard";

export const dashboardRoute = createLazyRoute("/shell/tdb")({ component: Dashboard });
