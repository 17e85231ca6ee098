import { useState } from "react";
import { send } from "../../api/client";
import type { Import } from "../../api/types";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Progress } from "../../components/Card";
import { formatBytes, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";
import type { Job } from "./job";
import { stopSending } from "./job";
import { remaining } from "./words";

/** The file on its way: what leaves here is often a tenth of it. */
export function Sending({ job }: { job: Job }) {
  const { t } = useTranslation("imports");
  const { sending, file } = job;
  const done = sending && sending.total > 0 ? sending.sent / sending.total : null;
  return (
    <div className={styles.progress} role="status">
      <p>
        <b>{t(job.busy === "sending" ? "sending.title" : "sending.packing")}</b>
        {sending && sending.sent > 0 && (
          <span>
            {t("sending.bytes", { sent: formatBytes(sending.sent), total: formatBytes(sending.total) })}
            {file &&
              sending.total < file.size &&
              ` · ${t("sending.packed", { size: formatBytes(file.size) })}`}
          </span>
        )}
      </p>
      <Progress value={done} label={t("sending.title")} />
      <div className={styles.row}>
        <p className="muted">{t("sending.leave")}</p>
        <Button size="small" onClick={stopSending}>
          {t("stop")}
        </Button>
      </div>
    </div>
  );
}

/** The host at work. May be left: it goes on, and its page tells where it stands. */
export function Running({ item, children }: { item: Import; children?: React.ReactNode }) {
  const { t } = useTranslation("imports");
  const [asked, setAsked] = useState(false);
  const left = remaining(item, Date.now());
  const cancel = async () => {
    setAsked(true);
    if (!(await attempt(() => send("POST", `/imports/${item.id}/cancel`)))) setAsked(false);
  };
  return (
    <div className={styles.progress} role="status">
      <p>
        <b>{t(item.dryRun ? "running.check" : `state.${item.state}`)}</b>
        <span>
          {t("running.read", { number: formatNumber(item.read) })}
          {item.rowsPerSecond > 0 && ` · ${t("perSecond", { number: formatNumber(item.rowsPerSecond) })}`}
          {left !== null && ` · ${t("running.left", { count: left })}`}
        </span>
      </p>
      <Progress
        value={item.totalBytes > 0 ? item.bytes / item.totalBytes : null}
        label={t(`state.${item.state}`)}
      />
      <div className={styles.row}>
        <p className="muted">{t("running.leave")}</p>
        {children}
        <Button size="small" busy={asked} onClick={() => void cancel()}>
          {t("cancelImport")}
        </Button>
      </div>
    </div>
  );
}
