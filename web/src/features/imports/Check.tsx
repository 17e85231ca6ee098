import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { isOver } from "../../api/sse";
import type { Import, ImportMode } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Check as Choice } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { toast } from "../../components/Toast";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { Counters } from "./Counters";
import type { Draft } from "./draft";
import { Effect } from "./Effect";
import styles from "./Imports.module.css";
import { backTo, change, check, type Job, reset, run } from "./job";
import { Running } from "./Progressing";
import { useImport, useRejected } from "./queries";
import { Rejected } from "./Rejected";
import { resultWords } from "./words";

/** Lines that only fail because their store or product is new: one answer mends them all. */
function CreateUnknown({ item, draft }: { item: Import; draft: Draft }) {
  const { t } = useTranslation("imports");
  const codes = new Set(useRejected(item.id, 1, item.rejected > 0).data?.items.map((line) => line.code));
  const stores = codes.has("import_store_unknown") && draft.unknownStores === "reject";
  const products = codes.has("import_product_unknown") && draft.unknownProducts === "reject";
  if (!stores && !products) return null;
  const create = () => {
    change({
      ...draft,
      unknownStores: stores ? "create" : draft.unknownStores,
      unknownProducts: products ? "create" : draft.unknownProducts,
      touched: true,
    });
    void check();
  };
  return (
    <p className={styles.warning}>
      <Icon name="alert" />
      {t(stores && products ? "unknown.both" : stores ? "unknown.stores" : "unknown.products")}
      <Button size="small" onClick={create}>
        {t("unknown.create")}
      </Button>
    </p>
  );
}

function Decide({ item, busy }: { item: Import; busy: boolean }) {
  const { t } = useTranslation("imports");
  const router = useRouter();
  const [mode, setMode] = useState<ImportMode>("partial");
  const useful = item.added + item.updated;
  const start = async () => {
    const id = await run(mode);
    if (!id) return;
    const show = () => router.navigate({ to: "/imports/$id", params: { id } });
    // Whoever went elsewhere meanwhile is told, not taken away from there.
    if (router.state.location.pathname === "/imports/nouveau") await show();
    else toast(t("sending.arrived"), { action: { label: t("sending.see"), run: () => void show() } });
    reset();
  };
  return (
    <Card title={t("decide.title")} className={styles.block}>
      {useful > 0 && (
        <fieldset className={styles.options}>
          <legend className="sr">{t("decide.mode")}</legend>
          {(["partial", "atomic"] as const).map((choice) => (
            <Choice
              key={choice}
              type="radio"
              name="mode"
              label={t(`mode.${choice}`)}
              hint={t(item.rejected > 0 ? `modeText.${choice}` : `modeClean.${choice}`, {
                number: formatNumber(useful),
                rejected: formatNumber(item.rejected),
              })}
              checked={mode === choice}
              onChange={() => setMode(choice)}
            />
          ))}
        </fieldset>
      )}
      <div className={styles.row}>
        <p className="muted">{t(useful === 0 && item.unchanged > 0 ? "decide.known" : "decide.text")}</p>
        <Button onClick={() => backTo("columns")}>{t("back")}</Button>
        <Button variant="primary" busy={busy} disabled={useful === 0} onClick={() => void start()}>
          {useful === 0
            ? t("decide.nothing")
            : t("decide.run", { count: useful, number: formatNumber(useful) })}
        </Button>
      </div>
    </Card>
  );
}

/** The dry run: read as a whole on the host, told line by line, and nothing is changed. */
export function Check({ job, draft }: { job: Job; draft: Draft }) {
  const { t } = useTranslation("imports");
  const query = useImport(job.checked);
  if (job.checked === null)
    return (
      <div className={styles.foot}>
        <Button onClick={() => backTo("columns")}>{t("back")}</Button>
        {job.failure && (
          <Button variant="primary" icon="retry" onClick={() => void check()}>
            {t("refused.retry")}
          </Button>
        )}
      </div>
    );
  return (
    <Async
      query={query}
      skeleton={
        <Card>
          <SkeletonRows rows={5} />
        </Card>
      }
    >
      {(item) => (
        <>
          {!isOver(item) && (
            <Card className={styles.block}>
              <Running item={item} />
            </Card>
          )}
          {isOver(item) && (
            <>
              {item.failure ? (
                <p className={item.state === "cancelled" ? styles.warning : styles.failed} role="alert">
                  {item.failure.message}
                </p>
              ) : (
                <p className={styles.notice} role="status">
                  <Icon name={item.rejected > 0 ? "alert" : "check"} />
                  {resultWords(t, item)}
                </p>
              )}
              <CreateUnknown item={item} draft={draft} />
            </>
          )}
          <div className={styles.outcome}>
            <Card title={t("lines")} className={styles.block}>
              <Counters item={item} />
            </Card>
            {item.effect && (
              <Card title={t("effect.would")} className={styles.block}>
                <Effect item={item} />
              </Card>
            )}
          </div>
          {isOver(item) && <Decide item={item} busy={job.busy !== null} />}
          {isOver(item) && <Rejected item={item} />}
        </>
      )}
    </Async>
  );
}
