import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCan, useUser } from "../../api/session";
import type { Product } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable, Pager } from "../../components/DataTable";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { SearchField } from "../../components/SearchField";
import { currencySymbol, formatAmount, formatNumber, formatPercent } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Catalogue.module.css";
import { CategoryForm } from "./CategoryForm";
import { CategoryTree } from "./CategoryTree";
import { ProductForm } from "./ProductForm";
import { PRODUCTS_PER_PAGE, useCategories, useProducts } from "./queries";
import { flat, pathTo, treeOf } from "./tree";

type Editing =
  | { what: "product"; product?: Product }
  | { what: "category"; code?: string | undefined }
  | null;

function columns(t: T, seesCost: boolean, edit: ((product: Product) => void) | null): Column<Product>[] {
  const money = (value: number | null) =>
    value === null ? <span className="muted">—</span> : formatAmount(value);
  const list: Column<Product>[] = [
    {
      key: "name",
      header: t("name"),
      cell: (product) => (
        <>
          {edit ? (
            <button type="button" className={styles.name} onClick={() => edit(product)}>
              {product.name}
            </button>
          ) : (
            product.name
          )}
          {!product.active && <Tag>{t("inactive")}</Tag>}
          <small className={styles.under}>{product.sku}</small>
        </>
      ),
    },
    { key: "sku", header: t("sku"), wide: true, cell: (product) => <code>{product.sku}</code> },
    { key: "category", header: t("category"), wide: true, cell: (product) => product.category?.name ?? "—" },
    {
      key: "purchase",
      header: t("purchase", { currency: currencySymbol() }),
      align: "end",
      wide: true,
      cell: (product) => money(product.purchasePrice),
    },
    {
      key: "sale",
      header: t("sale", { currency: currencySymbol() }),
      align: "end",
      cell: (product) => money(product.salePrice),
    },
    {
      key: "tax",
      header: t("tax"),
      align: "end",
      wide: true,
      cell: (product) =>
        formatPercent(product.taxRate, Number.isInteger(Math.round(product.taxRate * 1e4) / 100) ? 0 : 1),
    },
    {
      key: "figures",
      header: t("figures"),
      align: "end",
      cell: (product) => (
        <Link
          to="/tdb"
          search={{ art: product.sku }}
          className={styles.open}
          aria-label={t("figuresOf", { name: product.name })}
        >
          <Icon name="chart" />
        </Link>
      ),
    },
    {
      key: "forecast",
      header: t("forecast"),
      align: "end",
      wide: true,
      cell: (product) => (
        <Link
          to="/previsions/article/$sku"
          params={{ sku: product.sku }}
          className={styles.open}
          aria-label={t("forecastOf", { name: product.name })}
        >
          <Icon name="forecast" />
        </Link>
      ),
    },
  ];
  return list.filter((column) => seesCost || column.key !== "purchase");
}

export function Catalogue() {
  const { t } = useTranslation("catalogue");
  const can = useCan();
  const { seesCost } = useUser().scope;
  const navigate = useNavigate({ from: "/catalogue" });
  const { cat, q = "", page: asked } = useSearch({ from: "/shell/catalogue" });
  const page = Math.max(1, Number(asked) || 1);
  const categories = useCategories();
  const query = useProducts(q, cat, page);
  const [editing, setEditing] = useState<Editing>(null);
  const nodes = treeOf(categories.data?.items ?? []);
  const list = flat(nodes);
  const selected = list.find((node) => node.code === cat);
  const path = pathTo(nodes, cat).map((code) => list.find((node) => node.code === code)?.name ?? code);
  const edit = can("catalogue.edit");
  const total = query.data?.total;
  const nothing = !q && !cat && total === 0 && list.length === 0;
  const count = t("products", { count: total ?? 0, number: formatNumber(total ?? 0) });
  const title = [
    total === undefined || nothing ? t("app:nav.catalogue") : count,
    ...(path.length ? [path.join(" › ")] : []),
    ...(q ? [t("matching", { q })] : []),
  ].join(", ");
  const add = edit && (
    <Button variant="primary" icon="plus" onClick={() => setEditing({ what: "product" })}>
      {t("add")}
    </Button>
  );
  const bring = can("imports.run") && (
    <Link to="/imports/nouveau" search={{ type: "products" }} className={buttonClass()}>
      <Icon name="upload" />
      {t("import")}
    </Link>
  );
  const close = () => setEditing(null);
  const shown = columns(
    t,
    seesCost,
    edit ? (product) => setEditing({ what: "product", product }) : null,
  ).filter(
    (column) =>
      (can("dashboard.view") || column.key !== "figures") &&
      (can("forecasts.view") || column.key !== "forecast"),
  );
  return (
    <Page
      title={title}
      actions={
        !nothing && (
          <>
            {bring}
            {add}
          </>
        )
      }
    >
      {nothing ? (
        <Card>
          <Empty
            icon="catalogue"
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
      ) : (
        <div className={styles.page}>
          <Card
            title={t("categories.title")}
            tools={
              edit && (
                <>
                  {selected && (
                    <Button
                      size="small"
                      icon="edit"
                      aria-label={t("categories.edit", { name: selected.name })}
                      onClick={() => setEditing({ what: "category", code: cat })}
                    />
                  )}
                  <Button
                    size="small"
                    icon="plus"
                    aria-label={t("categories.add")}
                    onClick={() => setEditing({ what: "category" })}
                  />
                </>
              )
            }
          >
            <Async query={categories} skeleton={<SkeletonRows rows={10} />}>
              {() => (
                <CategoryTree
                  nodes={nodes}
                  count={list.length}
                  path={pathTo(nodes, cat)}
                  selected={cat}
                  q={q}
                />
              )}
            </Async>
          </Card>
          <Card
            title={t("app:nav.catalogue")}
            tools={
              <SearchField
                label={t("search")}
                className={styles.search}
                value={q}
                onSearch={(next) => void navigate({ search: { cat, q: next || undefined }, replace: true })}
              />
            }
          >
            <Async
              query={query}
              skeleton={<SkeletonRows rows={14} />}
              isEmpty={(data) => data.total === 0}
              empty={
                <Empty icon="search" title={t("noMatch")}>
                  {q && t("noMatchText")}
                </Empty>
              }
            >
              {(data) => (
                <>
                  <DataTable
                    caption={t("app:nav.catalogue")}
                    columns={shown}
                    rows={data.items}
                    rowKey={(product) => product.sku}
                    {...(edit
                      ? { onOpen: (product: Product) => setEditing({ what: "product", product }) }
                      : {})}
                  />
                  <Pager
                    page={page}
                    size={PRODUCTS_PER_PAGE}
                    total={data.total}
                    onPage={(next) =>
                      void navigate({ search: { cat, q: q || undefined, page: String(next) } })
                    }
                  />
                </>
              )}
            </Async>
          </Card>
        </div>
      )}
      {editing?.what === "product" && (
        <ProductForm nodes={nodes} product={editing.product} category={cat} onClose={close} />
      )}
      {editing?.what === "category" && (
        <CategoryForm
          nodes={nodes}
          category={list.find((node) => node.code === editing.code)}
          parent={cat}
          onClose={close}
        />
      )}
    </Page>
  );
}
