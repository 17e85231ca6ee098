import { send } from "../../api/client";
import type { Invitation, InvitationLink } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card, Tag, type Tone } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { toast } from "../../components/Toast";
import { formatInstant } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { useChanged, useInvitations } from "./queries";
import { scopeText } from "./words";

const TONES: Record<Invitation["state"], Tone> = {
  open: "accent",
  accepted: "good",
  expired: "warn",
  withdrawn: "neutral",
};

/** Who was asked in and has not come yet, with a new link or a way back. */
export function Invitations({ onLink }: { onLink: (link: InvitationLink, name: string) => void }) {
  const { t } = useTranslation("admin");
  const query = useInvitations();
  const changed = useChanged("invitations", "users");
  const change = (run: () => Promise<void>) => attempt(() => run().then(changed));
  const renew = (invitation: Invitation) =>
    change(async () =>
      onLink(await send<InvitationLink>("POST", `/invitations/${invitation.id}/renew`), invitation.name),
    );
  const withdraw = (invitation: Invitation) =>
    change(async () => {
      await send("DELETE", `/invitations/${invitation.id}`);
      toast(t("invite.withdrawn", { name: invitation.name }), { tone: "good" });
    });
  const columns: Column<Invitation>[] = [
    {
      key: "name",
      header: t("column.name"),
      cell: (invitation) => (
        <>
          {invitation.name}
          <small className={styles.under}>{invitation.email}</small>
        </>
      ),
    },
    {
      key: "role",
      header: t("column.role"),
      wide: true,
      cell: (invitation) => t(`app:role.${invitation.role}`),
    },
    {
      key: "scope",
      header: t("column.scope"),
      wide: true,
      cell: (invitation) => scopeText(t, invitation.scope),
    },
    {
      key: "state",
      header: t("column.state"),
      cell: (invitation) => <Tag tone={TONES[invitation.state]}>{t(`invite.state.${invitation.state}`)}</Tag>,
    },
    {
      key: "until",
      header: t("column.until"),
      wide: true,
      cell: (invitation) => formatInstant(invitation.expiresAt),
    },
    {
      key: "do",
      header: t("column.do"),
      quiet: true,
      align: "end",
      cell: (invitation) =>
        (invitation.state === "open" || invitation.state === "expired") && (
          <span className={styles.row}>
            <Button size="small" onClick={() => void renew(invitation)}>
              {t("invite.renew")}
            </Button>
            {invitation.state === "open" && (
              <Button size="small" onClick={() => void withdraw(invitation)}>
                {t("invite.withdraw")}
              </Button>
            )}
          </span>
        ),
    },
  ];
  return (
    <Async
      query={query}
      skeleton={<SkeletonRows rows={2} />}
      isEmpty={(data) => data.items.length === 0}
      empty={null}
    >
      {(data) => (
        <Card title={t("invite.list")}>
          <DataTable
            caption={t("invite.list")}
            columns={columns}
            rows={data.items}
            rowKey={(item) => item.id}
          />
        </Card>
      )}
    </Async>
  );
}
