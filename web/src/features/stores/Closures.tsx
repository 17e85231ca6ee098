import { useState } from "react";
import { ApiError, send } from "../../api/client";
import { useCan } from "../../api/session";
import type { Closure, Store } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Field, Input } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { daysBetween, formatDay } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import { useClosures, useStoresChanged } from "./queries";
import styles from "./Stores.module.css";

/** Days without business: works, holidays. Objectives are spread on the others. */
export function Closures({ store }: { store: Store }) {
  const { t } = useTranslation("stores");
  const edit = useCan()("stores.edit");
  const query = useClosures(store.code);
  const changed = useStoresChanged();
  const [editing, setEditing] = useState<Closure | "new" | null>(null);
  const items = query.data?.items ?? [];
  const put = async (next: readonly Closure[]) => {
    await send("PUT", `/stores/${encodeURIComponent(store.code)}/closures`, { items: next });
    await changed();
  };
  const save = async (fields: Record<string, string>) => {
    const { from = "", to = "", reason = "" } = fields;
    const rest = items.filter((item) => item !== editing);
    try {
      await put([...rest, { from, to, reason }]);
    } catch (error) {
      // The API counts closures; here there is one, and what is wrong with it stands beside its field.
      if (!(error instanceof ApiError)) throw error;
      const own = Object.entries(error.errors).map(([field, list]) => [
        field.replace(/^items\[\d+\]\./, ""),
        list,
      ]);
      throw new ApiError(error.status, error.code, error.message, Object.fromEntries(own), error.traceId);
    }
  };
  const remove = (closure: Closure) =>
    attempt(async () => {
      await put(items.filter((item) => item !== closure));
      toast(t("closures.removed"), {
        action: { label: t("undo"), run: () => void attempt(() => put(items)) },
      });
    });
  const words = (item: Closure) =>
    t("closures.range", {
      from: formatDay(item.from),
      to: formatDay(item.to),
      count: daysBetween(item.from, item.to) + 1,
    });
  return (
    <Card
      title={t("closures.title")}
      tools={
        edit && (
          <Button size="small" icon="plus" onClick={() => setEditing("new")}>
            {t("closures.add")}
          </Button>
        )
      }
      className={styles.block}
    >
      <Async
        query={query}
        skeleton={<SkeletonRows rows={2} />}
        isEmpty={(data) => data.items.length === 0}
        empty={<p className="muted">{t("closures.none")}</p>}
      >
        {(data) => (
          <ul className={styles.closures}>
            {data.items.map((item) => (
              <li key={item.from}>
                <span>
                  <b>{item.reason}</b>
                  <small>{words(item)}</small>
                </span>
                {edit && (
                  <>
                    <Button
                      variant="quiet"
                      size="small"
                      icon="edit"
                      aria-label={t("closures.edit", { reason: item.reason })}
                      onClick={() => setEditing(item)}
                    />
                    <Button
                      variant="quiet"
                      size="small"
                      icon="trash"
                      aria-label={t("closures.remove", { reason: item.reason })}
                      onClick={() => void remove(item)}
                    />
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Async>
      {editing && (
        <FormDialog
          title={t("closures.one")}
          submit={t("save")}
          onSubmit={save}
          onClose={() => setEditing(null)}
        >
          {(errorOf) => (
            <>
              <FieldPair>
                <Field label={t("closures.from")} error={errorOf("from")}>
                  {(control) => (
                    <Input
                      {...control}
                      name="from"
                      type="date"
                      required
                      autoFocus
                      defaultValue={editing === "new" ? "" : editing.from}
                    />
                  )}
                </Field>
                <Field label={t("closures.to")} error={errorOf("to")} hint={t("closures.toHint")}>
                  {(control) => (
                    <Input
                      {...control}
                      name="to"
                      type="date"
                      required
                      defaultValue={editing === "new" ? "" : editing.to}
                    />
                  )}
                </Field>
              </FieldPair>
              <Field label={t("closures.reason")} error={errorOf("reason") ?? errorOf("items")}>
                {(control) => (
                  <Input
                    {...control}
                    name="reason"
                    required
                    maxLength={200}
                    defaultValue={editing === "new" ? t("closures.works") : editing.reason}
                  />
                )}
              </Field>
            </>
          )}
        </FormDialog>
      )}
    </Card>
  );
}
