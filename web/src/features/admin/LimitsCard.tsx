import type { FormEvent } from "react";
import { send } from "../../api/client";
import { Async, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Field, Input } from "../../components/Field";
import { FieldPair } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { formatBytes, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { useChanged, useUsage } from "./queries";

/** How much each person and key may ask, and how much the chain uses. */
export function LimitsCard() {
  const { t } = useTranslation("admin");
  const query = useUsage();
  const changed = useChanged("usage");
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    await attempt(async () => {
      await send("PUT", "/limits", {
        requestsPerMinute: Number(fields.get("requestsPerMinute")),
        uploadsAtOnce: Number(fields.get("uploadsAtOnce")),
      });
      await changed();
      toast(t("limits.saved"), { tone: "good" });
    });
  };
  return (
    <Card title={t("limits.title")}>
      <Async query={query} skeleton={<SkeletonRows rows={3} />}>
        {({ limits, requestsLastMinute, storage }) => (
          <form className={styles.form} onSubmit={(event) => void save(event)}>
            <dl className={styles.facts}>
              <dt>{t("limits.now")}</dt>
              <dd>
                {t("limits.requests", {
                  count: requestsLastMinute,
                  number: formatNumber(requestsLastMinute),
                })}
              </dd>
              <dt>{t("limits.storage")}</dt>
              <dd>
                {t("limits.lines", { count: storage.lines, number: formatNumber(storage.lines) })} ·{" "}
                {formatBytes(storage.bytes)}
              </dd>
            </dl>
            <FieldPair>
              <Field
                label={t("limits.perMinute")}
                hint={t("limits.between", {
                  least: formatNumber(limits.fewestRequestsPerMinute),
                  most: formatNumber(limits.mostRequestsPerMinute),
                })}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="requestsPerMinute"
                    type="number"
                    required
                    min={limits.fewestRequestsPerMinute}
                    max={limits.mostRequestsPerMinute}
                    defaultValue={limits.requestsPerMinute}
                  />
                )}
              </Field>
              <Field
                label={t("limits.uploads")}
                hint={t("limits.between", { least: "1", most: formatNumber(limits.mostUploadsAtOnce) })}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="uploadsAtOnce"
                    type="number"
                    required
                    min={1}
                    max={limits.mostUploadsAtOnce}
                    defaultValue={limits.uploadsAtOnce}
                  />
                )}
              </Field>
            </FieldPair>
            <div className={styles.row}>
              <Button type="submit">{t("save")}</Button>
            </div>
          </form>
        )}
      </Async>
    </Card>
  );
}
