import type { Card } from "../../api/types";
import { formatMoney, formatNumber, formatPercent, formatPoints, formatSigned } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";
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
}: {
  card: Card;
  reference: string | null;
  period: string;
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
