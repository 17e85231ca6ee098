import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { meaningOf } from "../../components/chart/Variance";
import { type Column, DataTable, exportRows } from "../../components/DataTable";
import { formatNumber, formatPercent, formatPoints, formatVariance } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import type { AccuracyRow } from "./shapes";
import { formatUnits, gapOf } from "./words";

const nothing = <span className="muted">—</span>;
const BAR = 150;

/** Error solid, the naive one outlined behind it: shorter is better. */
function ErrorBar({ row, most }: { row: AccuracyRow; most: number }) {
  const x = (value: number) => (Math.min(value, most) / most) * BAR;
  return (
    <svg width={BAR} height="12" className={styles.range} aria-hidden="true">
      {row.naiveWape !== null && (
        <rect
          x="0.5"
          y="0.5"
          width={Math.max(1, x(row.naiveWape) - 1)}
          height="11"
          fill="none"
          stroke="var(--previous)"
        />
      )}
      <rect y="3" width={Math.max(1, x(row.wape ?? 0))} height="6" fill="var(--actual)" />
    </svg>
  );
}

function columns(t: T, header: string, most: number): Column<AccuracyRow>[] {
  const gain = (row: AccuracyRow) => gapOf(row.wape, row.naiveWape);
  return [
    { key: "label", header, value: (row) => row.label, cell: (row) => row.label },
    {
      key: "bar",
      header: t("error.bar"),
      wide: true,
      cell: (row) => <ErrorBar row={row} most={most} />,
    },
    {
      key: "wape",
      header: "WAPE",
      align: "end",
      value: (row) => row.wape,
      cell: (row) => <b>{formatPercent(row.wape)}</b>,
    },
    {
      key: "naive",
      header: t("error.naive"),
      align: "end",
      value: (row) => row.naiveWape,
      cell: (row) => (row.naiveWape === null ? nothing : formatPercent(row.naiveWape)),
    },
    {
      key: "gain",
      header: t("error.against"),
      align: "end",
      value: gain,
      cell: (row) =>
        gain(row) === null ? (
          nothing
        ) : (
          <span className={meaningOf(gain(row), "down")}>{formatPoints(gain(row))}</span>
        ),
    },
    {
      key: "bias",
      header: t("figures.bias"),
      align: "end",
      wide: true,
      value: (row) => row.bias,
      cell: (row) => formatVariance(row.bias),
    },
    {
      key: "mase",
      header: "MASE",
      align: "end",
      wide: true,
      value: (row) => row.mase,
      cell: (row) => (row.mase === null ? nothing : formatNumber(row.mase, 2)),
    },
    {
      key: "coverage",
      header: t("figures.coverage"),
      align: "end",
      wide: true,
      value: (row) => row.coverage,
      cell: (row) => (row.coverage === null ? nothing : formatPercent(row.coverage, 0)),
    },
    {
      key: "units",
      header: t("error.units"),
      align: "end",
      wide: true,
      value: (row) => row.units,
      cell: (row) => formatUnits(row.units),
    },
    {
      key: "cells",
      header: t("error.cells"),
      align: "end",
      wide: true,
      value: (row) => row.cells,
      cell: (row) => formatNumber(row.cells),
    },
  ];
}

interface ErrorTableProps {
  title: string;
  /** What a row is. */
  header: string;
  rows: readonly AccuracyRow[];
}

export function ErrorTable({ title, header, rows }: ErrorTableProps) {
  const { t } = useTranslation("forecast");
  const most = Math.max(...rows.flatMap((row) => [row.wape ?? 0, row.naiveWape ?? 0]), 0.01);
  const list = columns(t, header, most);
  const better = rows.filter((row) => (gapOf(row.wape, row.naiveWape) ?? 0) < 0).length;
  return (
    <Card
      title={title}
      sentence={t("error.sentence", { better, count: rows.length, number: rows.length })}
      className={styles.block}
      tools={
        <Button
          variant="quiet"
          size="small"
          icon="download"
          aria-label={`${t("components:chart.csv")} · ${title}`}
          title={t("components:chart.csv")}
          onClick={() => exportRows(title, list, rows)}
        />
      }
    >
      <DataTable caption={title} columns={list} rows={rows} rowKey={(row) => row.key} />
    </Card>
  );
}
