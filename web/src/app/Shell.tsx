import { Outlet, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCan, useSession } from "../api/session";
import { Button } from "../components/Button";
import { Kbd } from "../components/Card";
import { Frame } from "../components/Frame";
import { Icon } from "../components/Icon";
import { useTranslation } from "../lib/i18n";
import { MODULES } from "./nav";
import { PreviewBanner } from "./PreviewBanner";
import styles from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";
import { UserMenu } from "./UserMenu";

const PALETTE_MS = 4000;
const Palette = lazy(() => import("./Palette"));
const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

export function Shell() {
  const { t } = useTranslation("app");
  const current = useSession();
  const can = useCan();
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "sheet" | null>(null);
  const modules = MODULES.filter((module) => can(module.permission));

  useShortcuts({
    goTo: (key) => {
      const module = modules.find((candidate) => candidate.shortcut === key);
      if (module) void router.navigate({ to: module.to });
    },
    search: () => setOpen("palette"),
    sheet: () => setOpen("sheet"),
  });

  // Letters typed right after Ctrl+K must not be lost to its download.
  useEffect(() => {
    const timer = setTimeout(() => void import("./Palette"), PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);

  const barred = current.status === "signed-in" && current.barred;
  useEffect(() => {
    if (barred) void router.navigate({ to: "/compte" });
  }, [barred, router]);

  const signedIn = current.status === "signed-in";
  useEffect(() => {
    if (!signedIn) void router.navigate({ to: "/connexion", search: { retour: router.state.location.href } });
  }, [signedIn, router]);
  if (current.status !== "signed-in") return null;

  const nav = modules.map((module) => ({
    to: module.to,
    icon: module.icon,
    label: t(`nav.${module.key}`),
    short: t(`navShort.${module.key}`),
  }));
  return (
    <Frame
      brand={current.tenant.name}
      nav={nav}
      labels={{ skip: t("skip"), modules: t("modules"), more: t("more"), collapse: t("collapse") }}
      corner={
        <>
          <Button
            variant="quiet"
            className={styles.search}
            onClick={() => setOpen("palette")}
            aria-label={t("search")}
          >
            <Icon name="search" />
            <span>{t("search")}</span>
            <Kbd>Ctrl K</Kbd>
          </Button>
          <UserMenu onShortcuts={() => setOpen("sheet")} />
        </>
      }
    >
      {current.seenBy && <PreviewBanner name={current.user.name} />}
      <Outlet />
      <Suspense>
        {open === "palette" && <Palette onClose={() => setOpen(null)} />}
        {open === "sheet" && <ShortcutSheet onClose={() => setOpen(null)} />}
      </Suspense>
    </Frame>
  );
}
