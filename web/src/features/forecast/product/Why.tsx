import { Bridge } from "../../../components/chart/Bridge";
import { ChartFrame } from "../../../components/chart/ChartFrame";
import type { Column } from "../../../components/DataTable";
import { formatPercent, formatSigned } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import type { ForecastView, Part } from "../shapes";
import { formatUnits } from "../words";

const NOTHING = 0.05;

/** Why the forecast is what it is: parts that add up to it, and the sentence that says so. */
export function Why({ view }: { view: ForecastView }) {
  const { t } = useTranslation("forecast");
  const { parts, sentence } = view.explanation;
  const whole = parts.reduce((sum, part) => sum + part.total, 0);
  const shown = parts.filter((part) => part.kind === "level" || Math.abs(part.total) >= NOTHING);
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
