import { createLazyRoute } from "@tanstack/react-router";
import { Audit } from "./Audit";

export const auditRoute = createLazyRoute("/shell/journal")({ component: Audit });
