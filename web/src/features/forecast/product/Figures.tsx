import type { ReactNode } from "react";
import { Delta, meaningOf } from "../../../components/chart/Variance";
import { formatMoneyCompact, formatPercent, formatVariance } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import type { ForecastView } from "../shapes";
import { formatRange, formatUnits, gapOf } from "../words";
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

/** A bias below this is no bias. */
const BALANCED = 0.02;

/** The number first, then whether to trust it. */
export function Figures({ view }: { view: ForecastView }) {
  const { t } = useTranslation("forecast");
  const { totals, backtest, horizon } = view;
  const against = totals.lastYear ? totals.mean / totals.lastYear - 1 : null;
  const gain = backtest ? gapOf(backtest.wape, backtest.naiveWape) : null;
  const bias = backtest?.bias ?? null;
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
      <Figure label={t("figures.bias")} value={formatVariance(bias)}>
        {bias !== null &&
          t(Math.abs(bias) < BALANCED ? "figures.balanced" : bias > 0 ? "figures.high" : "figures.low")}
      </Figure>
    </dl>
  );
}
