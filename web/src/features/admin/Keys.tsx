import { useState } from "react";
import { send } from "../../api/client";
import type { ApiKey, NewApiKey } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card, Tag, type Tone } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { Dialog } from "../../components/Dialog";
import { Secret } from "../../components/Secret";
import { toast } from "../../components/Toast";
import { formatDay } from "../../lib/dates";
import { formatInstant, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { AdminPage } from "./AdminPage";
import { KeyForm } from "./KeyForm";
import { useChanged, useKeys } from "./queries";
import { scopeText } from "./words";

const TONES: Record<ApiKey["state"], Tone> = {
  active: "good",
  expiring: "warn",
  expired: "neutral",
  revoked: "neutral",
};
const OVERLAP_HOURS = 24;

/** Keys by which tills and ERPs bring their sales. */
export function Keys() {
  const { t } = useTranslation("admin");
  const query = useKeys();
  const changed = useChanged("api-keys");
  const [open, setOpen] = useState<"new" | { made: NewApiKey } | { revoke: ApiKey } | null>(null);
  const close = () => setOpen(null);
  const change = (run: () => Promise<void>) => attempt(() => run().then(changed));
  const rotate = (key: ApiKey) =>
    change(async () =>
      setOpen({
        made: await send<NewApiKey>("POST", `/api-keys/${key.id}/rotate`, { overlapHours: OVERLAP_HOURS }),
      }),
    );
  const revoke = (key: ApiKey) =>
    change(async () => {
      await send("DELETE", `/api-keys/${key.id}`);
      setOpen(null);
      toast(t("keys.revoked", { name: key.name }), { tone: "good" });
    });
  const columns: Column<ApiKey>[] = [
    {
      key: "name",
      header: t("column.name"),
      cell: (key) => (
        <>
          {key.name}
          <small className={styles.under}>
            <code>{key.prefix}…</code>
          </small>
        </>
      ),
    },
    {
      key: "may",
      header: t("keys.may"),
      wide: true,
      cell: (key) =>
        key.permissions.map((permission) => t(`keys.permission.${permission.replace(".", "-")}`)).join(", "),
    },
    { key: "scope", header: t("column.scope"), wide: true, cell: (key) => scopeText(t, key.scope) },
    {
      key: "state",
      header: t("column.state"),
      cell: (key) => (
        <>
          <Tag tone={TONES[key.state]}>{t(`keys.state.${key.state}`)}</Tag>
          <small className={styles.under}>
            {key.overlapUntil && key.state !== "revoked"
              ? t("keys.overlap", { until: formatInstant(key.overlapUntil) })
              : t("keys.until", { day: formatDay(key.expiresOn) })}
          </small>
        </>
      ),
    },
    {
      key: "used",
      header: t("keys.used"),
      wide: true,
      cell: (key) =>
        key.lastUsedAt ? (
          <>
            {formatInstant(key.lastUsedAt)}
            <small className={styles.under}>{key.lastUsedFrom}</small>
          </>
        ) : (
          <span className="muted">{t("never")}</span>
        ),
    },
    {
      key: "do",
      header: t("column.do"),
      quiet: true,
      align: "end",
      cell: (key) =>
        (key.state === "active" || key.state === "expiring") && (
          <span className={styles.row}>
            <Button size="small" onClick={() => void rotate(key)}>
              {t("keys.rotate")}
            </Button>
            <Button size="small" onClick={() => setOpen({ revoke: key })}>
              {t("keys.revoke")}
            </Button>
          </span>
        ),
    },
  ];
  const alive =
    query.data?.items.filter((key) => key.state === "active" || key.state === "expiring").length ?? 0;
  const add = (
    <Button variant="primary" icon="plus" onClick={() => setOpen("new")}>
      {t("keys.add")}
    </Button>
  );
  return (
    <AdminPage
      title={query.data ? t("title.keys", { count: alive, number: formatNumber(alive) }) : t("tabs.keys")}
      actions={(query.data?.items.length ?? 0) > 0 && add}
    >
      <Async
        query={query}
        skeleton={
          <Card>
            <SkeletonRows rows={3} />
          </Card>
        }
        isEmpty={(data) => data.items.length === 0}
        empty={
          <Card>
            <Empty icon="key" title={t("keys.none")} action={add}>
              {t("keys.noneText")}
            </Empty>
          </Card>
        }
      >
        {(data) => (
          <Card>
            <DataTable
              caption={t("tabs.keys")}
              columns={columns}
              rows={data.items}
              rowKey={(key) => key.id}
            />
          </Card>
        )}
      </Async>
      {open === "new" && (
        <KeyForm
          onMade={(made) => setOpen({ made })}
          onClose={() => setOpen((now) => (now === "new" ? null : now))}
        />
      )}
      {open && open !== "new" && "made" in open && (
        <Dialog
          open
          title={t("keys.made", { name: open.made.name })}
          onClose={close}
          footer={
            <Button variant="primary" onClick={close}>
              {t("keys.kept")}
            </Button>
          }
        >
          <p>{t("keys.madeText")}</p>
          <Secret label={t("keys.key")} text={open.made.key} />
        </Dialog>
      )}
      {open && open !== "new" && "revoke" in open && (
        <Dialog
          open
          title={t("keys.revokeTitle", { name: open.revoke.name })}
          onClose={close}
          footer={
            <>
              <Button onClick={close}>{t("components:cancel")}</Button>
              <Button variant="danger" onClick={() => void revoke(open.revoke)}>
                {t("keys.revoke")}
              </Button>
            </>
          }
        >
          <p>{t("keys.revokeText")}</p>
        </Dialog>
      )}
    </AdminPage>
  );
}
