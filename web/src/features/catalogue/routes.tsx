import { createLazyRoute } from "@tanstack/react-router";
import { Catalogue } from "./Catalogue";

export const catalogueRoute = createLazyRoute("/shell/catalogue")({ component: Catalogue });
