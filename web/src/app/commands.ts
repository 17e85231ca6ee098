import { get } from "../api/client";
import { signOut } from "../api/session";
import type { Items, Page, Permission, Product, Store } from "../api/types";
import type { IconName } from "../components/Icon";
import type { T } from "../lib/i18n";
import { switchLanguage } from "../lib/i18n";
import { applyTheme } from "../lib/theme";
import { MODULES } from "./nav";

export interface Command {
  key: string;
  label: string;
  hint: string;
  icon: IconName;
  href?: string;
  run?: () => void;
}

type Can = (permission: Permission) => boolean;

/** Case and accents do not count: « medina » finds Dakar-Médina. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export const matches = (text: string, asked: string): boolean =>
  plain(asked)
    .split(/\s+/)
    .every((part) => plain(text).includes(part));

export function commands(t: T, can: Can, asked: string): Command[] {
  const pages = MODULES.filter((module) => can(module.permission)).map((module) => ({
    key: module.to,
    label: t(`nav.${module.key}`),
    hint: t("palette.page"),
    icon: module.icon,
    href: module.to,
  }));
  const hint = t("palette.action");
  const bring: Command = {
    key: "import",
    label: t("palette.import"),
    hint,
    icon: "upload",
    href: "/imports/nouveau",
  };
  const actions: Command[] = [
    ...(can("imports.run") ? [bring] : []),
    { key: "light", label: t("palette.light"), hint, icon: "sun", run: () => applyTheme("light") },
    { key: "dark", label: t("palette.dark"), hint, icon: "moon", run: () => applyTheme("dark") },
    { key: "fr", label: t("palette.french"), hint, icon: "user", run: () => void switchLanguage("fr") },
    { key: "en", label: t("palette.english"), hint, icon: "user", run: () => void switchLanguage("en") },
    { key: "out", label: t("user.signOut"), hint, icon: "out", run: () => void signOut() },
  ];
  return [...pages, ...actions].filter((command) => matches(command.label, asked));
}

/** Stores match on this side, there are few; products are searched by the server. */
export async function lookUp(asked: string, can: Can, signal: AbortSignal): Promise<Command[]> {
  if (asked.length < 2) return [];
  const [stores, products] = await Promise.all([
    can("stores.view") ? get<Items<Store>>("/stores", {}, signal) : { items: [] },
    can("catalogue.view")
      ? get<Page<Product>>("/products", { search: asked, size: 6 }, signal)
      : { items: [] },
  ]);
  const regions = new Map(stores.items.map((store) => [store.region.code, store.region.name]));
  return [
    ...[...regions]
      .filter(([, name]) => matches(name, asked))
      .map(([code, name]) => ({
        key: `region-${code}`,
        label: name,
        hint: "",
        icon: "scope" as const,
        href: `/tdb?reg=${encodeURIComponent(code)}`,
      })),
    ...stores.items
      .filter((store) => matches(`${store.name} ${store.code}`, asked))
      .slice(0, 8)
      .map((store) => ({
        key: `store-${store.code}`,
        label: store.name,
        hint: store.region.name,
        icon: "store" as const,
        href: `/tdb?mag=${encodeURIComponent(store.code)}`,
      })),
    ...products.items.map((product) => ({
      key: `product-${product.sku}`,
      label: product.name,
      hint: product.sku,
      icon: "catalogue" as const,
      href: `/tdb?art=${encodeURIComponent(product.sku)}`,
    })),
  ];
}
