import { useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { send } from "../../api/client";
import { useCan } from "../../api/session";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card, Kbd } from "../../components/Card";
import { DataTable, Pager } from "../../components/DataTable";
import { Segmented } from "../../components/Segmented";
import { toast } from "../../components/Toast";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { CategorySelect, PlaceSelect, placeWords } from "./Filters";
import styles from "./Forecast.module.css";
import { ForecastPage } from "./ForecastPage";
import { outlierColumns } from "./outlierColumns";
import { useForecastsChanged, useLists, useOutliers } from "./queries";
import { OUTLIER_STATES, OUTLIERS_SIZE, type OutliersView, outlierState, pageOf, tidy } from "./view";

const DECISIONS = { c: "correct", k: "keep", e: "event" } as const;
type Decision = (typeof DECISIONS)[keyof typeof DECISIONS];

/** Days that do not look like the others: each is corrected for the forecast, kept, or told to be an event. */
export function Outliers() {
  const { t } = useTranslation("forecast");
  const edit = useCan()("forecasts.edit");
  const navigate = useNavigate({ from: "/previsions/anomalies" });
  const view = useSearch({ from: "/shell/previsions/anomalies" });
  const lists = useLists();
  const query = useOutliers(view);
  const changed = useForecastsChanged();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  const items = query.data?.items ?? [];
  const selected = items.filter((item) => chosen.has(item.id)).map((item) => item.id);
  const adjust = (change: OutliersView) => {
    setChosen(new Set());
    void navigate({
      search: (now) => tidy({ ...now, page: undefined, ...change }, { etat: "open", page: "1" }),
      replace: true,
      resetScroll: false,
    });
  };
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const decide = async (ids: readonly string[], decision: Decision) => {
    if (ids.length === 0 || busy) return;
    setBusy(true);
    await attempt(async () => {
      const { decided } = await send<{ decided: number }>("POST", "/forecasts/outliers/decide", {
        ids,
        decision,
      });
      await changed();
      setChosen(new Set());
      toast(t(`outliers.done.${decision}`, { count: decided, number: formatNumber(decided) }), {
        tone: "good",
      });
    });
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const boxes = [...(table.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])];
    const at = boxes.indexOf(event.target as HTMLInputElement);
    if (at < 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1 }[event.key];
    const decision = DECISIONS[event.key as keyof typeof DECISIONS];
    const here = items[at];
    if (step) {
      event.preventDefault();
      if (event.shiftKey && here) toggle(here.id, true);
      boxes[Math.max(0, Math.min(boxes.length - 1, at + step))]?.focus();
    } else if (decision && here) {
      event.preventDefault();
      void decide(selected.length > 0 ? selected : [here.id], decision);
    }
  };
  const state = outlierState(view);
  const total = query.data?.total;
  const title = [
    total === undefined
      ? t("tabs.outliers")
      : t(`outliers.title.${state}`, { count: total, number: formatNumber(total) }),
    ...[placeWords(lists, view), lists.categories.find((one) => one.code === view.cat)?.name].filter(Boolean),
  ].join(", ");
  const everything = items.length > 0 && selected.length === items.length;
  return (
    <ForecastPage title={title}>
      <Card className={styles.block}>
        <div className={styles.filters}>
          <Segmented
            label={t("filter.state")}
            value={state}
            options={OUTLIER_STATES.map((value) => ({ value, label: t(`outliers.state.${value}`) }))}
            onChange={(etat) => adjust({ etat })}
          />
          <PlaceSelect
            lists={lists}
            view={{ mag: view.mag }}
            storesOnly
            onChange={({ mag }) => adjust({ mag })}
          />
          {view.art && (
            <Button
              size="small"
              icon="close"
              title={t("outliers.every")}
              onClick={() => adjust({ art: undefined })}
            >
              {t("outliers.only", { sku: view.art })}
            </Button>
          )}
          <CategorySelect lists={lists} value={view.cat} onChange={(cat) => adjust({ cat })} />
        </div>
        <Async
          query={query}
          skeleton={<SkeletonRows rows={10} height={30} />}
          isEmpty={(data) => data.total === 0}
          empty={
            <Empty icon="check" title={t(state === "open" ? "outliers.none" : "outliers.noneDecided")}>
              {state === "open" && t("outliers.noneText")}
            </Empty>
          }
        >
          {(data) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the checkboxes inside take the keys
            <div ref={table} onKeyDown={onKey}>
              {edit && (
                <div className={styles.bulk}>
                  <p>
                    {selected.length > 0 ? (
                      t("outliers.selected", {
                        count: selected.length,
                        number: formatNumber(selected.length),
                      })
                    ) : (
                      <>
                        {t("outliers.hint")} <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("outliers.keys.move")}
                        {(["c", "k", "e"] as const).map((key) => (
                          <span key={key}>
                            , <Kbd>{key.toUpperCase()}</Kbd> {t(`outliers.keys.${key}`)}
                          </span>
                        ))}
                      </>
                    )}
                  </p>
                  <Button
                    size="small"
                    onClick={() => setChosen(everything ? new Set() : new Set(items.map((item) => item.id)))}
                  >
                    {t(everything ? "outliers.clear" : "outliers.all")}
                  </Button>
                  {(["correct", "keep", "event"] as const).map((decision) => (
                    <Button
                      key={decision}
                      size="small"
                      variant={decision === "correct" ? "primary" : "default"}
                      disabled={selected.length === 0}
                      busy={busy}
                      title={t(`outliers.help.${decision}`)}
                      onClick={() => void decide(selected, decision)}
                    >
                      {t(`outliers.decide.${decision}`)}
                    </Button>
                  ))}
                </div>
              )}
              <DataTable
                caption={t("tabs.outliers")}
                columns={outlierColumns(t, edit ? { chosen, toggle } : null)}
                rows={data.items}
                rowKey={(item) => item.id}
              />
              <Pager
                page={pageOf(view)}
                size={OUTLIERS_SIZE}
                total={data.total}
                onPage={(page) => adjust({ page: String(page) })}
              />
            </div>
          )}
        </Async>
      </Card>
    </ForecastPage>
  );
}
