import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useCan } from "../../api/session";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DataTable, exportRows, Pager } from "../../components/DataTable";
import { Select } from "../../components/Field";
import { SearchField } from "../../components/SearchField";
import { formatDay } from "../../lib/dates";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { CategorySelect, PlaceSelect, placeWords } from "./Filters";
import styles from "./Forecast.module.css";
import { ForecastPage } from "./ForecastPage";
import { listColumns } from "./listColumns";
import { NewProducts } from "./NewProducts";
import { useForecasts, useLists } from "./queries";
import { RunBar } from "./RunBar";
import { LIST_SIZE, type ListView, pageOf, SORTS, STATES, sortOf, tidy } from "./view";

export function Forecasts() {
  const { t } = useTranslation("forecast");
  const can = useCan();
  const navigate = useNavigate({ from: "/previsions" });
  const view = useSearch({ from: "/shell/previsions" });
  const lists = useLists();
  const query = useForecasts(view);
  const adjust = useCallback(
    (change: ListView) =>
      void navigate({
        search: (now) => tidy({ ...now, page: undefined, ...change }, { tri: "value", page: "1" }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const onSearch = useCallback((q: string) => adjust({ q: q || undefined }), [adjust]);
  const data = query.data;
  const place = { reg: view.reg, mag: view.mag };
  const category = lists.categories.find((one) => one.code === view.cat)?.name ?? view.cat;
  const title = [
    data && data.total > 0
      ? t("title.list", { count: data.total, number: formatNumber(data.total), days: data.horizon })
      : t("app:nav.forecast"),
    ...[placeWords(lists, view), category, view.etat && t(`state.${view.etat}`)].filter(Boolean),
    ...(view.q ? [t("title.matching", { q: view.q })] : []),
  ].join(", ");
  const filtered = Boolean(view.q || view.cat || view.reg || view.mag || view.etat);
  const columns = listColumns(t, data?.items ?? [], place, data?.horizon ?? 30);
  return (
    <ForecastPage title={title}>
      <RunBar />
      {data?.asOf && <NewProducts />}
      <Card className={styles.block}>
        <div className={styles.filters}>
          <SearchField
            label={t("filter.search")}
            className={styles.search}
            value={view.q ?? ""}
            onSearch={onSearch}
          />
          <CategorySelect lists={lists} value={view.cat} onChange={(cat) => adjust({ cat })} />
          <PlaceSelect lists={lists} view={view} onChange={adjust} />
          <Select
            className={styles.filter}
            aria-label={t("filter.state")}
            value={view.etat ?? ""}
            onChange={(event) => adjust({ etat: event.target.value || undefined })}
          >
            <option value="">{t("filter.states")}</option>
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
          <Select
            className={styles.filter}
            aria-label={t("filter.sort")}
            value={sortOf(view)}
            onChange={(event) => adjust({ tri: event.target.value })}
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(`sort.${sort}`)}
              </option>
            ))}
          </Select>
          <span className={styles.space} />
          <Button
            variant="quiet"
            size="small"
            icon="download"
            aria-label={`${t("components:chart.csv")} · ${t("app:nav.forecast")}`}
            title={t("components:chart.csv")}
            onClick={() => exportRows(t("app:nav.forecast"), columns, data?.items ?? [])}
          />
        </div>
        <Async
          query={query}
          skeleton={<SkeletonRows rows={14} />}
          isEmpty={(list) => list.total === 0}
          empty={
            filtered ? (
              <Empty icon="search" title={t("list.noMatch")}>
                {t("list.noMatchText")}
              </Empty>
            ) : (
              <Empty icon="forecast" title={t("list.none")}>
                {t(can("forecasts.run") ? "list.noneText" : "list.noneReader")}
              </Empty>
            )
          }
        >
          {(list) => (
            <>
              <DataTable
                caption={t("app:nav.forecast")}
                columns={columns}
                rows={list.items}
                rowKey={(row) => row.sku}
                onOpen={(row) =>
                  void navigate({ to: "/previsions/article/$sku", params: { sku: row.sku }, search: place })
                }
              />
              <Pager
                page={pageOf(view)}
                size={LIST_SIZE}
                total={list.total}
                onPage={(page) => adjust({ page: String(page) })}
              />
              {list.asOf && (
                <p className={styles.note}>{t("list.asOf", { day: formatDay(list.asOf, "long") })}</p>
              )}
            </>
          )}
        </Async>
      </Card>
    </ForecastPage>
  );
}
