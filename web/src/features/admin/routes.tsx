import { createLazyRoute } from "@tanstack/react-router";
import { Access } from "./Access";
import { Keys } from "./Keys";
import { People } from "./People";
import { Service } from "./Service";

export const peopleRoute = createLazyRoute("/shell/administration")({ component: People });
export const keysRoute = createLazyRoute("/shell/administration/cles")({ component: Keys });
export const accessRoute = createLazyRoute("/shell/administration/acces")({ component: Access });
export const serviceRoute = createLazyRoute("/shell/administration/service")({ component: Service });
