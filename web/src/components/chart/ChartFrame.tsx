import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "../../lib/i18n";
import { Button } from "../Button";
import { Card } from "../Card";
import { type Column, DataTable, exportRows } from "../DataTable";
import { downloadPng } from "./image";
import styles from "./marks.module.css";
import { useWidth } from "./useWidth";

export type Mark =
  | "actual"
  | "previous"
  | "plan"
  | "planned"
  | "good"
  | "bad"
  | "band"
  | "forecast"
  | "reference"
  | "changed"
  | "fixed";

interface ChartFrameProps<Row> {
  title: string;
  /** What the chart says, generated from its figures. */
  sentence: string;
  /** The file name of what is exported. */
  name: string;
  legend?: readonly { mark: Mark; label: string }[];
  table: { columns: readonly Column<Row>[]; rows: readonly Row[]; rowKey: (row: Row) => string };
  extra?: ReactNode;
  className?: string;
  /** Draws at the width there is. */
  children: (width: number) => ReactNode;
}

/** How a line of a fan is drawn: the same in the legend as in the chart. */
const LINES: Partial<Record<Mark, { stroke: string; strokeWidth: number; strokeDasharray?: string }>> = {
  plan: { stroke: "var(--plan)", strokeWidth: 1.6 },
  forecast: { stroke: "var(--forecast)", strokeWidth: 2.4 },
  reference: { stroke: "var(--text-3)", strokeWidth: 1, strokeDasharray: "2 3" },
  changed: { stroke: "var(--accent)", strokeWidth: 2.6 },
};

function Swatch({ mark }: { mark: Mark }) {
  const line = LINES[mark];
  return (
    <svg width="11" height="10" aria-hidden="true">
      {mark === "planned" ? (
        <rect x="0.6" y="0.6" width="9.8" height="8.8" fill="none" stroke="var(--plan)" strokeWidth="1.2" />
      ) : line ? (
        <path d="M0 5h11" {...line} />
      ) : mark === "fixed" ? (
        <circle cx="5.5" cy="5" r="3" fill="none" stroke="var(--warn)" strokeWidth="1.6" />
      ) : mark === "band" ? (
        <path d="M-1 6L5 0M1 10L11 0M6 11L12 5" stroke="var(--forecast)" strokeWidth="1.2" opacity="0.7" />
      ) : (
        <rect width="11" height="10" rx="1.5" fill={`var(--${mark})`} />
      )}
    </svg>
  );
}

export function ChartFrame<Row>(props: ChartFrameProps<Row>) {
  const { title, sentence, name, legend, table, extra, className, children } = props;
  const { t } = useTranslation("components");
  const [asTable, setAsTable] = useState(false);
  const { box, width } = useWidth();
  const drawing = useRef<HTMLDivElement>(null);
  const png = () => {
    const svg = drawing.current?.querySelector("svg");
    if (svg) void downloadPng(name, `${title} · ${sentence}`, svg);
  };
  return (
    <Card
      className={className}
      title={title}
      sentence={sentence}
      tools={
        <>
          {legend && !asTable && (
            <ul className={styles.legend}>
              {legend.map((entry) => (
                <li key={entry.mark}>
                  <Swatch mark={entry.mark} />
                  {entry.label}
                </li>
              ))}
            </ul>
          )}
          {extra}
          <Button
            variant="quiet"
            size="small"
            icon={asTable ? "chart" : "table"}
            aria-pressed={asTable}
            aria-label={`${t("chart.table")} · ${title}`}
            title={t("chart.table")}
            onClick={() => setAsTable(!asTable)}
          />
          {!asTable && (
            <Button
              variant="quiet"
              size="small"
              icon="image"
              aria-label={`${t("chart.png")} · ${title}`}
              title={t("chart.png")}
              onClick={png}
            />
          )}
          <Button
            variant="quiet"
            size="small"
            icon="download"
            aria-label={`${t("chart.csv")} · ${title}`}
            title={t("chart.csv")}
            onClick={() => exportRows(name, table.columns, table.rows)}
          />
        </>
      }
    >
      <div ref={box} className={styles.body}>
        {asTable ? (
          <DataTable caption={title} columns={table.columns} rows={table.rows} rowKey={table.rowKey} />
        ) : (
          <div ref={drawing}>{width > 0 && children(width)}</div>
        )}
      </div>
    </Card>
  );
}
