import { type ReactNode, useEffect, useState } from "react";
import { useCan } from "../../../api/session";
import { Button } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { Segmented } from "../../../components/Segmented";
import { useCells } from "../../../components/useCells";
import { cx } from "../../../lib/class";
import { formatDay } from "../../../lib/dates";
import { formatVariance } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import { isWrong, readFormula } from "../formula";
import type { ForecastView } from "../shapes";
import { formatUnits } from "../words";
import { isOverridden } from "./fanPoints";
import { current, editsOf, feasts, type Grain, outcome, pendingDays, rowsOf, statistical } from "./grid";
import { OverrideDialog } from "./OverrideDialog";
import styles from "./Product.module.css";

interface OverrideGridProps {
  view: ForecastView;
  grain: Grain;
  onGrain: (grain: Grain) => void;
  /** Days taken on the chart: their cells are gone to. */
  taken: { from: string; to: string } | null;
  onPending: (pending: ReadonlyMap<string, number>) => void;
}

const tidy = (cell: string): string => readFormula(cell)?.text ?? cell.trim();

/** A forecast is changed where it is read: a formula a day or a week, seen on the chart before it is saved. */
export function OverrideGrid({ view, grain, onGrain, taken, onPending }: OverrideGridProps) {
  const { t } = useTranslation("forecast");
  const edit = useCan()("forecasts.edit");
  const rows = rowsOf(view.days, grain);
  const { cells, become, grid, inputProps } = useCells<HTMLTableSectionElement>(
    rows.map(() => ""),
    tidy,
  );
  const [all, setAll] = useState("");
  const [saving, setSaving] = useState(false);
  const wrong = cells.filter(isWrong).length;
  const edits = editsOf(view, rows, cells);
  const text = cells.join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is what changes the line
  useEffect(() => onPending(pendingDays(rows, cells)), [text]);
  useEffect(() => {
    if (!taken) return;
    const index = rowsOf(view.days, grain).findIndex((row) => row.to >= taken.from);
    grid.current?.querySelectorAll("input")[index]?.focus();
  }, [taken, view.days, grain, grid]);
  const inTaken = (from: string, to: string) => taken !== null && to >= taken.from && from <= taken.to;
  const spread = () =>
    become(
      rows.map((row, index) => (!taken || inTaken(row.from, row.to) ? tidy(all) : (cells[index] ?? ""))),
    );
  const words = (row: { from: string; to: string }): ReactNode =>
    row.from === row.to
      ? formatDay(row.from, "brief")
      : `${formatDay(row.from, "brief")} – ${formatDay(row.to, "brief")}`;
  const whole = (pick: (index: number) => number) => rows.reduce((total, _, index) => total + pick(index), 0);
  const [now, then] = [
    whole((index) => (rows[index] ? current(rows[index]) : 0)),
    whole((index) => {
      const row = rows[index];
      return row ? (outcome(row, cells[index] ?? "") ?? current(row)) : 0;
    }),
  ];
  return (
    <Card
      title={t("grid.title")}
      sentence={t("grid.sentence")}
      className={styles.block}
      tools={
        <Segmented
          label={t("grid.by")}
          value={grain}
          options={[
            { value: "day", label: t("grid.days") },
            { value: "week", label: t("grid.weeks") },
          ]}
          onChange={onGrain}
        />
      }
    >
      {edit && (
        <form
          className={styles.spread}
          onSubmit={(event) => {
            event.preventDefault();
            spread();
          }}
        >
          <label>
            {taken
              ? t("grid.forTaken", { from: formatDay(taken.from, "brief"), to: formatDay(taken.to, "brief") })
              : t("grid.forAll")}
            <input
              className={styles.cell}
              placeholder="*1,2"
              value={all}
              onChange={(event) => setAll(event.target.value)}
              aria-invalid={isWrong(all) || undefined}
            />
          </label>
          <Button type="submit" size="small" disabled={all.trim() === "" || isWrong(all)}>
            {t("grid.fill")}
          </Button>
        </form>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("grid.title")}>
        <table className={styles.grid}>
          <caption className="sr">{t("grid.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t(grain === "day" ? "fan.day" : "grid.week")}</th>
              <th scope="col" className={cx("num", styles.roomy)}>
                {t("fan.statistical")}
              </th>
              <th scope="col" className="num">
                {t("grid.now")}
              </th>
              {edit && (
                <>
                  <th scope="col">{t("grid.formula")}</th>
                  <th scope="col" className="num">
                    {t("grid.after")}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody ref={grid}>
            {rows.map((row, index) => {
              const cell = cells[index] ?? "";
              const next = outcome(row, cell);
              return (
                <tr key={row.from} className={cx(inTaken(row.from, row.to) && styles.taken)}>
                  <th scope="row">
                    {words(row)}
                    {feasts(row).map((name) => (
                      <small key={name}>{name}</small>
                    ))}
                  </th>
                  <td className={cx("num", styles.roomy)}>{formatUnits(statistical(row))}</td>
                  <td className={cx("num", row.days.some(isOverridden) && styles.changed)}>
                    {formatUnits(current(row))}
                  </td>
                  {edit && (
                    <>
                      <td>
                        <input
                          className={styles.cell}
                          aria-label={t("grid.of", { day: formatDay(row.from, "long") })}
                          aria-invalid={isWrong(cell) || undefined}
                          {...inputProps(index)}
                        />
                      </td>
                      <td className="num">
                        {next === null ? <span className="muted">—</span> : <b>{formatUnits(next)}</b>}
                      </td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {edit && (
        <div className={styles.foot}>
          <p className={wrong ? "bad" : "muted"} role={wrong ? "alert" : undefined}>
            {wrong
              ? t("grid.wrong", { count: wrong })
              : edits.length > 0
                ? t("grid.effect", {
                    before: formatUnits(now),
                    after: formatUnits(then),
                    change: formatVariance(now ? then / now - 1 : null),
                  })
                : t("grid.hint")}
          </p>
          {edits.length > 0 && (
            <Button onClick={() => become(rows.map(() => ""))}>{t("grid.discard")}</Button>
          )}
          <Button
            variant="primary"
            disabled={edits.length === 0 || wrong > 0}
            onClick={() => setSaving(true)}
          >
            {t("grid.preview")}
          </Button>
        </div>
      )}
      {saving && (
        <OverrideDialog
          edits={edits}
          onSaved={() => become(rows.map(() => ""))}
          onClose={() => setSaving(false)}
        />
      )}
    </Card>
  );
}
