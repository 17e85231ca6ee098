import { useState } from "react";
import { send } from "../../api/client";
import { useTenant } from "../../api/session";
import type { NewApiKey, Scope } from "../../api/types";
import { Check, Field, Input } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { addDays, todayIn } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { useChanged } from "./queries";
import { ScopeFields } from "./ScopeFields";
import { EVERYTHING } from "./words";

const PERMISSIONS = [
  "imports.run",
  "imports.view",
  "stores.view",
  "catalogue.view",
  "catalogue.edit",
  "dashboard.view",
] as const;
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

export function KeyForm({ onMade, onClose }: { onMade: (key: NewApiKey) => void; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const today = todayIn(useTenant().timeZone);
  const changed = useChanged("api-keys");
  const [scope, setScope] = useState<Scope>(EVERYTHING);
  const [may, setMay] = useState<readonly string[]>(["imports.run", "imports.view"]);
  const save = async ({ name, expiresOn }: Record<string, string>) => {
    onMade(await send<NewApiKey>("POST", "/api-keys", { name, permissions: may, scope, expiresOn }));
    await changed();
  };
  return (
    <FormDialog title={t("keys.add")} submit={t("keys.make")} onSubmit={save} onClose={onClose} wide>
      {(errorOf) => (
        <>
          <FieldPair>
            <Field label={t("keys.name")} error={errorOf("name")} hint={t("keys.nameHint")}>
              {(control) => <Input {...control} name="name" required autoFocus maxLength={120} />}
            </Field>
            <Field label={t("keys.expiresOn")} error={errorOf("expiresOn")} hint={t("keys.expiresHint")}>
              {(control) => (
                <Input
                  {...control}
                  name="expiresOn"
                  type="date"
                  required
                  min={addDays(today, 1)}
                  max={addDays(today, MOST_DAYS)}
                  defaultValue={addDays(today, USUAL_DAYS)}
                />
              )}
            </Field>
          </FieldPair>
          <fieldset className={styles.group}>
            <legend>{t("keys.may")}</legend>
            <div className={styles.choices}>
              {PERMISSIONS.map((permission) => (
                <Check
                  key={permission}
                  label={t(`keys.permission.${permission.replace(".", "-")}`)}
                  checked={may.includes(permission)}
                  onChange={(event) =>
                    setMay(
                      event.target.checked
                        ? [...may, permission]
                        : may.filter((other) => other !== permission),
                    )
                  }
                />
              ))}
            </div>
            {errorOf("permissions") && (
              <p className={styles.failed} role="alert">
                {errorOf("permissions")}
              </p>
            )}
          </fieldset>
          <ScopeFields scope={scope} onChange={setScope} errorOf={errorOf} />
        </>
      )}
    </FormDialog>
  );
}
