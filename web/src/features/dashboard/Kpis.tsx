import { lazy, Suspense } from "react";
import type { Card } from "../../api/types";
import { Spark } from "../../components/chart/Spark";
import { Bullet, Delta } from "../../components/chart/Variance";
import { Popover } from "../../components/Popover";
import { cx } from "../../lib/class";
import {
  currencySymbol,
  formatCompact,
  formatMoneyCompact,
  formatNumber,
  formatPercent,
  formatSettings,
} from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Kpis.module.css";
import { LandingBullet } from "./LandingBullet";
import { type Landing, landingSentence } from "./landing";

const Definition = lazy(() => import("./Definition"));

const measured = (value: number | null): value is number => value !== null;

/** The figure and its unit apart, so that the figure can be large. */
function figure(card: Card, value: number | null): { text: string; unit: string } {
  if (!measured(value)) return { text: formatSettings().notMeasured, unit: "" };
  if (card.unit === "percent")
    return { text: formatPercent(value).replace(/[\s\u00a0\u202f]?%$/, ""), unit: "%" };
  if (card.unit === "money") return { text: formatCompact(value, 3), unit: currencySymbol() };
  if (card.unit === "count")
    return { text: value >= 1e6 ? formatCompact(value, 3) : formatNumber(value), unit: "" };
  return { text: formatNumber(value, Math.abs(value) >= 100 ? 0 : 2), unit: "" };
}

const short = (card: Card, value: number | null): string => {
  const { text, unit } = figure(card, value);
  return unit === "%" ? `${text}\u00a0%` : text;
};

interface KpisProps {
  cards: readonly Card[];
  /** What the small reference figure is: N-1, objective… null when nothing is compared. */
  reference: string | null;
  period: string;
  /** Where the running month will end; null when that is not known. */
  landing?: Landing | null;
}

export function Kpis({ cards, reference, period, landing = null }: KpisProps) {
  const { t } = useTranslation("dashboard");
  const objective = cards.find((card) => card.metric === "revenue")?.objective;
  return (
    <section className={styles.kpis} style={{ "--cards": cards.length } as React.CSSProperties}>
      {cards.map((card) => {
        const { text, unit } = figure(card, card.value);
        const attainment = card.metric === "objective-attainment";
        const ahead = attainment ? landing : null;
        return (
          <div key={card.metric} className={styles.kpi}>
            <h2>
              <Popover
                label={t("kpi.definition", { metric: card.label })}
                buttonProps={{ className: styles.name }}
                trigger={card.label}
              >
                {() => (
                  <Suspense>
                    <Definition card={card} reference={reference} period={period} landing={ahead} />
                  </Suspense>
                )}
              </Popover>
            </h2>
            <p className={cx(styles.value, !measured(card.value) && styles.absent)}>
              {text}
              {unit && <small>{unit}</small>}
            </p>
            <p className={cx(styles.against, ahead && styles.landing)}>
              {ahead ? (
                <span>{landingSentence(t, ahead)}</span>
              ) : attainment ? (
                <span>
                  {measured(card.value)
                    ? t("kpi.ofObjective", { objective: formatMoneyCompact(objective) })
                    : t("kpi.noObjective")}
                </span>
              ) : (
                <>
                  <Delta delta={card.delta} good={card.goodDirection} points={card.unit === "percent"} />
                  {reference && measured(card.compare) && (
                    <span>
                      {reference} {short(card, card.compare)}
                    </span>
                  )}
                </>
              )}
            </p>
            <div className={styles.course}>
              {ahead ? (
                <LandingBullet landing={ahead} />
              ) : attainment ? (
                <Bullet value={card.value} height={22} />
              ) : (
                <Spark values={card.series} width={140} height={22} fluid />
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}
