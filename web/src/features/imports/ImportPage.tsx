import { Link, useParams } from "@tanstack/react-router";
import { useCan } from "../../api/session";
import { isOver } from "../../api/sse";
import type { Import } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { buttonClass } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { formatBytes, formatInstant, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { Counters } from "./Counters";
import { Effect } from "./Effect";
import { StateTag } from "./ImportList";
import styles from "./Imports.module.css";
import { Running } from "./Progressing";
import { useImport } from "./queries";
import { Rejected } from "./Rejected";
import { nameOf, resultWords } from "./words";

function Facts({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  const seconds =
    item.startedAt && item.finishedAt
      ? (Date.parse(item.finishedAt) - Date.parse(item.startedAt)) / 1000
      : null;
  return (
    <dl className={styles.facts}>
      <dt>{t("column.state")}</dt>
      <dd>
        <StateTag item={item} />
      </dd>
      <dt>{t("column.kind")}</dt>
      <dd>{t(`kind.${item.kind}`)}</dd>
      <dt>{t("facts.mapping")}</dt>
      <dd>{item.mapping ?? t("facts.noMapping")}</dd>
      <dt>{t("facts.mode")}</dt>
      <dd>{t(`modeShort.${item.mode}`)}</dd>
      <dt>{t("facts.size")}</dt>
      <dd>{formatBytes(item.totalBytes)}</dd>
      {seconds !== null && (
        <>
          <dt>{t("facts.duration")}</dt>
          <dd>
            {t("facts.seconds", { number: formatNumber(seconds, seconds < 10 ? 1 : 0) })} ·{" "}
            {t("perSecond", { number: formatNumber(item.rowsPerSecond) })}
          </dd>
        </>
      )}
      <dt>{t("column.who")}</dt>
      <dd>
        {item.createdBy}, {formatInstant(item.createdAt)}
      </dd>
    </dl>
  );
}

function Outcome({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  const can = useCan();
  return (
    <>
      {!isOver(item) && (
        <Card className={styles.block}>
          <Running item={item} />
        </Card>
      )}
      {item.failure && (
        <p className={item.state === "cancelled" ? styles.warning : styles.failed} role="alert">
          {item.failure.message}
        </p>
      )}
      {item.dryRun && isOver(item) && (
        <p className={styles.notice}>
          <Icon name="info" />
          {t("dryRunOnly")}
          {can("imports.run") && (
            <Link to="/imports/nouveau" search={{ type: item.kind }}>
              {t("again")}
            </Link>
          )}
        </p>
      )}
      <div className={styles.outcome}>
        <div className={styles.stack}>
          <Card title={t("lines")} className={styles.block}>
            <Counters item={item} />
          </Card>
          {item.effect && (
            <Card title={t(item.dryRun ? "effect.would" : "effect.title")} className={styles.block}>
              <Effect item={item} />
            </Card>
          )}
        </div>
        <Card title={t("facts.title")} className={styles.block}>
          <Facts item={item} />
        </Card>
      </div>
      {isOver(item) && <Rejected item={item} />}
    </>
  );
}

export function ImportPage() {
  const { t } = useTranslation("imports");
  const can = useCan();
  const { id } = useParams({ from: "/shell/imports/$id" });
  const query = useImport(id);
  const item = query.data;
  const title = item
    ? t("title.import", { number: item.number, file: nameOf(t, item), result: resultWords(t, item) })
    : t("app:nav.imports");
  return (
    <Page
      title={title}
      actions={
        <>
          <Link to="/imports" className={buttonClass()}>
            <Icon name="arrowLeft" />
            {t("all")}
          </Link>
          {can("imports.run") && (
            <Link to="/imports/nouveau" search={{ type: item?.kind }} className={buttonClass()}>
              <Icon name="upload" />
              {t("another")}
            </Link>
          )}
        </>
      }
    >
      <Async
        query={query}
        skeleton={
          <Card>
            <SkeletonRows rows={6} />
          </Card>
        }
      >
        {(data) => <Outcome item={data} />}
      </Async>
    </Page>
  );
}
