import { useState } from "react";
import { send } from "../../../api/client";
import { attempt } from "../../../components/attempt";
import { Check, Field, Input, Select } from "../../../components/Field";
import { FormDialog } from "../../../components/FormDialog";
import { toast } from "../../../components/Toast";
import { readAmount } from "../../../lib/amount";
import { useTranslation } from "../../../lib/i18n";
import { useForecastsChanged } from "../queries";
import type { Correction, CorrectionEdit, ForecastView } from "../shapes";
import { formatUnits } from "../words";
import { spanWords } from "./OverrideDialog";

const REASONS = ["manual", "stock_out", "event", "outlier"] as const;

interface CorrectionDialogProps {
  view: ForecastView;
  span: { from: string; to: string };
  onClose: () => void;
}

/** Past days that should not teach what they seem to: another value for each, or none at all. */
export function CorrectionDialog({ view, span, onClose }: CorrectionDialogProps) {
  const { t } = useTranslation("forecast");
  const changed = useForecastsChanged();
  const [leaveOut, setLeaveOut] = useState(false);
  const days = view.history.filter((day) => day.date >= span.from && day.date <= span.to);
  const sold = days.reduce((sum, day) => sum + day.units, 0);
  const takeBack = async (items: readonly Correction[]) => {
    for (const { id } of items) await send("DELETE", `/forecasts/corrections/${id}`);
    await changed();
  };
  const save = async ({ units = "", reason = "manual", note }: Record<string, string>) => {
    const corrected = leaveOut ? null : (readAmount(units) ?? null);
    const items = days.map<CorrectionEdit>((day) => ({
      sku: view.sku,
      store: view.store?.code ?? "",
      date: day.date,
      corrected,
      reason: reason as CorrectionEdit["reason"],
      note: note || null,
    }));
    const saved = await send<{ items: Correction[] }>("PUT", "/forecasts/corrections", { items });
    await changed();
    toast(t("correct.saved", { count: saved.items.length }), {
      tone: "good",
      action: { label: t("undo"), run: () => void attempt(() => takeBack(saved.items)) },
    });
  };
  return (
    <FormDialog title={t("correct.title")} submit={t("correct.submit")} onSubmit={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <p>
            {t("correct.text", {
              days: spanWords(t, span),
              place: view.store?.name ?? "",
              units: formatUnits(sold),
            })}
          </p>
          <Check
            label={t("correct.leaveOut")}
            hint={t("correct.leaveOutHint")}
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.target.checked)}
          />
          {!leaveOut && (
            <Field
              label={t("correct.units")}
              error={errorOf("items[0].corrected")}
              hint={t("correct.unitsHint")}
            >
              {(control) => (
                <Input
                  {...control}
                  name="units"
                  inputMode="decimal"
                  pattern="[0-9][0-9 .,]*"
                  required
                  autoFocus
                />
              )}
            </Field>
          )}
          <Field label={t("correct.reason")}>
            {(control) => (
              <Select {...control} name="reason" defaultValue="manual">
                {REASONS.map((reason) => (
                  <option key={reason} value={reason}>
                    {t(`correct.reasons.${reason}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("correct.note")} error={errorOf("items[0].note")}>
            {(control) => <Input {...control} name="note" maxLength={300} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
