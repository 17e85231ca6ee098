import { createLazyRoute } from "@tanstack/react-router";
import { Access } from "./Access";
import { Keys } from "./Keys";
import { People } from "./People";

export const peopleRoute = createLazyRoute("/shell/administration")({ component: People });
export const keysRoute = createLazyRoute("/shell/administration/cles")({ component: Keys });
export const accessRoute = createLazyRoute("/shell/administration/acces")({ component: Access });
