import type { ReactNode } from "react";
import { cx } from "../lib/class";
import { type CsvValue, download, toCsv } from "../lib/csv";
import { formatNumber } from "../lib/format";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import styles from "./DataTable.module.css";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures are right-aligned. */
  align?: "start" | "end";
  /** Present when the column can be sorted, and then also what CSV exports. */
  value?: (row: Row) => CsvValue;
  /** The header is only read out: buttons explain themselves. */
  quiet?: boolean;
  /** Left out below 760 px. */
  wide?: boolean;
  width?: number | string;
}

/** `code` ascending, `-code` descending: short enough for a URL. */
export type Sort = string;

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Controlled by the URL; without `onSort` the rows stay as given. */
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  onOpen?: (row: Row) => void;
  selected?: string | undefined;
  footer?: ReactNode;
}

export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort?: Sort,
): readonly Row[] {
  const value = columns.find((column) => column.key === sort?.replace(/^-/, ""))?.value;
  if (!sort || !value) return rows;
  const direction = sort.startsWith("-") ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one) ?? null, value(other) ?? null];
    // What was not measured goes last either way.
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return direction * (typeof a === "string" ? a.localeCompare(String(b)) : a - Number(b));
  });
}

export function exportRows<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const exported = columns.filter((column) => column.value);
  const cells = rows.map((row) => exported.map((column) => column.value?.(row)));
  download(
    `${name}.csv`,
    toCsv(
      exported.map((column) => column.header),
      cells,
    ),
  );
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, sort, onSort, onOpen, selected, footer } = props;
  const { t } = useTranslation("components");
  const className = (column: Column<Row>) => cx(column.align === "end" && "num", column.wide && styles.wide);
  const sorted = onSort ? sortRows(rows, columns, sort) : rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const current = sort?.replace(/^-/, "") === column.key;
              const next = current && !sort?.startsWith("-") ? `-${column.key}` : column.key;
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={className(column)}
                  style={column.width ? { width: column.width } : undefined}
                  aria-sort={current ? (sort?.startsWith("-") ? "descending" : "ascending") : undefined}
                >
                  {onSort && column.value ? (
                    <button
                      type="button"
                      onClick={() => onSort(next)}
                      title={t("table.sortBy", { column: column.header })}
                    >
                      {column.header}
                      {current && <span aria-hidden="true">{sort?.startsWith("-") ? " ↓" : " ↑"}</span>}
                    </button>
                  ) : (
                    <span className={cx(column.quiet && "sr")}>{column.header}</span>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                aria-current={selected === key || undefined}
                className={cx(onOpen && styles.opens)}
                onClick={
                  onOpen && ((event) => !(event.target as Element).closest("a,button,input") && onOpen(row))
                }
              >
                {columns.map((column) => (
                  <td key={column.key} className={className(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        {footer && <tfoot>{footer}</tfoot>}
      </table>
    </section>
  );
}

interface PagerProps {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

export function Pager({ page, size, total, onPage }: PagerProps) {
  const { t } = useTranslation("components");
  if (total <= size) return null;
  const from = (page - 1) * size + 1;
  const to = Math.min(total, page * size);
  return (
    <nav className={styles.pager} aria-label={t("table.next")}>
      <span>
        {t("table.range", { from: formatNumber(from), to: formatNumber(to), total: formatNumber(total) })}
      </span>
      <Button
        size="small"
        icon="chevronLeft"
        aria-label={t("table.previous")}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <Button
        size="small"
        icon="chevronRight"
        aria-label={t("table.next")}
        disabled={to >= total}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}
