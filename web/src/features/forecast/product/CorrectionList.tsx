import { send } from "../../../api/client";
import { useCan } from "../../../api/session";
import { Async, SkeletonRows } from "../../../components/Async";
import { attempt } from "../../../components/attempt";
import { Button } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { type Column, DataTable } from "../../../components/DataTable";
import { toast } from "../../../components/Toast";
import { formatDay } from "../../../lib/dates";
import { formatInstant } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import { useCorrections, useForecastsChanged } from "../queries";
import type { Correction } from "../shapes";
import type { ProductSearch } from "../view";
import { formatUnits } from "../words";
import styles from "./Product.module.css";

/** What of the past the forecast does not learn as it was sold, and on whose word. */
export function CorrectionList({ sku, view }: { sku: string; view: ProductSearch }) {
  const { t } = useTranslation("forecast");
  const edit = useCan()("forecasts.edit");
  const query = useCorrections(sku, view);
  const changed = useForecastsChanged();
  const putBack = async ({ store, date, corrected, reason, note }: Correction) => {
    await send("PUT", "/forecasts/corrections", {
      items: [{ sku, store, date, corrected, reason, note }],
    });
    await changed();
  };
  const remove = (item: Correction) =>
    attempt(async () => {
      await send("DELETE", `/forecasts/corrections/${item.id}`);
      await changed();
      toast(t("correct.removed"), {
        action: { label: t("undo"), run: () => void attempt(() => putBack(item)) },
      });
    });
  const columns: Column<Correction>[] = [
    {
      key: "day",
      header: t("fan.day"),
      cell: (item) => (
        <>
          {formatDay(item.date, "short")}
          <small className={styles.under}>
            {t(`correct.reasons.${item.reason}`)}
            {item.note && ` · ${item.note}`}
          </small>
        </>
      ),
    },
    {
      key: "units",
      header: t("correct.change"),
      align: "end",
      cell: (item) => (
        <>
          {formatUnits(item.units)} →{" "}
          <b>{item.corrected === null ? t("correct.left") : formatUnits(item.corrected)}</b>
        </>
      ),
    },
    {
      key: "who",
      header: t("correct.who"),
      wide: true,
      cell: (item) => (
        <>
          {item.createdBy}
          <small className={styles.under}>{formatInstant(item.createdAt)}</small>
        </>
      ),
    },
  ];
  if (edit)
    columns.push({
      key: "remove",
      header: t("overrides.withdraw"),
      quiet: true,
      align: "end",
      cell: (item) => (
        <Button
          size="small"
          aria-label={t("correct.removeOne", { day: formatDay(item.date, "short") })}
          onClick={() => void remove(item)}
        >
          {t("overrides.withdraw")}
        </Button>
      ),
    });
  return (
    <Card title={t("correct.list")} sentence={t("correct.sentence")} className={styles.block}>
      <Async
        query={query}
        skeleton={<SkeletonRows rows={2} />}
        isEmpty={(data) => data.items.length === 0}
        empty={<p className="muted">{t("correct.none")}</p>}
      >
        {(data) => (
          <DataTable
            caption={t("correct.list")}
            columns={columns}
            rows={data.items}
            rowKey={(item) => item.id}
          />
        )}
      </Async>
    </Card>
  );
}
