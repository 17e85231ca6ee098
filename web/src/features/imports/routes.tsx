import { createLazyRoute } from "@tanstack/react-router";
import { ImportList } from "./ImportList";
import { ImportPage } from "./ImportPage";
import { Wizard } from "./Wizard";

export const importsRoute = createLazyRoute("/shell/imports")({ component: ImportList });
export const newImportRoute = createLazyRoute("/shell/imports/nouveau")({ component: Wizard });
export const importRoute = createLazyRoute("/shell/imports/$id")({ component: ImportPage });
