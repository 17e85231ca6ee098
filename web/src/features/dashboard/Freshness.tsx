import { Link } from "@tanstack/react-router";
import { useCan } from "../../api/session";
import type { Watermark } from "../../api/types";
import { Popover } from "../../components/Popover";
import { cx } from "../../lib/class";
import { addDays, type Day, daysBetween, formatDay } from "../../lib/dates";
import { formatInstant, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";

/** How old the figures are: trust starts here. Sales are complete once yesterday's are in. */
export function Freshness({ watermark, today }: { watermark: Watermark; today: Day }) {
  const { t } = useTranslation("dashboard");
  const can = useCan();
  const { dataThrough, lastImportAt, storesReporting, storesExpected } = watermark;
  const late = dataThrough ? Math.max(0, daysBetween(dataThrough, addDays(today, -1))) : 0;
  const complete = dataThrough !== null && late === 0;
  const reporting = t("fresh.reporting", {
    count: storesExpected,
    reporting: formatNumber(storesReporting),
    expected: formatNumber(storesExpected),
  });
  const state =
    dataThrough === null
      ? t("fresh.never")
      : complete
        ? `${t("fresh.upToDate", { time: lastImportAt ? formatInstant(lastImportAt, "time") : "—" })} · ${reporting}`
        : `${t("fresh.through", { day: formatDay(dataThrough) })} · ${t("fresh.late", { count: late })}`;
  return (
    <Popover
      label={t("fresh.label")}
      buttonProps={{ className: cx(styles.pill, styles.quiet) }}
      trigger={
        <>
          <span className={cx(styles.dot, (!complete || storesReporting < storesExpected) && styles.late)} />
          {state}
        </>
      }
    >
      {(close) => (
        <>
          <dl className={styles.facts}>
            <dt>{t("fresh.lastImport")}</dt>
            <dd>{lastImportAt ? formatInstant(lastImportAt) : "—"}</dd>
            <dt>{t("fresh.dataThrough")}</dt>
            <dd>{dataThrough ? formatDay(dataThrough, "weekday") : "—"}</dd>
            <dt>{t("fresh.storesReporting")}</dt>
            <dd>{reporting}</dd>
          </dl>
          {can("imports.view") && (
            <Link to={"/imports" as string} className={styles.link} onClick={close}>
              {t("fresh.imports")}
            </Link>
          )}
        </>
      )}
    </Popover>
  );
}
