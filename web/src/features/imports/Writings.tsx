import { Card } from "../../components/Card";
import { Field, Select } from "../../components/Field";
import { useTranslation } from "../../lib/i18n";
import { type Draft, type Writing, write } from "./draft";
import styles from "./Imports.module.css";
import { change } from "./job";
import wizard from "./Wizard.module.css";

const CHOICES: { [Key in Writing]: readonly [value: Draft[Key], label: string][] } = {
  separator: [
    [",", "comma"],
    [";", "semicolon"],
    ["\t", "tab"],
    ["|", "bar"],
  ],
  decimal: [
    [",", "decimalComma"],
    [".", "decimalPoint"],
  ],
  dateOrder: [
    ["ymd", "ymd"],
    ["dmy", "dmy"],
    ["mdy", "mdy"],
  ],
  encoding: [
    ["utf-8", "utf8"],
    ["windows-1252", "windows"],
  ],
};
const KEYS = Object.keys(CHOICES) as Writing[];

/** How the file is written: detected, and changed when the detection was wrong. */
export function Writings({ draft, head }: { draft: Draft; head: Uint8Array }) {
  const { t } = useTranslation("imports");
  if (draft.format === "jsonl") return null;
  return (
    <Card title={t("writing.title")} className={styles.block}>
      <div className={wizard.writings}>
        {KEYS.map((key) => (
          <Field key={key} label={t(`writing.${key}`)}>
            {(control) => (
              <Select
                {...control}
                value={draft[key]}
                onChange={(event) => change(write(draft, head, key, event.target.value as Draft[typeof key]))}
              >
                {CHOICES[key].map(([value, label]) => (
                  <option key={value} value={value}>
                    {t(`writing.${label}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
      </div>
    </Card>
  );
}
