import type { Operations } from "../../api/types";
import { Async, Empty, Skeleton, SkeletonRows } from "../../components/Async";
import { Card } from "../../components/Card";
import { formatInstant, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import { AdminPage } from "./AdminPage";
import { Alarms } from "./Alarms";
import { Drills } from "./Drills";
import { HostCard } from "./HostCard";
import { Proof } from "./Proof";
import { useOperations } from "./queries";
import styles from "./Service.module.css";

function titleOf(t: T, operations: Operations | undefined): string {
  if (!operations) return t("tabs.service");
  const count = operations.alarms.length;
  if (count) return t("service.title.alarms", { count, number: formatNumber(count) });
  return operations.drill
    ? t("service.title.proven", { when: formatInstant(operations.drill.at) })
    : t("service.title.unproven");
}

/** Is the service well, and would the data come back: asked again every minute while somebody looks. */
export function Service() {
  const { t } = useTranslation("admin");
  const query = useOperations();
  const now = query.dataUpdatedAt;
  return (
    <AdminPage title={titleOf(t, query.data)}>
      <Async query={query} skeleton={<Coming />}>
        {(operations) => (
          <>
            <Alarms alarms={operations.alarms} limits={operations.limits} />
            {operations.backups === "here" && <Proof operations={operations} now={now} />}
            <div className={styles.parts}>
              <Card title={t("service.drills")} sentence={t("service.drillsText")}>
                {operations.drills.length > 0 ? (
                  <Drills drills={operations.drills} />
                ) : operations.backups === "here" ? (
                  <Empty icon="shield" title={t("service.noDrill")}>
                    {t("service.noDrillText")} <code className={styles.command}>./epm drill</code>
                  </Empty>
                ) : (
                  <Empty icon="shield" title={t("service.elsewhere")}>
                    {t("service.elsewhereText")}
                  </Empty>
                )}
              </Card>
              <HostCard operations={operations} now={now} />
            </div>
          </>
        )}
      </Async>
    </AdminPage>
  );
}

function Coming() {
  return (
    <>
      <div className={styles.figures}>
        {["drill", "rpo", "rto", "backup"].map((figure) => (
          <div key={figure}>
            <Skeleton width="60%" height={12} />
            <Skeleton width="45%" height={28} />
            <Skeleton width="70%" height={12} />
          </div>
        ))}
      </div>
      <div className={styles.parts}>
        <Card>
          <SkeletonRows rows={6} />
        </Card>
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      </div>
    </>
  );
}
