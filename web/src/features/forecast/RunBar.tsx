import { useState } from "react";
import { send } from "../../api/client";
import { useCan } from "../../api/session";
import { isOver } from "../../api/sse";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card, Progress, Tag } from "../../components/Card";
import { Popover } from "../../components/Popover";
import { formatTook } from "../../lib/ago";
import { formatInstant, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import { useLatestRun } from "./queries";
import type { Run } from "./shapes";

const TONES = { completed: "good", failed: "bad", cancelled: "warn" } as const;

function outcome(t: T, run: Run): string {
  const seconds =
    run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : null;
  return [
    t("run.series", { count: run.series, number: formatNumber(run.series) }),
    t("run.refitted", { count: run.refitted, number: formatNumber(run.refitted) }),
    ...(run.failed > 0 ? [t("run.failed", { count: run.failed, number: formatNumber(run.failed) })] : []),
    ...(seconds === null ? [] : [t("run.took", { time: formatTook(seconds) })]),
  ].join(" · ");
}

function Running({ run }: { run: Run }) {
  const { t } = useTranslation("forecast");
  const can = useCan();
  const [asked, setAsked] = useState(false);
  const cancel = async () => {
    setAsked(true);
    if (!(await attempt(() => send("POST", `/forecasts/runs/${run.id}/cancel`)))) setAsked(false);
  };
  return (
    <div className={styles.running} role="status">
      <p>
        <b>{t(run.state === "queued" ? "run.queued" : `run.${run.kind}`)}</b>
        <span>
          {run.series > 0 &&
            t("run.progress", { done: formatNumber(run.done), series: formatNumber(run.series) })}
          {run.secondsLeft !== null && ` · ${t("run.left", { time: formatTook(run.secondsLeft) })}`}
        </span>
      </p>
      <Progress value={run.series > 0 ? run.done / run.series : null} label={t("run.progressLabel")} />
      <p className="muted">
        {t("run.leave")}
        {can("forecasts.run") && (
          <Button size="small" busy={asked} onClick={() => void cancel()}>
            {t("run.cancel")}
          </Button>
        )}
      </p>
    </div>
  );
}

function Recalculate({ onStarted, busy }: { onStarted: () => void; busy: boolean }) {
  const { t } = useTranslation("forecast");
  const start = async (kind: Run["kind"]) => {
    if (
      await attempt(() => send<{ id: string }>("POST", "/forecasts/runs", { kind, skus: null, stores: null }))
    )
      onStarted();
  };
  return (
    <Popover
      label={t("run.again")}
      align="end"
      trigger={t("run.again")}
      buttonProps={{ className: styles.again, disabled: busy }}
    >
      {(close) => (
        <div className={styles.kinds}>
          {(["refresh", "retrain"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              onClick={() => {
                close();
                void start(kind);
              }}
            >
              <b>{t(`run.choose.${kind}`)}</b>
              <small>{t(`run.choose.${kind}Text`)}</small>
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** How fresh the forecasts are, and the way to make them anew. */
export function RunBar() {
  const { t } = useTranslation("forecast");
  const can = useCan();
  const { query, refetch } = useLatestRun();
  const run = query.data;
  if (run === undefined) return null;
  const under = run !== null && !isOver(run);
  return (
    <Card className={styles.run}>
      {run && under ? (
        <Running run={run} />
      ) : (
        <p>
          {run ? (
            <>
              <Tag tone={TONES[run.state as keyof typeof TONES] ?? "neutral"}>
                {t(`run.state.${run.state}`)}
              </Tag>
              <b>
                {t(run.nightly ? "run.lastNight" : "run.last", {
                  when: formatInstant(run.finishedAt ?? run.startedAt ?? "", "short"),
                })}
              </b>
              <span>{run.failure ? run.failure.message : outcome(t, run)}</span>
            </>
          ) : (
            <b>{t("run.never")}</b>
          )}
        </p>
      )}
      {can("forecasts.run") && !under && <Recalculate onStarted={() => void refetch()} busy={under} />}
    </Card>
  );
}
