import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { AdminPage } from "./AdminPage";
import { LimitsCard } from "./LimitsCard";
import { ProviderCard } from "./ProviderCard";

/** How people come in, and how much may be asked. */
export function Access() {
  const { t } = useTranslation("admin");
  return (
    <AdminPage title={t("title.access")}>
      <div className={styles.stack}>
        <ProviderCard />
        <LimitsCard />
      </div>
    </AdminPage>
  );
}
