import { useState } from "react";
import { request } from "../../api/client";
import type { Import, RejectedLine } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { type Column, DataTable, Pager } from "../../components/DataTable";
import { download } from "../../lib/csv";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";
import { REJECTED_PER_PAGE, useRejected } from "./queries";

/** Each rejected line: where, why, what to do. */
export function Rejected({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  const [page, setPage] = useState(1);
  const [busy, setBusy] = useState(false);
  const query = useRejected(item.id, page, item.rejected > 0);
  if (item.rejected === 0) return null;
  const save = async () => {
    setBusy(true);
    await attempt(async () => {
      const response = await request(`/imports/${item.id}/errors`);
      download(t("rejected.file", { number: item.number }), await response.blob());
    });
    setBusy(false);
  };
  const columns: Column<RejectedLine & { place: number }>[] = [
    {
      key: "line",
      header: t("rejected.line"),
      align: "end",
      width: 64,
      cell: (line) => formatNumber(line.line),
    },
    {
      key: "column",
      header: t("rejected.column"),
      wide: true,
      cell: (line) => line.column && t(`target.${line.column}`),
    },
    {
      key: "message",
      header: t("rejected.why"),
      cell: (line) => (
        <>
          {line.message} <span className="muted">{line.fix}</span>
        </>
      ),
    },
    {
      key: "content",
      header: t("rejected.content"),
      wide: true,
      cell: (line) => (
        <code className={styles.content} title={line.content}>
          {line.content}
        </code>
      ),
    },
  ];
  return (
    <Card
      title={t("rejected.title")}
      sentence={t(item.rejected < item.read ? "rejected.sentence" : "rejected.all", {
        count: item.rejected,
        number: formatNumber(item.rejected),
      })}
      tools={
        <Button size="small" icon="download" busy={busy} onClick={() => void save()}>
          {t("rejected.download")}
        </Button>
      }
      className={styles.rejected}
    >
      <Async query={query} skeleton={<SkeletonRows rows={6} />}>
        {(data) => (
          <>
            <DataTable
              caption={t("rejected.title")}
              columns={columns}
              rows={data.items.map((line, place) => ({ ...line, place }))}
              rowKey={(line) => String(line.place)}
            />
            <Pager page={page} size={REJECTED_PER_PAGE} total={data.total} onPage={setPage} />
          </>
        )}
      </Async>
    </Card>
  );
}
