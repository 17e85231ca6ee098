import type { ReactNode } from "react";
import type { Operations } from "../../api/types";
import { Tag } from "../../components/Card";
import { formatAgo, formatTook } from "../../lib/ago";
import { cx } from "../../lib/class";
import { formatInstant, formatSettings } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Service.module.css";

function Figure({ name, value, children }: { name: string; value: string | null; children: ReactNode }) {
  return (
    <div>
      <h2>{name}</h2>
      <p className={cx(styles.value, value === null && styles.absent)}>
        {value ?? formatSettings().notMeasured}
      </p>
      <p className={styles.under}>{children}</p>
    </div>
  );
}

/** Whether what is kept would come back, how much would be missing of it, and how soon. */
export function Proof({ operations: { drill, backup }, now }: { operations: Operations; now: number }) {
  const { t } = useTranslation("admin");
  return (
    <section className={styles.figures} aria-label={t("service.proof")}>
      <Figure name={t("service.lastDrill")} value={drill && formatAgo(drill.at, now)}>
        {drill ? <time dateTime={drill.at}>{formatInstant(drill.at)}</time> : t("service.noneYet")}
      </Figure>
      <Figure name={t("service.rpo")} value={drill && formatTook(drill.rpoSeconds)}>
        {t("service.rpoText")}
      </Figure>
      <Figure name={t("service.rto")} value={drill && formatTook(drill.rtoSeconds)}>
        {t("service.rtoText")}
      </Figure>
      <Figure name={t("service.lastBackup")} value={backup && formatAgo(backup.at, now)}>
        {backup ? (
          <>
            <time dateTime={backup.at}>{formatInstant(backup.at)}</time>{" "}
            <Tag tone={backup.verified ? "good" : "neutral"}>
              {t(backup.verified ? "service.verified" : "service.unverified")}
            </Tag>
          </>
        ) : (
          t("service.noneYet")
        )}
      </Figure>
    </section>
  );
}
