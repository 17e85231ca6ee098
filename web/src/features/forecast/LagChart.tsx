import { ChartFrame } from "../../components/chart/ChartFrame";
import { ColumnChart } from "../../components/chart/ColumnChart";
import type { ColumnPoint } from "../../components/chart/columns";
import { meaningOf } from "../../components/chart/Variance";
import type { Column } from "../../components/DataTable";
import { formatPercent, formatPoints, formatVariance } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import type { Magnitude } from "../../lib/magnitude";
import { gapOf } from "./words";

export interface ErrorRow {
  key: string;
  label: string;
  tick: string;
  wape: number | null;
  naiveWape: number | null;
  bias: number | null;
  coverage: number | null;
}

const HEIGHT = 220;
const PERCENT: Magnitude = {
  divisor: 1,
  word: "",
  write: (value) => formatPercent(value === null || value === undefined ? value : value / 100),
};

/** Error in percent beside the naive one's, in the order given: by lag or by week. */
export function LagChart({ title, rows }: { title: string; rows: readonly ErrorRow[] }) {
  const { t } = useTranslation("forecast");
  const points: ColumnPoint[] = rows.map((row) => ({
    key: row.key,
    tick: row.tick,
    title: row.label,
    actual: row.wape === null ? null : row.wape * 100,
    compare: row.naiveWape === null ? null : row.naiveWape * 100,
    objective: null,
  }));
  const of = (point: ColumnPoint) => rows.find((row) => row.key === point.key);
  const better = rows.filter((row) => (gapOf(row.wape, row.naiveWape) ?? 0) < 0).length;
  const sentence = rows.length
    ? t("error.sentence", { better, count: rows.length, number: rows.length })
    : t("error.nothing");
  const rate = (key: "wape" | "naiveWape" | "coverage", header: string): Column<ErrorRow> => ({
    key,
    header,
    align: "end",
    value: (row) => row[key],
    cell: (row) => formatPercent(row[key]),
  });
  const table: Column<ErrorRow>[] = [
    { key: "label", header: title, value: (row) => row.label, cell: (row) => row.label },
    rate("wape", "WAPE"),
    rate("naiveWape", t("error.naive")),
    rate("coverage", t("figures.coverage")),
    {
      key: "bias",
      header: t("figures.bias"),
      align: "end",
      value: (row) => row.bias,
      cell: (row) => formatVariance(row.bias),
    },
  ];
  return (
    <ChartFrame
      title={title}
      sentence={sentence}
      name={title}
      legend={[
        { mark: "actual", label: "WAPE" },
        { mark: "previous", label: t("error.naive") },
      ]}
      table={{ columns: table, rows, rowKey: (row) => row.key }}
    >
      {(width) => (
        <ColumnChart
          label={`${title}. ${sentence}`}
          points={points}
          width={width}
          height={HEIGHT}
          magnitude={PERCENT}
          unit="%"
          varianceLabel={t("error.delta")}
          good="down"
          tell={(point) => {
            const row = of(point);
            const gain = row ? gapOf(row.wape, row.naiveWape) : null;
            return {
              title: point.title,
              lines: [
                { label: "WAPE", value: formatPercent(row?.wape) },
                { label: t("error.naive"), value: formatPercent(row?.naiveWape) },
                ...(gain === null
                  ? []
                  : [
                      {
                        label: t("error.against"),
                        value: formatPoints(gain),
                        className: meaningOf(gain, "down"),
                      },
                    ]),
                { label: t("figures.coverage"), value: formatPercent(row?.coverage, 0) },
              ],
            };
          }}
        />
      )}
    </ChartFrame>
  );
}
