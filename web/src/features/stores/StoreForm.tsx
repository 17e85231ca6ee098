import { useState } from "react";
import { ApiError, send } from "../../api/client";
import { useTenant } from "../../api/session";
import type { Store, StoreEdit } from "../../api/types";
import { Field, Input, Select } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { readAmount, writeAmount } from "../../lib/amount";
import { codeFor } from "../../lib/code";
import { todayIn } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import { countries, currencies } from "./choices";
import { useRegions, useStoresChanged } from "./queries";

const NEW = "+";

/** Opens a store, or changes one; a region that does not exist yet is made on the way. */
export function StoreForm({ store, onClose }: { store?: Store; onClose: () => void }) {
  const { t } = useTranslation("stores");
  const tenant = useTenant();
  const regions = useRegions();
  const changed = useStoresChanged();
  const [name, setName] = useState(store?.name ?? "");
  const [code, setCode] = useState<string | null>(null);
  const [chosen, setChosen] = useState(store?.region.code ?? "");
  const list = regions.data?.items ?? [];
  const region = chosen || (regions.data && list.length === 0 ? NEW : "");

  const save = async (fields: Record<string, string>) => {
    const surface = readAmount(fields["surface"] ?? "");
    if (surface === undefined)
      throw new ApiError(400, "invalid", t("form.fix"), {
        surface: [{ code: "number", message: t("form.number") }],
      });
    let place = region;
    if (region === NEW) {
      const name = fields["regionName"] ?? "";
      place = codeFor(name);
      await send("POST", "/regions", { code: place, name });
      await regions.refetch();
      setChosen(place);
    }
    const { name = "", country = "", currency = "", openedOn = "", closedOn, timeZone = "" } = fields;
    const body: StoreEdit = {
      name,
      region: place,
      country,
      currency,
      surface,
      openedOn,
      closedOn: closedOn || null,
      timeZone,
    };
    if (store) await send("PUT", `/stores/${encodeURIComponent(store.code)}`, body);
    else await send("POST", "/stores", { ...body, code: fields["code"] });
    await changed();
    toast(t(store ? "saved" : "opened", { name }), { tone: "good" });
  };

  return (
    <FormDialog
      title={store ? t("form.edit", { name: store.name }) : t("add")}
      submit={t(store ? "save" : "form.open")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <FieldPair>
            <Field label={t("column.name")} error={errorOf("name")}>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  required
                  autoFocus
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <Field
              label={t("column.code")}
              error={errorOf("code")}
              hint={store ? undefined : t("form.codeHint")}
            >
              {(control) => (
                <Input
                  {...control}
                  name="code"
                  required
                  disabled={Boolean(store)}
                  value={store?.code ?? code ?? codeFor(name)}
                  onChange={(event) => setCode(event.target.value)}
                />
              )}
            </Field>
          </FieldPair>
          <FieldPair>
            <Field label={t("column.region")} error={errorOf("region")}>
              {(control) => (
                <Select
                  {...control}
                  required
                  value={region}
                  onChange={(event) => setChosen(event.target.value)}
                >
                  <option value="" disabled>
                    {t("form.choose")}
                  </option>
                  {list.map((item) => (
                    <option key={item.code} value={item.code}>
                      {item.name}
                    </option>
                  ))}
                  <option value={NEW}>{t("form.newRegion")}</option>
                </Select>
              )}
            </Field>
            {region === NEW ? (
              <Field label={t("form.regionName")}>
                {(control) => <Input {...control} name="regionName" required />}
              </Field>
            ) : (
              <span />
            )}
          </FieldPair>
          <FieldPair>
            <Field label={t("column.country")} error={errorOf("country")}>
              {(control) => (
                <Select {...control} name="country" defaultValue={store?.country ?? tenant.country}>
                  {countries().map((item) => (
                    <option key={item.code} value={item.code}>
                      {item.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t("form.currency")} error={errorOf("currency")}>
              {(control) => (
                <Select {...control} name="currency" defaultValue={store?.currency ?? tenant.currency}>
                  {currencies().map((item) => (
                    <option key={item.code} value={item.code}>
                      {item.code} · {item.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t("form.surface")} error={errorOf("surface")}>
              {(control) => (
                <Input
                  {...control}
                  name="surface"
                  inputMode="decimal"
                  defaultValue={writeAmount(store?.surface)}
                />
              )}
            </Field>
            <Field label={t("form.timeZone")} error={errorOf("timeZone")}>
              {(control) => (
                <Select {...control} name="timeZone" defaultValue={store?.timeZone ?? tenant.timeZone}>
                  {[
                    ...new Set([store?.timeZone ?? tenant.timeZone, ...Intl.supportedValuesOf("timeZone")]),
                  ].map((zone) => (
                    <option key={zone} value={zone}>
                      {zone.replaceAll("_", " ")}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t("form.openedOn")} error={errorOf("openedOn")}>
              {(control) => (
                <Input
                  {...control}
                  name="openedOn"
                  type="date"
                  required
                  defaultValue={store?.openedOn ?? todayIn(tenant.timeZone)}
                />
              )}
            </Field>
            <Field label={t("form.closedOn")} error={errorOf("closedOn")} hint={t("form.closedHint")}>
              {(control) => (
                <Input {...control} name="closedOn" type="date" defaultValue={store?.closedOn ?? ""} />
              )}
            </Field>
          </FieldPair>
        </>
      )}
    </FormDialog>
  );
}
