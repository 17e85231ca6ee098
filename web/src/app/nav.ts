import type { Permission } from "../api/types";
import type { IconName } from "../components/Icon";

/**
 * The modules of the left rail, in order. A feature adds one line here and its routes in `routes.tsx`;
 * its words are `nav.<key>` and `navShort.<key>` in `app/fr.json` and `app/en.json`.
 */
export interface Module {
  key: string;
  to: string;
  icon: IconName;
  permission: Permission;
  /** Pressed after `g`. */
  shortcut: string;
}

export const MODULES: readonly Module[] = [
  { key: "dashboard", to: "/tdb", icon: "dashboard", permission: "dashboard.view", shortcut: "d" },
  { key: "stores", to: "/magasins", icon: "store", permission: "stores.view", shortcut: "s" },
  { key: "catalogue", to: "/catalogue", icon: "catalogue", permission: "catalogue.view", shortcut: "c" },
  { key: "forecast", to: "/previsions", icon: "forecast", permission: "forecasts.view", shortcut: "p" },
  { key: "calendar", to: "/calendrier", icon: "calendar", permission: "stores.view", shortcut: "k" },
  { key: "imports", to: "/imports", icon: "import", permission: "imports.view", shortcut: "i" },
  { key: "audit", to: "/journal", icon: "journal", permission: "audit.view", shortcut: "j" },
  { key: "admin", to: "/administration", icon: "settings", permission: "users.manage", shortcut: "a" },
];
