import { useId } from "react";
import { Card } from "../../components/Card";
import { Check, Field, Input } from "../../components/Field";
import { useTranslation } from "../../lib/i18n";
import { type Draft, isGiven } from "./draft";
import styles from "./Imports.module.css";
import { change } from "./job";
import { useStoreList } from "./queries";

const UNKNOWN = ["unknownStores", "unknownProducts"] as const;

function Constant({ draft, target }: { draft: Draft; target: string }) {
  const { t } = useTranslation("imports");
  const list = useId();
  const stores = useStoreList().data?.items ?? [];
  return (
    <Field label={t("options.sameStore")} hint={t("options.sameStoreHint")}>
      {(control) => (
        <>
          <Input
            {...control}
            list={list}
            value={draft.constants[target] ?? ""}
            onChange={(event) =>
              change({
                ...draft,
                constants: { ...draft.constants, [target]: event.target.value },
                touched: true,
              })
            }
          />
          <datalist id={list}>
            {stores.map((store) => (
              <option key={store.code} value={store.code}>
                {store.name}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** What a file cannot say by itself, and the name under which the answers are kept for the next one. */
export function Options({ draft }: { draft: Draft }) {
  const { t } = useTranslation("imports");
  const targets = draft.targets.map((target) => target.name);
  const storeColumn = draft.columns.some((column) => column.target === "store");
  const sales = draft.kind === "sales";
  return (
    <Card title={t("options.title")} className={styles.block}>
      <div className={styles.options}>
        {targets.includes("store") && !storeColumn && <Constant draft={draft} target="store" />}
        {sales &&
          UNKNOWN.map((which) => (
            <Check
              key={which}
              label={t(`options.${which}`)}
              hint={t(`options.${which}Hint`)}
              checked={draft[which] === "create"}
              onChange={(event) =>
                change({ ...draft, [which]: event.target.checked ? "create" : "reject", touched: true })
              }
            />
          ))}
        {sales && isGiven(draft, "line") && (
          <Check
            label={t("options.ordinal")}
            hint={t("options.ordinalHint")}
            checked={draft.lineNumber === "ordinal"}
            onChange={(event) =>
              change({ ...draft, lineNumber: event.target.checked ? "ordinal" : "column", touched: true })
            }
          />
        )}
        {draft.touched ? (
          <Field label={t("options.name")} hint={t("options.nameHint")}>
            {(control) => (
              <Input
                {...control}
                value={draft.name}
                maxLength={60}
                onChange={(event) => change({ ...draft, name: event.target.value })}
              />
            )}
          </Field>
        ) : (
          <p className="muted">{t(draft.base ? "options.known" : "options.nothing")}</p>
        )}
      </div>
    </Card>
  );
}
