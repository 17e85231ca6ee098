import type { Operations } from "../../api/types";
import { Icon } from "../../components/Icon";
import { formatInstant, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Service.module.css";

/** What needs somebody, since when, and what to do about it. */
export function Alarms({ alarms, limits }: Pick<Operations, "alarms" | "limits">) {
  const { t } = useTranslation("admin");
  if (alarms.length === 0) return null;
  const hours = {
    backup: formatNumber(limits.backupHours),
    drill: formatNumber(limits.drillHours),
  };
  return (
    <ul className={styles.alarms} aria-label={t("service.alarms")}>
      {alarms.map((alarm) => (
        <li key={alarm.code}>
          <Icon name="alert" size={18} />
          <div>
            <b>{t(`service.alarm.${alarm.code}`, hours)}</b>
            <p>{t(`service.todo.${alarm.code}`)}</p>
          </div>
          <time dateTime={alarm.since}>{t("service.since", { when: formatInstant(alarm.since) })}</time>
        </li>
      ))}
    </ul>
  );
}
