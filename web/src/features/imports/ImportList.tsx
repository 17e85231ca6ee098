import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCan } from "../../api/session";
import { isOver } from "../../api/sse";
import type { Import } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { buttonClass } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable, Pager } from "../../components/DataTable";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { formatInstant, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";
import { IMPORTS_PER_PAGE, useImports } from "./queries";
import { nameOf, TONES } from "./words";

export function StateTag({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  const dry = item.dryRun && item.state === "completed";
  const done = item.totalBytes > 0 ? Math.floor((100 * item.bytes) / item.totalBytes) : 0;
  return (
    <Tag tone={dry ? "neutral" : TONES[item.state]}>
      {dry ? t("state.checked") : t(`state.${item.state}`)}
      {item.state === "running" && ` ${formatNumber(done)} %`}
    </Tag>
  );
}

function columns(t: T): Column<Import>[] {
  const count = (
    key: "read" | "added" | "updated" | "unchanged" | "rejected",
    wide: boolean,
  ): Column<Import> => ({
    key,
    header: t(`counter.${key}`),
    align: "end",
    wide,
    cell: (item) => (
      <span
        className={key === "rejected" && item.rejected > 0 ? "bad" : item[key] === 0 ? "muted" : undefined}
      >
        {formatNumber(item[key])}
      </span>
    ),
  });
  return [
    {
      key: "file",
      header: t("column.file"),
      cell: (item) => (
        <>
          <Link to="/imports/$id" params={{ id: item.id }} className={styles.name}>
            {nameOf(t, item)}
          </Link>
          <small className={styles.under}>
            {t(`kind.${item.kind}`)} · {formatInstant(item.createdAt)}
          </small>
        </>
      ),
    },
    { key: "kind", header: t("column.kind"), wide: true, cell: (item) => t(`kind.${item.kind}`) },
    { key: "state", header: t("column.state"), cell: (item) => <StateTag item={item} /> },
    count("read", false),
    count("added", true),
    count("updated", true),
    count("unchanged", true),
    count("rejected", false),
    {
      key: "speed",
      header: t("column.speed"),
      align: "end",
      wide: true,
      cell: (item) =>
        item.rowsPerSecond > 0 ? formatNumber(item.rowsPerSecond) : <span className="muted">—</span>,
    },
    { key: "who", header: t("column.who"), wide: true, cell: (item) => item.createdBy },
    { key: "when", header: t("column.when"), wide: true, cell: (item) => formatInstant(item.createdAt) },
  ];
}

export function ImportList() {
  const { t } = useTranslation("imports");
  const can = useCan();
  const navigate = useNavigate();
  const page = Math.max(1, Number(useSearch({ from: "/shell/imports" }).page) || 1);
  const query = useImports(page);
  const fresh = can("imports.run") && (
    <Link to="/imports/nouveau" className={buttonClass("primary")}>
      <Icon name="upload" />
      {t("new")}
    </Link>
  );
  const total = query.data?.total ?? 0;
  const under = query.data?.items.filter((item) => !isOver(item)).length ?? 0;
  const title = [
    total > 0 ? t("list.title", { count: total, number: formatNumber(total) }) : t("app:nav.imports"),
    ...(under > 0 ? [t("list.under", { count: under })] : []),
  ].join(", ");
  return (
    <Page title={title} actions={total > 0 && fresh}>
      <Card className={styles.table}>
        <Async
          query={query}
          skeleton={<SkeletonRows rows={8} />}
          isEmpty={(data) => data.total === 0}
          empty={
            <Empty icon="import" title={t("list.none")} action={fresh}>
              {t(can("imports.run") ? "list.noneText" : "list.noneReader")}
            </Empty>
          }
        >
          {(data) => (
            <>
              <DataTable
                caption={t("app:nav.imports")}
                columns={columns(t)}
                rows={data.items}
                rowKey={(item) => item.id}
                onOpen={(item) => void navigate({ to: "/imports/$id", params: { id: item.id } })}
              />
              <Pager
                page={page}
                size={IMPORTS_PER_PAGE}
                total={data.total}
                onPage={(next) => void navigate({ to: "/imports", search: { page: String(next) } })}
              />
            </>
          )}
        </Async>
      </Card>
    </Page>
  );
}
