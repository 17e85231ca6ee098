import type { AuditVerdict } from "../../api/types";
import { Icon } from "../../components/Icon";
import { formatInstant, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Audit.module.css";

/** What the check of the whole chain found. */
export function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { t } = useTranslation("audit");
  return (
    <section className={styles.verdict} role="status">
      <span className={verdict.intact ? styles.intact : styles.broken}>
        <Icon name={verdict.intact ? "check" : "alert"} size={20} />
      </span>
      <div>
        <b>
          {verdict.intact
            ? t("verdict.intact", { count: verdict.entries, number: formatNumber(verdict.entries) })
            : t("verdict.broken", { at: formatNumber(verdict.brokenAt ?? 0) })}
        </b>
        {verdict.explanation && <p>{verdict.explanation}</p>}
        <p className="muted">
          {verdict.anchor
            ? t("verdict.anchor", {
                at: formatNumber(verdict.anchor.number),
                when: formatInstant(verdict.anchor.at),
              })
            : t("verdict.noAnchor")}{" "}
          {t("verdict.checked", { when: formatInstant(verdict.checkedAt) })}
        </p>
      </div>
    </section>
  );
}
