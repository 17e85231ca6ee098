import type { ReactNode } from "react";
import { Page } from "../../components/Page";
import { Tabs } from "../../components/Tabs";
import { useTranslation } from "../../lib/i18n";

const PAGES = [
  { to: "/previsions", key: "list" },
  { to: "/previsions/anomalies", key: "outliers" },
  { to: "/previsions/precision", key: "accuracy" },
] as const;

interface ForecastPageProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The pages about all products, beside one another. */
export function ForecastPage({ title, actions, children }: ForecastPageProps) {
  const { t } = useTranslation("forecast");
  return (
    <Page title={title} actions={actions}>
      <Tabs label={t("tabs.label")} tabs={PAGES.map(({ to, key }) => ({ to, label: t(`tabs.${key}`) }))} />
      {children}
    </Page>
  );
}
