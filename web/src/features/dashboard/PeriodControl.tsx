import { lazy, Suspense } from "react";
import { SkeletonRows } from "../../components/Async";
import { Icon } from "../../components/Icon";
import { Popover } from "../../components/Popover";
import { cx } from "../../lib/class";
import { formatDay } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import { isPreset, stepPeriod } from "../../lib/period";
import styles from "./Controls.module.css";
import { periodWords } from "./sentence";
import type { ViewControls } from "./useView";

const Choices = lazy(() => import("./PeriodChoices"));

export function PeriodControl({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { period, today, adjust } = controls;
  const next = stepPeriod(period, 1);
  const short = isPreset(period.token)
    ? t(`preset.${period.token}`)
    : period.token.includes("..")
      ? `${formatDay(period.from)} – ${formatDay(period.to)}`
      : periodWords(t, { ...period, to: period.wholeTo });
  return (
    <span className={styles.step}>
      <button
        type="button"
        className={cx(styles.pill, styles.arrow)}
        aria-label={t("period.previous")}
        title={t("period.previous")}
        onClick={() => adjust({ p: stepPeriod(period, -1), page: undefined })}
      >
        <Icon name="chevronLeft" size={14} />
      </button>
      <Popover
        label={t("period.label")}
        className={styles.wide ?? ""}
        buttonProps={{ className: styles.pill, id: "control-period" }}
        trigger={
          <>
            <i>{t("period.label")}</i> {short}
          </>
        }
      >
        {(close) => (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <Choices controls={controls} close={close} />
          </Suspense>
        )}
      </Popover>
      <button
        type="button"
        className={cx(styles.pill, styles.arrow)}
        aria-label={t("period.next")}
        title={t("period.next")}
        disabled={period.wholeTo >= today}
        onClick={() => adjust({ p: next, page: undefined })}
      >
        <Icon name="chevronRight" size={14} />
      </button>
    </span>
  );
}
