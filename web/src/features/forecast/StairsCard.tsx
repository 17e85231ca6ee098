import { Async, SkeletonRows } from "../../components/Async";
import { Card } from "../../components/Card";
import { meaningOf } from "../../components/chart/Variance";
import { Segmented } from "../../components/Segmented";
import { formatNumber, formatPercent, formatPoints } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import own from "./Accuracy.module.css";
import styles from "./Forecast.module.css";
import { useValueAdded } from "./queries";
import { type AccuracySearch, addedBy } from "./view";

interface StairsCardProps {
  view: AccuracySearch;
  onBy: (by: "step" | "person") => void;
}

/** From the naive forecast over the statistical one to what people made of it: each step has to earn its place. */
export function StairsCard({ view, onBy }: StairsCardProps) {
  const { t } = useTranslation("forecast");
  const query = useValueAdded(view);
  const by = addedBy(view);
  return (
    <Card
      title={t("stairs.title")}
      sentence={t("stairs.sentence")}
      className={styles.block}
      tools={
        <Segmented
          label={t("stairs.by")}
          value={by}
          options={[
            { value: "step", label: t("stairs.step") },
            { value: "person", label: t("stairs.person") },
          ]}
          onChange={onBy}
        />
      }
    >
      <Async
        query={query}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(data) => data.rows.every((row) => row.wape === null)}
        empty={<p className="muted">{t("stairs.none")}</p>}
      >
        {(data) => {
          const most = Math.max(...data.rows.map((row) => row.wape ?? 0), 0.01);
          return (
            <ul className={own.stairs}>
              {data.rows.map((row) => (
                <li key={row.key}>
                  <span>
                    {row.label}
                    <small>
                      {t(row.gain === null ? "stairs.cells" : "stairs.counts", {
                        cells: formatNumber(row.cells),
                        better: formatNumber(row.better),
                        worse: formatNumber(row.worse),
                      })}
                    </small>
                  </span>
                  <svg width="100%" height="14" aria-hidden="true">
                    <rect
                      width={`${((row.wape ?? 0) / most) * 100}%`}
                      height="14"
                      fill={row.gain !== null && row.gain < 0 ? "var(--bad)" : "var(--actual)"}
                    />
                  </svg>
                  <b>{formatPercent(row.wape)}</b>
                  <span className={meaningOf(row.gain)}>{row.gain !== null && formatPoints(row.gain)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Async>
    </Card>
  );
}
