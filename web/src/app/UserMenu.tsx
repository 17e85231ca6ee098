import { lazy, Suspense } from "react";
import { useUser } from "../api/session";
import { SkeletonRows } from "../components/Async";
import { Popover } from "../components/Popover";
import { useTranslation } from "../lib/i18n";
import styles from "./Shell.module.css";

const UserPanel = lazy(() => import("./UserPanel"));

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.slice(0, 1))
    .slice(0, 2)
    .join("")
    .toUpperCase();

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation("app");
  const user = useUser();
  return (
    <Popover
      label={t("user.menu")}
      align="end"
      className={styles.menu ?? ""}
      trigger={initials(user.name)}
      buttonProps={{ className: styles.avatar, "aria-label": t("user.open", { name: user.name }) }}
    >
      {(close) => (
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <UserPanel onShortcuts={onShortcuts} close={close} />
        </Suspense>
      )}
    </Popover>
  );
}
