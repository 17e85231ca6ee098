import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../../api/client";
import { useCan } from "../../api/session";
import type { Items, Objective, Store } from "../../api/types";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { toast } from "../../components/Toast";
import { useCells } from "../../components/useCells";
import { readAmount } from "../../lib/amount";
import { cx } from "../../lib/class";
import { formatMonth } from "../../lib/dates";
import { formatAmount, formatVariance } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { cellsOf, changes, isWrong, tidy, together, total } from "./grid";
import { monthsOf, useMonthRevenue } from "./queries";
import styles from "./Stores.module.css";

/** A year of objectives, edited like a spreadsheet's column: arrows, Enter, paste, Ctrl+Z. */
export function Objectives({
  store,
  year,
  saved,
}: {
  store: Store;
  year: number;
  saved: readonly Objective[];
}) {
  const { t } = useTranslation("stores");
  const can = useCan();
  const client = useQueryClient();
  const months = monthsOf(year);
  const before = cellsOf(months, saved, formatAmount);
  const { cells, become, grid, inputProps } = useCells<HTMLTableSectionElement>(before, (cell) =>
    tidy(cell, formatAmount),
  );
  const [busy, setBusy] = useState(false);
  const revenue = useMonthRevenue(store.code, year);
  const edit = can("stores.edit");
  const wrong = cells.filter(isWrong).length;
  const changed = changes(months, before, cells);

  const put = async (items: Objective[]) => {
    await send<Items<Objective>>("PUT", `/stores/${encodeURIComponent(store.code)}/objectives`, { items });
    await Promise.all(
      ["objectives", "dashboard"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  };
  const keep = async (items: Objective[]) => {
    setBusy(true);
    const kept = await attempt(() => put(items));
    setBusy(false);
    return kept;
  };
  const save = async () => {
    const back = changes(months, cells, before);
    if (!(await keep(changed))) return;
    toast(t("objectives.saved", { count: changed.length, name: store.name }), {
      tone: "good",
      action: { label: t("undo"), run: () => void keep(back) },
    });
  };

  const of = (month: string) => revenue.data?.get(month) ?? null;
  const sum = (of: (month: string) => number | null) => {
    const known = months.map(of).filter((value) => value !== null);
    return known.length ? known.reduce((a, b) => a + b, 0) : null;
  };
  const lastYear = (month: string) => of(`${year - 1}${month.slice(4)}`);
  const money = (value: number | null) =>
    value === null ? <span className="muted">—</span> : formatAmount(value);
  const against = (objective: number | null | undefined, base: number | null) =>
    objective && base ? formatVariance(objective / base - 1) : <span className="muted">—</span>;
  const whole = total(cells);
  const comparable = together(cells, months.map(lastYear));
  return (
    <>
      <table className={styles.grid}>
        <caption className="sr">{t("objectives.title", { year })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("objectives.month")}</th>
            <th scope="col" className="num">
              {t("objectives.objective")}
            </th>
            {revenue.isEnabled && (
              <>
                <th scope="col" className="num">
                  {t("objectives.actual", { year })}
                </th>
                <th scope="col" className={cx("num", styles.roomy)}>
                  {t("objectives.actual", { year: year - 1 })}
                </th>
                <th scope="col" className={cx("num", styles.roomy)}>
                  {t("objectives.against", { year: year - 1 })}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody ref={grid}>
          {months.map((month, index) => {
            const cell = cells[index] ?? "";
            const value = readAmount(cell);
            return (
              <tr key={month}>
                <th scope="row">{formatMonth(month).replace(/ \d{4}$/, "")}</th>
                <td className="num">
                  {edit ? (
                    <input
                      className={styles.cell}
                      inputMode="decimal"
                      aria-label={t("objectives.of", { month: formatMonth(month) })}
                      aria-invalid={isWrong(cell) || undefined}
                      {...inputProps(index)}
                    />
                  ) : (
                    money(value ?? null)
                  )}
                </td>
                {revenue.isEnabled && (
                  <>
                    <td className="num">{money(of(month))}</td>
                    <td className={cx("num", styles.roomy)}>{money(lastYear(month))}</td>
                    <td className={cx("num", styles.roomy)}>{against(value, lastYear(month))}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("objectives.total", { year })}</th>
            <td className="num">{formatAmount(whole)}</td>
            {revenue.isEnabled && (
              <>
                <td className="num">{money(sum(of))}</td>
                <td className={cx("num", styles.roomy)}>{money(sum(lastYear))}</td>
                <td className={cx("num", styles.roomy)}>
                  {against(comparable?.objective, comparable?.base ?? null)}
                </td>
              </>
            )}
          </tr>
        </tfoot>
      </table>
      {edit && (
        <div className={styles.foot}>
          <p className={wrong ? "bad" : "muted"} role={wrong ? "alert" : undefined}>
            {wrong ? t("objectives.wrong", { count: wrong }) : t("objectives.hint")}
          </p>
          {changed.length > 0 && <Button onClick={() => become(before)}>{t("objectives.discard")}</Button>}
          <Button
            variant="primary"
            disabled={changed.length === 0 || wrong > 0}
            busy={busy}
            onClick={() => void save()}
          >
            {t("save")}
          </Button>
        </div>
      )}
    </>
  );
}
