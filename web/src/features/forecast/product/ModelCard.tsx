import { Card } from "../../../components/Card";
import { formatDay } from "../../../lib/dates";
import { formatInstant, formatNumber, formatPercent } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import type { ForecastView } from "../shapes";
import styles from "./Product.module.css";

/** Which methods speak, how loudly, and since when. */
export function ModelCard({ view }: { view: ForecastView }) {
  const { t } = useTranslation("forecast");
  const { model, startedLike } = view;
  return (
    <Card title={t("model.title")} sentence={model.label} className={styles.block}>
      {model.parts.length > 0 && (
        <ul className={styles.weights}>
          {model.parts.map((part) => (
            <li key={part.method}>
              <span>{part.label}</span>
              <svg width="100%" height="6" aria-hidden="true">
                <rect width="100%" height="6" rx="2" fill="var(--line)" />
                <rect width={`${part.weight * 100}%`} height="6" rx="2" fill="var(--forecast)" />
              </svg>
              <b>{formatPercent(part.weight, 0)}</b>
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        {view.asOf && (
          <>
            <dt>{t("model.asOf")}</dt>
            <dd>{formatDay(view.asOf, "long")}</dd>
          </>
        )}
        {model.trainedAt && (
          <>
            <dt>{t("model.trained")}</dt>
            <dd>{formatInstant(model.trainedAt)}</dd>
          </>
        )}
        {model.refreshedAt && (
          <>
            <dt>{t("model.refreshed")}</dt>
            <dd>{formatInstant(model.refreshedAt)}</dd>
          </>
        )}
        {startedLike && (
          <>
            <dt>{t("model.startedLike")}</dt>
            <dd>
              {t("model.like", {
                name: startedLike.name,
                multiplier: formatNumber(startedLike.multiplier, 2),
              })}
            </dd>
          </>
        )}
      </dl>
    </Card>
  );
}
