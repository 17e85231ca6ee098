import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { get, send } from "../../api/client";
import { previewAs, useUser } from "../../api/session";
import type { Items, LiveSession, Member, PasswordLink, SignedIn } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { messageOf } from "../../components/FormDialog";
import { Secret } from "../../components/Secret";
import { SessionTable } from "../../components/SessionTable";
import { toast } from "../../components/Toast";
import { formatInstant } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { useChanged } from "./queries";
import { scopeText } from "./words";

interface PersonDialogProps {
  member: Member;
  onEdit: () => void;
  onClose: () => void;
}

/** One person: what they see, where they are signed in, and what an administrator can do for them. */
export function PersonDialog({ member, onEdit, onClose }: PersonDialogProps) {
  const { t } = useTranslation("admin");
  const me = useUser();
  const client = useQueryClient();
  const router = useRouter();
  const changed = useChanged("users");
  const key = ["users", member.id, "sessions"];
  const sessions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<Items<LiveSession>>(`/users/${member.id}/sessions`, {}, signal),
  });
  const [link, setLink] = useState<PasswordLink | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = async (run: () => Promise<unknown>) => {
    try {
      setFailure(null);
      await run();
    } catch (error) {
      setFailure(messageOf(error, t("components:error.unreachable")));
    }
  };
  const end = (path: string) =>
    attempt(async () => {
      await send("DELETE", path);
      await client.invalidateQueries({ queryKey: key });
      toast(t("person.ended"), { tone: "good" });
    });
  const seeAs = () =>
    attempt(async () => {
      await previewAs(await send<SignedIn>("POST", `/users/${member.id}/see-as`));
      client.clear();
      await router.navigate({ to: "/" });
    });
  const self = member.id === me.id;
  return (
    <Dialog
      open
      wide
      title={member.name}
      onClose={onClose}
      footer={
        <>
          {!self && member.active && (
            <Button icon="eye" onClick={() => void seeAs()}>
              {t("person.seeAs")}
            </Button>
          )}
          <Button icon="edit" variant="primary" onClick={onEdit}>
            {t("person.change")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {failure && (
          <p className={styles.failed} role="alert">
            {failure}
          </p>
        )}
        <dl className={styles.facts}>
          <dt>{t("column.email")}</dt>
          <dd>{member.email}</dd>
          <dt>{t("column.role")}</dt>
          <dd>{t(`app:role.${member.role}`)}</dd>
          <dt>{t("column.scope")}</dt>
          <dd>{scopeText(t, member.scope)}</dd>
          <dt>{t("column.seen")}</dt>
          <dd>{member.lastSeenAt ? formatInstant(member.lastSeenAt) : t("never")}</dd>
          <dt>{t("column.twoFactor")}</dt>
          <dd>{t(member.twoFactor ? "person.twoFactorOn" : "person.twoFactorOff")}</dd>
        </dl>
        <div className={styles.row}>
          {member.active && !member.singleSignOn && (
            <Button
              icon="key"
              onClick={() =>
                void attempt(async () =>
                  setLink(await send<PasswordLink>("POST", `/users/${member.id}/password-link`)),
                )
              }
            >
              {t("person.passwordLink")}
            </Button>
          )}
          {member.twoFactor && !self && (
            <Button
              icon="shield"
              onClick={() =>
                void attempt(async () => {
                  await send("DELETE", `/users/${member.id}/two-factor`);
                  await changed();
                  toast(t("person.twoFactorReset"), { tone: "good" });
                })
              }
            >
              {t("person.resetTwoFactor")}
            </Button>
          )}
          {(sessions.data?.items.length ?? 0) > 0 && (
            <Button icon="out" onClick={() => void end(`/users/${member.id}/sessions`)}>
              {t("person.endAll")}
            </Button>
          )}
        </div>
        {link && (
          <div className={styles.stack}>
            <p>
              {t(link.mailed ? "person.linkMailed" : "person.linkCopy", {
                name: member.name,
                until: formatInstant(link.expiresAt),
              })}
            </p>
            <Secret label={t("person.passwordLink")} text={link.link} />
          </div>
        )}
        <Async
          query={sessions}
          skeleton={<SkeletonRows rows={2} />}
          isEmpty={(data) => data.items.length === 0}
          empty={<p className="muted">{t("person.noSessions")}</p>}
        >
          {(data) => (
            <SessionTable
              caption={t("person.sessions", { name: member.name })}
              sessions={data.items}
              onEnd={(session) => void end(`/users/${member.id}/sessions/${session.session}`)}
            />
          )}
        </Async>
      </div>
    </Dialog>
  );
}
