import type { ReactNode } from "react";
import { useCan } from "../../api/session";
import { Page } from "../../components/Page";
import { Tabs } from "../../components/Tabs";
import { useTranslation } from "../../lib/i18n";

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
      <Tabs
        label={t("tabs.label")}
        tabs={TABS.filter((tab) => can(tab.permission)).map(({ to, key }) => ({
          to,
          label: t(`tabs.${key}`),
        }))}
      />
      {children}
    </Page>
  );
}
