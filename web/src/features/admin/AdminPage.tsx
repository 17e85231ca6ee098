import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useCan } from "../../api/session";
import { Page } from "../../components/Page";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";

const TABS = [
  { to: "/administration", key: "people", permission: "users.manage" },
  { to: "/administration/cles", key: "keys", permission: "keys.manage" },
  { to: "/administration/acces", key: "access", permission: "settings.manage" },
  { to: "/administration/service", key: "service", permission: "operations.view" },
] as const;

interface AdminPageProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The pages of an administrator, beside one another. */
export function AdminPage({ title, actions, children }: AdminPageProps) {
  const { t } = useTranslation("admin");
  const can = useCan();
  return (
    <Page title={title} actions={actions}>
      <nav className={styles.tabs} aria-label={t("tabs.label")}>
        {TABS.filter((tab) => can(tab.permission)).map((tab) => (
          <Link key={tab.key} to={tab.to} activeOptions={{ exact: true, includeSearch: false }}>
            {t(`tabs.${tab.key}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
