import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { InvitationLink, Member } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { Dialog } from "../../components/Dialog";
import { Input } from "../../components/Field";
import { Secret } from "../../components/Secret";
import { formatInstant, formatNumber } from "../../lib/format";
import { type T, useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { AdminPage } from "./AdminPage";
import { Invitations } from "./Invitations";
import { PersonDialog } from "./PersonDialog";
import { PersonForm } from "./PersonForm";
import { useMembers } from "./queries";
import { scopeText } from "./words";

const columns = (t: T, open: (member: Member) => void): Column<Member>[] => [
  {
    key: "name",
    header: t("column.name"),
    cell: (member) => (
      <>
        <button type="button" className={styles.name} onClick={() => open(member)}>
          {member.name}
        </button>
        <span className={styles.tags}>
          {!member.active && <Tag tone="bad">{t("inactive")}</Tag>}
          {member.twoFactor && <Tag tone="good">{t("tag.twoFactor")}</Tag>}
          {member.singleSignOn && <Tag>{t("tag.singleSignOn")}</Tag>}
        </span>
        <small className={styles.under}>{member.email}</small>
      </>
    ),
  },
  { key: "role", header: t("column.role"), cell: (member) => t(`app:role.${member.role}`) },
  { key: "scope", header: t("column.scope"), wide: true, cell: (member) => scopeText(t, member.scope) },
  {
    key: "seen",
    header: t("column.seen"),
    wide: true,
    cell: (member) =>
      member.lastSeenAt ? formatInstant(member.lastSeenAt) : <span className="muted">{t("never")}</span>,
  },
];

type Open =
  | { kind: "invite" }
  | { kind: "person" | "edit"; member: Member }
  | { kind: "link"; link: InvitationLink; name: string };

export function People() {
  const { t } = useTranslation("admin");
  const navigate = useNavigate({ from: "/administration" });
  const { q = "" } = useSearch({ from: "/shell/administration" });
  const query = useMembers();
  const [open, setOpen] = useState<Open | null>(null);
  const all = query.data?.items ?? [];
  const asked = q.toLowerCase();
  const shown = all.filter((member) => `${member.name} ${member.email}`.toLowerCase().includes(asked));
  const active = all.filter((member) => member.active).length;
  const close = () => setOpen(null);
  const showLink = (link: InvitationLink, name: string) => setOpen({ kind: "link", link, name });
  // The list refreshes behind the dialog: what it shows is the person as they are now.
  const person = open?.kind === "person" ? all.find((member) => member.id === open.member.id) : null;
  return (
    <AdminPage
      title={
        query.data ? t("title.people", { count: active, number: formatNumber(active) }) : t("app:nav.admin")
      }
      actions={
        <Button variant="primary" icon="plus" onClick={() => setOpen({ kind: "invite" })}>
          {t("invite.title")}
        </Button>
      }
    >
      <div className={styles.stack}>
        <Async
          query={query}
          skeleton={
            <Card>
              <SkeletonRows rows={6} />
            </Card>
          }
        >
          {() => (
            <Card
              title={t("tabs.people")}
              tools={
                <Input
                  type="search"
                  className={styles.search}
                  aria-label={t("searchPeople")}
                  placeholder={t("searchPeople")}
                  value={q}
                  onChange={(event) =>
                    void navigate({ search: { q: event.target.value || undefined }, replace: true })
                  }
                />
              }
            >
              <DataTable
                caption={t("tabs.people")}
                columns={columns(t, (member) => setOpen({ kind: "person", member }))}
                rows={shown}
                rowKey={(member) => member.id}
                onOpen={(member) => setOpen({ kind: "person", member })}
              />
            </Card>
          )}
        </Async>
        <Invitations onLink={showLink} />
      </div>
      {open?.kind === "invite" && (
        <PersonForm
          member={null}
          onInvited={showLink}
          onClose={() => setOpen((now) => (now?.kind === "link" ? now : null))}
        />
      )}
      {open?.kind === "edit" && <PersonForm member={open.member} onInvited={showLink} onClose={close} />}
      {person && (
        <PersonDialog
          member={person}
          onEdit={() => setOpen({ kind: "edit", member: person })}
          onClose={close}
        />
      )}
      {open?.kind === "link" && (
        <Dialog
          open
          title={t("invite.done", { name: open.name })}
          onClose={close}
          footer={
            <Button variant="primary" onClick={close}>
              {t("components:close")}
            </Button>
          }
        >
          <p>
            {t(open.link.mailed ? "invite.mailed" : "invite.copy", {
              until: formatInstant(open.link.expiresAt),
            })}
          </p>
          <Secret label={t("invite.link")} text={open.link.link} />
        </Dialog>
      )}
    </AdminPage>
  );
}
