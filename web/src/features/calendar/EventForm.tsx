import { useState } from "react";
import { useUser } from "../../api/session";
import type { CalendarEvent, Store } from "../../api/types";
import { Check, Field, Input, Select } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import type { Day } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import styles from "./Calendar.module.css";
import { countryName } from "./countries";
import { addEvent, changeEvent, useCalendarChanged } from "./queries";

interface EventFormProps {
  /** One to change; of a feast, its days and those around it. */
  event?: CalendarEvent | undefined;
  /** What a new one begins on. */
  day: Day;
  stores: readonly Store[];
  countries: readonly string[];
  onClose: () => void;
}

function StoreChoices(props: {
  stores: readonly Store[];
  chosen: readonly string[];
  onChange: (codes: string[]) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation("calendar");
  const { stores, chosen, onChange, error } = props;
  return (
    <fieldset className={styles.group}>
      <legend>{t("form.whichStores")}</legend>
      <div className={styles.choices}>
        {stores.map((store) => (
          <Check
            key={store.code}
            label={store.name}
            checked={chosen.includes(store.code)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, store.code] : chosen.filter((code) => code !== store.code),
              )
            }
          />
        ))}
      </div>
      {error && (
        <p className={styles.failed} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** A fair, a derby, works in the street; or the days of a feast as this chain keeps it. */
export function EventForm({ event, day, stores, countries, onClose }: EventFormProps) {
  const { t } = useTranslation("calendar");
  const changed = useCalendarChanged();
  const whole = useUser().scope.kind === "all";
  const own = !event || event.kind === "own";
  const [place, setPlace] = useState(event?.stores || !whole ? "stores" : (event?.country ?? ""));
  const [chosen, setChosen] = useState<string[]>(event?.stores ?? []);
  const some = place === "stores";
  const save = async (fields: Record<string, string>) => {
    const { from = "", to = "", lead, lag } = fields;
    const name = own ? (fields["name"] ?? "") : (event?.name ?? "");
    const body = {
      code: own ? (event?.code ?? null) : null,
      name,
      country: some || place === "" ? null : place,
      from,
      to,
      lead: Number(lead),
      lag: Number(lag),
      stores: some ? chosen : null,
    };
    if (event) await changeEvent(event.id, body);
    else await addEvent(body);
    await changed();
    toast(t(event ? "saved" : "added", { name }), { tone: "good" });
  };
  const number = (name: "lead" | "lag", error: string | undefined) => (
    <Field label={t(`form.${name}`)} error={error}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="number"
          required
          min={0}
          max={60}
          defaultValue={event?.[name] ?? 0}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title={event ? t("form.edit", { name: event.name }) : t("add")}
      submit={t(event ? "save" : "form.add")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          {own && (
            <Field
              label={t("form.name")}
              error={errorOf("name") ?? errorOf("code")}
              hint={t("form.nameHint")}
            >
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  required
                  autoFocus
                  maxLength={120}
                  defaultValue={event?.name}
                />
              )}
            </Field>
          )}
          <FieldPair>
            <Field label={t("form.from")} error={errorOf("from")}>
              {(control) => (
                <Input {...control} name="from" type="date" required defaultValue={event?.from ?? day} />
              )}
            </Field>
            <Field label={t("form.to")} error={errorOf("to")} hint={t("form.toHint")}>
              {(control) => (
                <Input {...control} name="to" type="date" required defaultValue={event?.to ?? day} />
              )}
            </Field>
          </FieldPair>
          <FieldPair>
            {number("lead", errorOf("lead"))}
            {number("lag", errorOf("lag"))}
          </FieldPair>
          {own && (
            <Field label={t("form.where")} error={errorOf("country")}>
              {(control) => (
                <Select {...control} value={place} onChange={(change) => setPlace(change.target.value)}>
                  {whole && <option value="">{t("everywhere")}</option>}
                  {whole &&
                    countries.map((code) => (
                      <option key={code} value={code}>
                        {countryName(code)}
                      </option>
                    ))}
                  <option value="stores">{t("form.someStores")}</option>
                </Select>
              )}
            </Field>
          )}
          {own && some && (
            <StoreChoices stores={stores} chosen={chosen} onChange={setChosen} error={errorOf("stores")} />
          )}
        </>
      )}
    </FormDialog>
  );
}
