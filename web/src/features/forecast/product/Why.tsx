import { Bridge } from "../../../components/chart/Bridge";
import { ChartFrame } from "../../../components/chart/ChartFrame";
import type { Column } from "../../../components/DataTable";
import { formatPercent, formatSigned } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import type { ForecastView, Part } from "../shapes";
import { digitsOf, formatUnits, summing } from "../words";

/** Why the forecast is what it is: parts that add up to it, and the sentence that says so. */
export function Why({ view }: { view: ForecastView }) {
  const { t } = useTranslation("forecast");
  const { parts, sentence } = view.explanation;
  const whole = parts.reduce((sum, part) => sum + part.total, 0);
  const rounded = summing(
    parts.map((part) => part.total),
    digitsOf(whole),
  );
  const shown = parts
    .map((part, index) => ({ ...part, total: rounded[index] ?? 0 }))
    .filter((part, index) => index === 0 || part.total !== 0);
  const table: Column<Part>[] = [
    { key: "part", header: t("why.part"), value: (part) => part.label, cell: (part) => part.label },
    {
      key: "total",
      header: t("why.units"),
      align: "end",
      value: (part) => part.total,
      cell: (part) => formatSigned(part.total, formatUnits),
    },
    {
      key: "share",
      header: t("why.share"),
      align: "end",
      value: (part) => (whole ? part.total / whole : null),
      cell: (part) => formatPercent(whole ? part.total / whole : null),
    },
  ];
  return (
    <ChartFrame
      title={t("why.title")}
      sentence={sentence}
      name={`${t("why.title")} ${view.sku} ${view.from}`}
      table={{ columns: table, rows: parts, rowKey: (part) => `${part.kind} ${part.label}` }}
    >
      {(width) => (
        <Bridge
          label={`${t("why.title")}. ${sentence}`}
          steps={shown.map((part) => ({
            key: `${part.kind} ${part.label}`,
            label: part.label,
            value: part.total,
          }))}
          total={t("why.total")}
          width={width}
          write={formatUnits}
          signed={(value) => formatSigned(value, formatUnits)}
        />
      )}
    </ChartFrame>
  );
}
