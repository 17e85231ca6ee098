import type { ReactNode } from "react";
import { Delta, meaningOf } from "../../../components/chart/Variance";
import { cx } from "../../../lib/class";
import { formatMoneyCompact, formatPercent, formatPoints } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import type { ForecastView } from "../shapes";
import { formatRange, formatUnits } from "../words";
import styles from "./Product.module.css";

function Figure({ label, value, children }: { label: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        <small>{children}</small>
      </dd>
    </div>
  );
}

/** The number first, then whether to trust it. */
export function Figures({ view }: { view: ForecastView }) {
  const { t } = useTranslation("forecast");
  const { totals, backtest, horizon } = view;
  const against = totals.lastYear ? totals.mean / totals.lastYear - 1 : null;
  const gain = backtest ? backtest.wape - backtest.naiveWape : null;
  return (
    <dl className={styles.figures}>
      <Figure label={t("figures.expected", { days: horizon })} value={formatUnits(totals.mean)}>
        {formatRange(t, totals)}
      </Figure>
      <Figure label={t("figures.value")} value={formatMoneyCompact(totals.value)}>
        {t("figures.valueText")}
      </Figure>
      <Figure label={t("figures.lastYear")} value={formatUnits(totals.lastYear)}>
        <Delta delta={against} />
      </Figure>
      <Figure label={t("figures.error")} value={formatPercent(backtest?.wape, 1)}>
        {backtest && (
          <span className={meaningOf(gain, "down")}>
            {t("figures.naive", { wape: formatPercent(backtest.naiveWape, 1) })}
          </span>
        )}
      </Figure>
      <Figure label={t("figures.coverage")} value={formatPercent(backtest?.coverage, 0)}>
        {t("figures.promised")}
      </Figure>
      <Figure label={t("figures.bias")} value={backtest ? formatPoints(backtest.bias) : formatPercent(null)}>
        <span className={cx("muted")}>
          {backtest &&
            t(
              Math.abs(backtest.bias) < 0.02
                ? "figures.balanced"
                : backtest.bias > 0
                  ? "figures.high"
                  : "figures.low",
            )}
        </span>
      </Figure>
    </dl>
  );
}
