import type { Operations } from "../../api/types";
import { Card, Tag, type Tone } from "../../components/Card";
import { formatAgo } from "../../lib/ago";
import { formatInstant } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";

const REDIS: Record<Operations["redis"], Tone> = { off: "neutral", up: "good", down: "bad" };

/** The host that answered, and what it works with. */
export function HostCard({ operations, now }: { operations: Operations; now: number }) {
  const { t } = useTranslation("admin");
  const { version, startedAt, database, redis, mail } = operations;
  return (
    <Card title={t("service.host")}>
      <dl className={styles.facts}>
        <dt>{t("service.version")}</dt>
        <dd>{version}</dd>
        <dt>{t("service.started")}</dt>
        <dd>
          <time dateTime={startedAt} title={formatInstant(startedAt)}>
            {formatAgo(startedAt, now)}
          </time>
        </dd>
        <dt>{t("service.database")}</dt>
        <dd>PostgreSQL {database.version}</dd>
        <dt>{t("service.redis")}</dt>
        <dd>
          <Tag tone={REDIS[redis]}>{t(`service.redisState.${redis}`)}</Tag>
        </dd>
        <dt>{t("service.mail")}</dt>
        <dd>
          <Tag tone={mail === "on" ? "good" : "neutral"}>{t(`service.mailState.${mail}`)}</Tag>
        </dd>
        <dt>{t("service.flaws")}</dt>
        <dd>
          <Tag>{t("service.notChecked")}</Tag>
        </dd>
      </dl>
    </Card>
  );
}
