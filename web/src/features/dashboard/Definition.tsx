import type { Card } from "../../api/types";
import { formatMonth } from "../../lib/dates";
import { formatMoney, formatNumber, formatPercent, formatPoints, formatSigned } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";
import { type Landing, spanOf } from "./landing";
import { useMetrics } from "./queries";

const exact = (card: Card, value: number | null): string => {
  if (card.unit === "money") return formatMoney(value);
  if (card.unit === "percent") return formatPercent(value, 2);
  return formatNumber(value, card.unit === "count" ? 0 : 3);
};

/** A figure opened: its formula, and the exact numbers behind the rounded one. */
export default function Definition({
  card,
  reference,
  period,
  landing,
}: {
  card: Card;
  reference: string | null;
  period: string;
  landing: Landing | null;
}) {
  const { t } = useTranslation("dashboard");
  const metric = useMetrics().data?.items.find((item) => item.name === card.metric);
  const difference = card.value !== null && card.compare !== null ? card.value - card.compare : null;
  return (
    <div className={styles.definition}>
      <div className={styles.formula}>
        <b>{card.label}</b>
        {metric && <p>{metric.formula}</p>}
      </div>
      <dl className={styles.facts}>
        <dt>{t("kpi.period")}</dt>
        <dd>{period}</dd>
        <dt>{t("kpi.value")}</dt>
        <dd>{exact(card, card.value)}</dd>
        {reference && card.compare !== null && (
          <>
            <dt>{reference}</dt>
            <dd>{exact(card, card.compare)}</dd>
            <dt>{t("kpi.difference")}</dt>
            <dd>
              {card.unit === "percent"
                ? formatPoints(difference)
                : formatSigned(difference, (value) => exact(card, value))}
            </dd>
          </>
        )}
        {card.objective !== null && (
          <>
            <dt>{t("kpi.objective")}</dt>
            <dd>{exact(card, card.objective)}</dd>
          </>
        )}
        {landing && (
          <>
            <dt>{t("landing.objective", { month: formatMonth(landing.month) })}</dt>
            <dd>{formatMoney(landing.objective)}</dd>
            <dt>{t("landing.soFar")}</dt>
            <dd>{formatMoney(landing.soFar)}</dd>
            <dt>{t("landing.middle")}</dt>
            <dd>{formatMoney(landing.p50)}</dd>
            <dt>{t("landing.span")}</dt>
            <dd>{spanOf(landing.p10, landing.p90)}</dd>
          </>
        )}
        {metric && (
          <>
            <dt>{t("kpi.kind")}</dt>
            <dd>{t(`kpi.${metric.kind}`)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
