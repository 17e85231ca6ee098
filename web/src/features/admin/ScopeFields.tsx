import { useState } from "react";
import type { Scope } from "../../api/types";
import { Check, Field, Select } from "../../components/Field";
import { cx } from "../../lib/class";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { usePlaces } from "./queries";

interface ScopeFieldsProps {
  scope: Scope;
  onChange: (scope: Scope) => void;
  errorOf: (field: string) => string | undefined;
}

interface Choice {
  code: string;
  name: string;
  deep?: boolean;
}

function Choices(props: {
  legend: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (codes: string[]) => void;
  error: string | undefined;
}) {
  const { legend, choices, chosen, onChange, error } = props;
  const toggle = (code: string, on: boolean) =>
    onChange(on ? [...chosen, code] : chosen.filter((other) => other !== code));
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <div key={choice.code} className={cx(choice.deep && styles.deep)}>
            <Check
              label={choice.name}
              checked={chosen.includes(choice.code)}
              onChange={(event) => toggle(choice.code, event.target.checked)}
            />
          </div>
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

/** Which stores, which part of the assortment, and whether purchase prices: what somebody sees. */
export function ScopeFields({ scope, onChange, errorOf }: ScopeFieldsProps) {
  const { t } = useTranslation("admin");
  const { regions, stores, categories } = usePlaces();
  const chosen = scope.categories ?? [];
  const [part, setPart] = useState(chosen.length > 0);
  return (
    <>
      <Field label={t("scope.stores")} error={errorOf("scope.kind")}>
        {(control) => (
          <Select
            {...control}
            value={scope.kind}
            onChange={(event) =>
              onChange({ ...scope, kind: event.target.value as Scope["kind"], regions: [], stores: [] })
            }
          >
            <option value="all">{t("scope.all")}</option>
            <option value="regions">{t("scope.regions")}</option>
            <option value="stores">{t("scope.someStores")}</option>
          </Select>
        )}
      </Field>
      {scope.kind === "regions" && (
        <Choices
          legend={t("scope.chooseRegions")}
          choices={regions}
          chosen={scope.regions ?? []}
          onChange={(codes) => onChange({ ...scope, regions: codes })}
          error={errorOf("scope.regions")}
        />
      )}
      {scope.kind === "stores" && (
        <Choices
          legend={t("scope.chooseStores")}
          choices={stores}
          chosen={scope.stores ?? []}
          onChange={(codes) => onChange({ ...scope, stores: codes })}
          error={errorOf("scope.stores")}
        />
      )}
      {categories.length > 0 && (
        <Check
          label={t("scope.part")}
          hint={t("scope.partHint")}
          checked={part}
          onChange={(event) => {
            setPart(event.target.checked);
            onChange({ ...scope, categories: [] });
          }}
        />
      )}
      {part && (
        <Choices
          legend={t("scope.chooseCategories")}
          choices={categories.map(({ code, name, parent }) => ({ code, name, deep: Boolean(parent) }))}
          chosen={chosen}
          onChange={(codes) => onChange({ ...scope, categories: codes })}
          error={errorOf("scope.categories")}
        />
      )}
      <Check
        label={t("scope.cost")}
        hint={t("scope.costHint")}
        checked={scope.seesCost}
        onChange={(event) => onChange({ ...scope, seesCost: event.target.checked })}
      />
    </>
  );
}
