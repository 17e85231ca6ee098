import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Field, Input } from "../../components/Field";
import { formatMonth, yearOf } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import { PRESETS, periodToken } from "../../lib/period";
import styles from "./Controls.module.css";
import type { ViewControls } from "./useView";

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, "0"));

export default function PeriodChoices({ controls, close }: { controls: ViewControls; close: () => void }) {
  const { t } = useTranslation("dashboard");
  const { period, today, adjust } = controls;
  const [year, setYear] = useState(yearOf(period.from));
  const choose = (p: string) => {
    adjust({ p, page: undefined });
    close();
  };
  const custom = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from = "", to = ""] = [String(form.get("from")), String(form.get("to"))].sort();
    choose(periodToken(from, to));
  };
  const item = (token: string, label: string, disabled = false) => (
    <button
      key={token}
      type="button"
      className={styles.item}
      disabled={disabled}
      aria-current={period.token === token || undefined}
      onClick={() => choose(token)}
    >
      {label}
    </button>
  );
  return (
    <div className={styles.period}>
      <div>
        <h3 className="sr">{t("period.follow")}</h3>
        <div className={styles.list} style={{ minWidth: 0 }}>
          {PRESETS.map((preset) => item(preset, t(`preset.${preset}`)))}
        </div>
      </div>
      <div>
        <div className={styles.year}>
          <Button
            size="small"
            variant="quiet"
            icon="chevronLeft"
            aria-label={String(year - 1)}
            onClick={() => setYear(year - 1)}
          />
          {item(String(year), String(year))}
          <Button
            size="small"
            variant="quiet"
            icon="chevronRight"
            aria-label={String(year + 1)}
            disabled={year >= yearOf(today)}
            onClick={() => setYear(year + 1)}
          />
        </div>
        <div className={styles.months}>
          {MONTHS.map((month) =>
            item(
              `${year}-${month}`,
              formatMonth(`${year}-${month}`, "short").replace(/ \d{4}$/, ""),
              `${year}-${month}` > today,
            ),
          )}
          {[1, 2, 3, 4].map((quarter) =>
            item(`${year}-T${quarter}`, t("period.quarter", { quarter, year: "" }).trim()),
          )}
        </div>
        <form className={styles.custom} onSubmit={custom}>
          <Field label={t("period.from")}>
            {(control) => <Input {...control} type="date" name="from" defaultValue={period.from} required />}
          </Field>
          <Field label={t("period.to")}>
            {(control) => <Input {...control} type="date" name="to" defaultValue={period.to} required />}
          </Field>
          <Button type="submit">{t("period.apply")}</Button>
        </form>
      </div>
    </div>
  );
}
