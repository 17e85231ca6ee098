import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCan, useTenant } from "../../api/session";
import type { Store } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { Check, Select } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { download, toCsv } from "../../lib/csv";
import { formatDay, formatMonth, monthOf, todayIn } from "../../lib/dates";
import { currencySymbol, formatAmount, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import { countryName } from "./choices";
import { useMonthObjectives, useRegions, useStores } from "./queries";
import { RegionsDialog } from "./RegionsDialog";
import { StoreForm } from "./StoreForm";
import styles from "./Stores.module.css";
import { EXPORT_HEADER, exported, isClosed, type StoresView, shown } from "./view";

function columns(
  t: T,
  objective: ReturnType<typeof useMonthObjectives>,
  month: string,
  today: string,
): Column<Store>[] {
  const list: Column<Store>[] = [
    {
      key: "name",
      header: t("column.name"),
      value: (store) => store.name,
      cell: (store) => (
        <>
          <Link to="/magasins/$code" params={{ code: store.code }} className={styles.name}>
            {store.name}
          </Link>
          {isClosed(store, today) && <Tag>{t("closed")}</Tag>}
          <small className={styles.under}>{store.region.name}</small>
        </>
      ),
    },
    {
      key: "code",
      header: t("column.code"),
      wide: true,
      value: (store) => store.code,
      cell: (store) => <code>{store.code}</code>,
    },
    {
      key: "region",
      header: t("column.region"),
      wide: true,
      value: (store) => store.region.name,
      cell: (store) => store.region.name,
    },
    {
      key: "country",
      header: t("column.country"),
      wide: true,
      value: (store) => store.country,
      cell: (store) => countryName(store.country),
    },
    {
      key: "surface",
      header: t("column.surface"),
      align: "end",
      value: (store) => store.surface,
      cell: (store) =>
        store.surface === null ? <span className="muted">—</span> : `${formatNumber(store.surface)} m²`,
    },
    {
      key: "opened",
      header: t("column.opened"),
      align: "end",
      wide: true,
      value: (store) => store.openedOn,
      cell: (store) => formatDay(store.openedOn),
    },
    {
      key: "closed",
      header: t("column.closed"),
      align: "end",
      wide: true,
      value: (store) => store.closedOn,
      cell: (store) => (store.closedOn ? formatDay(store.closedOn) : <span className="muted">—</span>),
    },
  ];
  list.push({
    key: "objective",
    header: t("column.objective", { month: formatMonth(month, "short"), currency: currencySymbol() }),
    align: "end",
    value: (store) => objective.data?.get(store.code) ?? null,
    cell: (store) => {
      const value = objective.data?.get(store.code);
      return value === null || value === undefined ? <span className="muted">—</span> : formatAmount(value);
    },
  });
  return list;
}

export function StoreList() {
  const { t } = useTranslation("stores");
  const can = useCan();
  const navigate = useNavigate({ from: "/magasins" });
  const view = useSearch({ from: "/shell/magasins" });
  const today = todayIn(useTenant().timeZone);
  const month = monthOf(today);
  const query = useStores();
  const regions = useRegions().data?.items ?? [];
  const objective = useMonthObjectives(month);
  const [dialog, setDialog] = useState<"store" | "regions" | null>(null);
  const all = query.data?.items ?? [];
  const list = shown(all, view, today);
  const closed = all.filter((store) => isClosed(store, today)).length;
  const adjust = (change: Partial<StoresView>) =>
    void navigate({ search: { ...view, ...change }, replace: true, resetScroll: false });
  const places = new Set(list.map((store) => store.region.code)).size;
  const title = query.data
    ? t("title.list", {
        stores: t("stores", { count: list.length, number: formatNumber(list.length) }),
        regions: t("regionsCount", { count: places, number: formatNumber(places) }),
      })
    : t("app:nav.stores");
  const edit = can("stores.edit");
  const add = edit && (
    <Button variant="primary" icon="plus" onClick={() => setDialog("store")}>
      {t("add")}
    </Button>
  );
  const bring = can("imports.run") && (
    <Link to="/imports/nouveau" search={{ type: "stores" }} className={buttonClass()}>
      <Icon name="upload" />
      {t("import")}
    </Link>
  );
  return (
    <Page
      title={title}
      actions={
        all.length > 0 && (
          <>
            <Button
              icon="download"
              onClick={() => download(`${t("file")}.csv`, toCsv(EXPORT_HEADER, list.map(exported)))}
            >
              {t("export")}
            </Button>
            {bring}
            {add}
          </>
        )
      }
    >
      <Async
        query={query}
        skeleton={
          <Card>
            <SkeletonRows rows={10} />
          </Card>
        }
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Card>
            <Empty
              icon="store"
              title={t("none")}
              action={
                <span className={styles.choices}>
                  {bring}
                  {add}
                </span>
              }
            >
              {t(edit ? "noneText" : "noneReader")}
            </Empty>
          </Card>
        }
      >
        {() => (
          <Card
            tools={
              <>
                {closed > 0 && (
                  <Check
                    label={t("showClosed", { count: closed, number: formatNumber(closed) })}
                    checked={view.fermes === "1"}
                    onChange={(event) => adjust({ fermes: event.target.checked ? "1" : undefined })}
                  />
                )}
                <Select
                  className={styles.filter}
                  aria-label={t("column.region")}
                  value={view.reg ?? ""}
                  onChange={(event) => adjust({ reg: event.target.value || undefined })}
                >
                  <option value="">{t("allRegions")}</option>
                  {regions.map((region) => (
                    <option key={region.code} value={region.code}>
                      {region.name}
                    </option>
                  ))}
                </Select>
                {edit && (
                  <Button size="small" icon="edit" onClick={() => setDialog("regions")}>
                    {t("regions.title")}
                  </Button>
                )}
              </>
            }
          >
            <DataTable
              caption={t("app:nav.stores")}
              columns={columns(t, objective, month, today)}
              rows={list}
              rowKey={(store) => store.code}
              sort={view.tri ?? "name"}
              onSort={(tri) => adjust({ tri })}
              onOpen={(store) => void navigate({ to: "/magasins/$code", params: { code: store.code } })}
            />
          </Card>
        )}
      </Async>
      {dialog === "store" && <StoreForm onClose={() => setDialog(null)} />}
      {dialog === "regions" && <RegionsDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}
