import { send } from "../../../api/client";
import { useTenant } from "../../../api/session";
import { attempt } from "../../../components/attempt";
import { Field, Input } from "../../../components/Field";
import { FormDialog } from "../../../components/FormDialog";
import { toast } from "../../../components/Toast";
import { formatDay, todayIn } from "../../../lib/dates";
import { useTranslation } from "../../../lib/i18n";
import { useForecastsChanged } from "../queries";
import type { ForecastView } from "../shapes";

/** From when a product is no longer sold: its forecast runs out, and nothing is ordered for it after. */
export function EndDialog({ view, onClose }: { view: ForecastView; onClose: () => void }) {
  const { t } = useTranslation("forecast");
  const today = todayIn(useTenant().timeZone);
  const changed = useForecastsChanged();
  const put = async (on: string | null) => {
    await send("PUT", `/forecasts/${encodeURIComponent(view.sku)}/end`, { on });
    await changed();
  };
  const save = async ({ on }: Record<string, string>) => {
    await put(on || null);
    toast(
      on
        ? t("end.saved", { name: view.name, day: formatDay(on, "long") })
        : t("end.cleared", { name: view.name }),
      {
        tone: "good",
        ...(on ? { action: { label: t("undo"), run: () => void attempt(() => put(null)) } } : {}),
      },
    );
  };
  return (
    <FormDialog
      title={t("end.title", { name: view.name })}
      submit={t("end.submit")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p>{t("end.text")}</p>
          <Field label={t("end.on")} error={errorOf("on")} hint={t("end.hint")}>
            {(control) => (
              <Input
                {...control}
                name="on"
                type="date"
                autoFocus
                defaultValue={view.state === "ended" ? "" : today}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
