import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { get, request, send } from "../../api/client";
import type { AuditEntry, AuditPage, AuditVerdict } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { sayFailure } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable, Pager } from "../../components/DataTable";
import { Field, Input, Select } from "../../components/Field";
import { Page } from "../../components/Page";
import { deviceOf } from "../../components/SessionTable";
import { download } from "../../lib/csv";
import { formatInstant, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Audit.module.css";
import { Verdict } from "./Verdict";
import { type AuditView, changesOf, PAGE, queryOf } from "./view";

const columns = (t: T): Column<AuditEntry>[] => [
  {
    key: "when",
    header: t("column.when"),
    cell: (entry) => (
      <>
        {formatInstant(entry.at)}
        <small className={styles.under}>n° {formatNumber(entry.number)}</small>
      </>
    ),
  },
  {
    key: "who",
    header: t("column.who"),
    cell: (entry) => (
      <>
        {entry.who?.name ?? t("system")}{" "}
        {entry.via !== "session" && entry.via !== "system" && <Tag>{t(`via.${entry.via}`)}</Tag>}
        <small className={styles.under}>{entry.who?.email}</small>
      </>
    ),
  },
  {
    key: "what",
    header: t("column.what"),
    cell: (entry) => (
      <>
        {entry.label}
        <small className={styles.under}>{entry.subject}</small>
      </>
    ),
  },
  {
    key: "change",
    header: t("column.change"),
    wide: true,
    cell: (entry) => (
      <ul className={styles.changes}>
        {changesOf(entry.before, entry.after)
          .slice(0, 8)
          .map((change) => (
            <li key={change.field}>
              <b>{change.field}</b> {change.before !== null && <del>{change.before}</del>}
              {change.before !== null && change.after !== null && " → "}
              {change.after !== null && <ins>{change.after}</ins>}
            </li>
          ))}
      </ul>
    ),
  },
  {
    key: "from",
    header: t("column.from"),
    wide: true,
    cell: (entry) => (
      <>
        {entry.address ?? "—"}
        <small className={styles.under} title={entry.agent ?? undefined}>
          {deviceOf(entry.agent)}
        </small>
      </>
    ),
  },
];

/** Who did what, when and from where; nobody can change it, and anyone who sees it can check that. */
export function Audit() {
  const { t } = useTranslation("audit");
  const view = useSearch({ from: "/shell/journal" });
  const navigate = useNavigate({ from: "/journal" });
  const page = Math.max(1, Number(view.page ?? 1) || 1);
  const query = useQuery({
    queryKey: ["audit", view],
    queryFn: ({ signal }) => get<AuditPage>("/audit", { ...queryOf(view), page, size: PAGE }, signal),
    placeholderData: keepPreviousData,
  });
  const check = useMutation({
    mutationFn: () => send<AuditVerdict>("POST", "/audit/verify"),
    onError: sayFailure,
  });
  const take = useMutation({
    mutationFn: async () =>
      download(`${t("file")}.csv`, await (await request("/audit/export", {}, queryOf(view))).blob()),
    onError: sayFailure,
  });
  const adjust = (change: AuditView) =>
    void navigate({ search: { ...view, page: undefined, ...change }, replace: true, resetScroll: false });
  const asked = Object.values(queryOf(view)).some(Boolean);
  return (
    <Page
      title={
        query.data
          ? t(asked ? "title.found" : "title.all", {
              count: query.data.total,
              number: formatNumber(query.data.total),
            })
          : t("app:nav.audit")
      }
      actions={
        <>
          <Button icon="download" busy={take.isPending} onClick={() => take.mutate()}>
            {t("export")}
          </Button>
          <Button variant="primary" icon="shield" busy={check.isPending} onClick={() => check.mutate()}>
            {t("verify")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {check.data && <Verdict verdict={check.data} />}
        <Card>
          <div className={styles.filters}>
            <Field label={t("filter.search")}>
              {(control) => (
                <Input
                  {...control}
                  type="search"
                  defaultValue={view.q ?? ""}
                  onChange={(event) => adjust({ q: event.target.value || undefined })}
                />
              )}
            </Field>
            <Field label={t("filter.who")}>
              {(control) => (
                <Input
                  {...control}
                  type="search"
                  defaultValue={view.qui ?? ""}
                  onChange={(event) => adjust({ qui: event.target.value || undefined })}
                />
              )}
            </Field>
            <Field label={t("filter.action")}>
              {(control) => (
                <Select
                  {...control}
                  value={view.action ?? ""}
                  onChange={(event) => adjust({ action: event.target.value || undefined })}
                >
                  <option value="">{t("filter.all")}</option>
                  {query.data?.actions.map((action) => (
                    <option key={action.action} value={action.action}>
                      {action.label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t("filter.from")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={view.du ?? ""}
                  onChange={(event) => adjust({ du: event.target.value || undefined })}
                />
              )}
            </Field>
            <Field label={t("filter.to")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={view.au ?? ""}
                  onChange={(event) => adjust({ au: event.target.value || undefined })}
                />
              )}
            </Field>
          </div>
          <Async
            query={query}
            skeleton={<SkeletonRows rows={10} />}
            isEmpty={(data) => data.items.length === 0}
            empty={
              <Empty icon="journal" title={t("none")}>
                {t("noneText")}
              </Empty>
            }
          >
            {(data) => (
              <>
                <DataTable
                  caption={t("app:nav.audit")}
                  columns={columns(t)}
                  rows={data.items}
                  rowKey={(entry) => String(entry.number)}
                />
                <Pager
                  page={page}
                  size={PAGE}
                  total={data.total}
                  onPage={(next) => adjust({ page: next > 1 ? String(next) : undefined })}
                />
              </>
            )}
          </Async>
        </Card>
      </div>
    </Page>
  );
}
