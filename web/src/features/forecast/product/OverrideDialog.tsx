import { useQuery } from "@tanstack/react-query";
import { send } from "../../../api/client";
import type { Items } from "../../../api/types";
import { Async, Skeleton } from "../../../components/Async";
import { attempt } from "../../../components/attempt";
import { Field, Input } from "../../../components/Field";
import { FieldPair, FormDialog } from "../../../components/FormDialog";
import { toast } from "../../../components/Toast";
import { formatDay } from "../../../lib/dates";
import { formatNumber, formatVariance } from "../../../lib/format";
import { type T, useTranslation } from "../../../lib/i18n";
import { useForecastsChanged } from "../queries";
import type { Override, OverrideEdit, OverridePreview } from "../shapes";
import { formatUnits } from "../words";
import styles from "./Product.module.css";

export type Edit = Omit<OverrideEdit, "id" | "reason" | "expiresOn">;

/** A stretch of days as one says it. */
export const spanWords = (t: T, { from, to }: { from: string; to: string }): string =>
  from === to
    ? formatDay(from, "short")
    : t("span", { from: formatDay(from, "short"), to: formatDay(to, "short") });

/** The host's own arithmetic, cell by cell, before anything is kept. */
function Effect({ edits }: { edits: readonly Edit[] }) {
  const { t } = useTranslation("forecast");
  const query = useQuery({
    queryKey: ["forecasts", "preview", edits],
    queryFn: () =>
      Promise.all(
        edits.map((edit) =>
          send<OverridePreview>("POST", "/forecasts/overrides/preview", {
            id: null,
            ...edit,
            reason: "",
            expiresOn: null,
          }),
        ),
      ),
  });
  const sum = (list: readonly OverridePreview[], pick: (one: OverridePreview) => number) =>
    list.reduce((total, one) => total + pick(one), 0);
  return (
    <Async query={query} skeleton={<Skeleton height={24 * (edits.length + 1)} />}>
      {(list) => {
        const [before, after] = [sum(list, (one) => one.before), sum(list, (one) => one.after)];
        return (
          <table className={styles.effect}>
            <caption className="sr">{t("save.effect")}</caption>
            <tbody>
              {edits.map((edit, index) => (
                <tr key={edit.from}>
                  <th scope="row">{spanWords(t, edit)}</th>
                  <td>
                    <code>{edit.formula}</code>
                  </td>
                  <td className="num">{formatUnits(list[index]?.before)}</td>
                  <td aria-hidden="true">→</td>
                  <td className="num">
                    <b>{formatUnits(list[index]?.after)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>
                  {t("save.whole", {
                    count: sum(list, (one) => one.cells),
                    number: formatNumber(sum(list, (one) => one.cells)),
                  })}
                </th>
                <td className="num">{formatUnits(before)}</td>
                <td aria-hidden="true">→</td>
                <td className="num">
                  {formatUnits(after)} ({formatVariance(before ? after / before - 1 : null)})
                </td>
              </tr>
            </tfoot>
          </table>
        );
      }}
    </Async>
  );
}

interface OverrideDialogProps {
  edits: readonly Edit[];
  onSaved: () => void;
  onClose: () => void;
}

/** What it will do, why, and until when; then it stands in the list with its author. */
export function OverrideDialog({ edits, onSaved, onClose }: OverrideDialogProps) {
  const { t } = useTranslation("forecast");
  const changed = useForecastsChanged();
  const takeBack = async (items: readonly Override[]) => {
    for (const { id } of items) await send("DELETE", `/forecasts/overrides/${id}`);
    await changed();
  };
  const save = async ({ reason = "", expiresOn }: Record<string, string>) => {
    const items = edits.map((edit) => ({ id: null, ...edit, reason, expiresOn: expiresOn || null }));
    const saved = await send<Items<Override>>("PUT", "/forecasts/overrides", { items });
    await changed();
    onSaved();
    toast(t("save.saved", { count: saved.items.length }), {
      tone: "good",
      action: { label: t("undo"), run: () => void attempt(() => takeBack(saved.items)) },
    });
  };
  return (
    <FormDialog title={t("save.title")} submit={t("save.submit")} onSubmit={save} onClose={onClose} wide>
      {(errorOf) => (
        <>
          <Effect edits={edits} />
          <FieldPair>
            <Field
              label={t("save.reason")}
              error={errorOf("reason") ?? errorOf("items[0].reason")}
              hint={t("save.reasonHint")}
            >
              {(control) => <Input {...control} name="reason" required autoFocus maxLength={300} />}
            </Field>
            <Field
              label={t("save.expires")}
              error={errorOf("expiresOn") ?? errorOf("items[0].expiresOn")}
              hint={t("save.expiresHint")}
            >
              {(control) => <Input {...control} name="expiresOn" type="date" />}
            </Field>
          </FieldPair>
          {errorOf("items") && <p className="bad">{errorOf("items")}</p>}
        </>
      )}
    </FormDialog>
  );
}
