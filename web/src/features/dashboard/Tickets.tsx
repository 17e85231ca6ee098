import { Link } from "@tanstack/react-router";
import type { TicketRow } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { Card } from "../../components/Card";
import { type Column, DataTable, Pager } from "../../components/DataTable";
import { addDays, formatDay } from "../../lib/dates";
import { formatAmount, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Dashboard.module.css";
import { TICKETS_PER_PAGE, useTickets } from "./queries";
import type { ViewControls } from "./useView";
import { clean, filters } from "./view";

/** Single tickets are read from the sales themselves, as far back as the API looks at once. */
const TICKET_DAYS = 92;

/** The till's own clock: `2026-10-14T18:12:00` as it stood on the receipt. */
export const tillTime = (localTime: string): string =>
  `${formatDay(localTime.slice(0, 10))} ${localTime.slice(11, 16)}`;

export function Tickets({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view, period, adjust } = controls;
  const page = Math.max(1, Number(view.page ?? 1) || 1);
  const { compare: _, region, ...where } = filters(view, period);
  const earliest = addDays(period.to, 1 - TICKET_DAYS);
  const from = period.from < earliest ? earliest : period.from;
  const query = useTickets({ ...where, from, region, product: view.art, page });
  const into = (row: TicketRow) => clean({ ...view, tic: `${row.store}/${row.ticket}` });
  const list: Column<TicketRow>[] = [
    {
      key: "ticket",
      header: t("tickets.ticket"),
      cell: (row) => (
        <Link to="/tdb" search={into(row)} className={styles.name}>
          {row.ticket}
        </Link>
      ),
    },
    { key: "when", header: t("tickets.when"), cell: (row) => tillTime(row.localTime) },
    {
      key: "lines",
      header: t("tickets.lines"),
      align: "end",
      wide: true,
      cell: (row) => formatNumber(row.lines),
    },
    {
      key: "units",
      header: t("tickets.units"),
      align: "end",
      wide: true,
      cell: (row) => formatNumber(row.units),
    },
    {
      key: "revenue",
      header: t("tickets.revenue"),
      align: "end",
      cell: (row) => <b className={styles.figure}>{formatAmount(row.revenue)}</b>,
    },
    {
      key: "customer",
      header: t("tickets.customer"),
      wide: true,
      cell: (row) => row.customer ?? <span className="muted">{t("ticket.anonymous")}</span>,
    },
  ];
  if (!view.mag)
    list.splice(2, 0, { key: "store", header: t("tickets.store"), cell: (row) => row.storeName });
  const title = t("tickets.title");
  const total = query.data?.total;
  return (
    <Card
      title={title}
      sentence={
        total !== undefined &&
        (from === period.from
          ? t("tickets.sentence", { count: total })
          : t("tickets.since", { total: formatNumber(total), day: formatDay(from, "long") }))
      }
    >
      <Async
        query={query}
        skeleton={<SkeletonRows rows={10} />}
        isEmpty={(data) => data.total === 0}
        empty={<Empty icon="ticket" title={t("tickets.none")} />}
      >
        {(data) => (
          <>
            <DataTable
              caption={title}
              columns={list}
              rows={data.items}
              rowKey={(row) => `${row.store}/${row.ticket}`}
              onOpen={(row) => adjust(into(row))}
            />
            <Pager
              page={page}
              size={TICKETS_PER_PAGE}
              total={data.total}
              onPage={(next) => adjust({ page: String(next) })}
            />
          </>
        )}
      </Async>
    </Card>
  );
}
