import { send } from "../../../api/client";
import { useCan } from "../../../api/session";
import { Async, SkeletonRows } from "../../../components/Async";
import { attempt } from "../../../components/attempt";
import { Button } from "../../../components/Button";
import { Card, Tag } from "../../../components/Card";
import { type Column, DataTable } from "../../../components/DataTable";
import { toast } from "../../../components/Toast";
import { formatDay } from "../../../lib/dates";
import { formatInstant, formatPercent } from "../../../lib/format";
import { type T, useTranslation } from "../../../lib/i18n";
import { placeWords } from "../Filters";
import { type Lists, useForecastsChanged, useLists, useOverrides } from "../queries";
import type { Override } from "../shapes";
import type { ProductSearch } from "../view";
import { formatUnits } from "../words";
import { spanWords } from "./OverrideDialog";
import styles from "./Product.module.css";

const TONES = { active: "accent", expired: "neutral", withdrawn: "neutral" } as const;

function Helped({ item }: { item: Override }) {
  const { t } = useTranslation("forecast");
  const { scored } = item;
  if (!scored)
    return (
      <span className="muted">
        {t(item.state === "withdrawn" ? "overrides.states.withdrawn" : "overrides.unscored")}
      </span>
    );
  return (
    <span className={scored.better ? "good" : "bad"}>
      {t(scored.better ? "overrides.helped" : "overrides.hurt", {
        with: formatPercent(scored.wapeOverridden, 0),
        without: formatPercent(scored.wapeStatistical, 0),
      })}
    </span>
  );
}

/** Who did what to it since it was made. */
function Changes({ item }: { item: Override }) {
  const { t } = useTranslation("forecast");
  const since = item.history.slice(1);
  if (since.length === 0) return null;
  return (
    <ul className={styles.under}>
      {since.map((change) => (
        <li key={change.at}>
          {t(`overrides.changes.${change.what}`, {
            formula: change.formula,
            by: change.by,
            when: formatInstant(change.at),
          })}
        </li>
      ))}
    </ul>
  );
}

function columns(t: T, lists: Lists, withdraw: ((item: Override) => void) | null): Column<Override>[] {
  const place = (item: Override) =>
    [
      t(`level.${item.level}`),
      placeWords(lists, { mag: item.store ?? undefined, reg: item.region ?? undefined }),
    ]
      .filter(Boolean)
      .join(", ");
  const by = (item: Override) => `${item.createdBy}, ${formatInstant(item.createdAt)}`;
  const list: Column<Override>[] = [
    {
      key: "what",
      header: t("overrides.what"),
      cell: (item) => (
        <>
          <code>{item.formula}</code> {spanWords(t, item)}
          <small className={styles.under}>
            {item.before !== null && `${formatUnits(item.before)} → ${formatUnits(item.after)} · `}
            {place(item)}
          </small>
          <small className={styles.narrow}>
            {item.reason} ({by(item)})
          </small>
        </>
      ),
    },
    {
      key: "reason",
      header: t("save.reason"),
      wide: true,
      cell: (item) => (
        <>
          {item.reason}
          <small className={styles.under}>{by(item)}</small>
          <Changes item={item} />
        </>
      ),
    },
    {
      key: "state",
      header: t("overrides.state"),
      wide: true,
      cell: (item) => (
        <>
          <Tag tone={TONES[item.state]}>{t(`overrides.states.${item.state}`)}</Tag>
          {item.expiresOn && (
            <small className={styles.under}>
              {t("overrides.until", { day: formatDay(item.expiresOn, "short") })}
            </small>
          )}
        </>
      ),
    },
    { key: "helped", header: t("overrides.effect"), cell: (item) => <Helped item={item} /> },
  ];
  if (withdraw)
    list.push({
      key: "withdraw",
      header: t("overrides.withdraw"),
      quiet: true,
      align: "end",
      cell: (item) =>
        item.state === "active" && (
          <Button
            size="small"
            aria-label={t("overrides.withdrawOne", { formula: item.formula, days: spanWords(t, item) })}
            onClick={() => withdraw(item)}
          >
            {t("overrides.withdraw")}
          </Button>
        ),
    });
  return list;
}

/** Every change with its author, and whether it helped once the days are past. */
export function OverrideList({ sku, view }: { sku: string; view: ProductSearch }) {
  const { t } = useTranslation("forecast");
  const edit = useCan()("forecasts.edit");
  const query = useOverrides(sku, view);
  const changed = useForecastsChanged();
  const lists = useLists();
  const putBack = async ({
    level,
    category,
    store,
    region,
    from,
    to,
    formula,
    reason,
    expiresOn,
    ...item
  }: Override) => {
    const again = {
      id: null,
      level,
      sku: item.sku,
      category,
      store,
      region,
      from,
      to,
      formula,
      reason,
      expiresOn,
    };
    await send("PUT", "/forecasts/overrides", { items: [again] });
    await changed();
  };
  const withdraw = (item: Override) =>
    attempt(async () => {
      await send("DELETE", `/forecasts/overrides/${item.id}`);
      await changed();
      toast(t("overrides.withdrawn"), {
        action: { label: t("undo"), run: () => void attempt(() => putBack(item)) },
      });
    });
  return (
    <Card title={t("overrides.title")} sentence={t("overrides.sentence")} className={styles.block}>
      <Async
        query={query}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(data) => data.items.length === 0}
        empty={<p className="muted">{t("overrides.none")}</p>}
      >
        {(data) => (
          <DataTable
            caption={t("overrides.title")}
            columns={columns(t, lists, edit ? (item) => void withdraw(item) : null)}
            rows={data.items}
            rowKey={(item) => item.id}
          />
        )}
      </Async>
    </Card>
  );
}
