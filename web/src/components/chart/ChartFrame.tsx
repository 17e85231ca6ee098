import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "../../lib/i18n";
import { Button } from "../Button";
import { Card } from "../Card";
import { type Column, DataTable, exportRows } from "../DataTable";
import { downloadPng } from "./image";
import styles from "./marks.module.css";
import { useWidth } from "./useWidth";

export type Mark = "actual" | "previous" | "plan" | "planned" | "good" | "bad";

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

function Swatch({ mark }: { mark: Mark }) {
  return (
    <svg width="11" height="10" aria-hidden="true">
      {mark === "planned" ? (
        <rect x="0.6" y="0.6" width="9.8" height="8.8" fill="none" stroke="var(--plan)" strokeWidth="1.2" />
      ) : mark === "plan" ? (
        <path d="M0 5h11" stroke="var(--plan)" strokeWidth="1.6" />
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
