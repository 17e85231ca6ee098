import { Link } from "@tanstack/react-router";
import type { Ticket, TicketLine } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { formatAmount, formatMoney, formatNumber, formatPercent } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Dashboard.module.css";
import { useTicket } from "./queries";
import { tillTime } from "./Tickets";
import type { ViewControls } from "./useView";
import { drill, ticketOf } from "./view";

function Receipt({ ticket, controls }: { ticket: Ticket; controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const { view } = controls;
  const list: Column<TicketLine>[] = [
    { key: "line", header: t("ticket.line"), align: "end", width: 56, wide: true, cell: (row) => row.line },
    {
      key: "product",
      header: t("ticket.product"),
      cell: (row) => (
        <>
          <Link to="/tdb" search={drill(view, { art: row.sku })} className={styles.name}>
            {row.name}
          </Link>{" "}
          <span className="muted">{row.sku}</span>{" "}
          {row.quantity < 0 && <Tag tone="warn">{t("ticket.return")}</Tag>}
        </>
      ),
    },
    {
      key: "quantity",
      header: t("ticket.quantity"),
      align: "end",
      cell: (row) => formatNumber(row.quantity, row.quantity % 1 === 0 ? 0 : 3),
    },
    {
      key: "unitPrice",
      header: t("ticket.unitPrice"),
      align: "end",
      wide: true,
      cell: (row) => formatAmount(row.unitPrice),
    },
    {
      key: "discount",
      header: t("ticket.discount"),
      align: "end",
      wide: true,
      cell: (row) => (row.discount ? formatAmount(-row.discount) : "—"),
    },
    {
      key: "tax",
      header: t("ticket.tax"),
      align: "end",
      wide: true,
      cell: (row) => formatPercent(row.taxRate, 0),
    },
    {
      key: "revenue",
      header: t("ticket.revenue"),
      align: "end",
      cell: (row) => <b className={styles.figure}>{formatAmount(row.revenue)}</b>,
    },
  ];
  return (
    <div className={styles.receipt}>
      <Card title={t("ticket.title")}>
        <DataTable
          caption={t("ticket.title")}
          columns={list}
          rows={ticket.lines}
          rowKey={(row) => String(row.line)}
        />
      </Card>
      <Card>
        <dl className={styles.totals}>
          <dt>{t("ticket.total")}</dt>
          <dd className={styles.total}>{formatMoney(ticket.revenue)}</dd>
          <dt>{t("ticket.ofWhichTax")}</dt>
          <dd>{formatMoney(ticket.tax)}</dd>
          <dt>{t("tickets.when")}</dt>
          <dd>{tillTime(ticket.localTime)}</dd>
          <dt>{t("tickets.store")}</dt>
          <dd>{ticket.storeName}</dd>
          <dt>{t("tickets.customer")}</dt>
          <dd>{ticket.customer ?? t("ticket.anonymous")}</dd>
        </dl>
        {ticket.importNumber !== null && (
          <p className={styles.source}>{t("ticket.source", { number: formatNumber(ticket.importNumber) })}</p>
        )}
      </Card>
    </div>
  );
}

export function TicketView({ controls }: { controls: ViewControls }) {
  const query = useTicket(ticketOf(controls.view));
  return (
    <Async query={query} skeleton={<SkeletonRows rows={8} />}>
      {(ticket) => <Receipt ticket={ticket} controls={controls} />}
    </Async>
  );
}
