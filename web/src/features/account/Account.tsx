import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, send } from "../../api/client";
import { useSession, useUser } from "../../api/session";
import type { Items, LiveSession } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { SessionTable } from "../../components/SessionTable";
import { toast } from "../../components/Toast";
import { useTranslation } from "../../lib/i18n";
import styles from "./Account.module.css";
import { PasswordCard } from "./PasswordCard";
import { TwoFactorCard } from "./TwoFactorCard";

const KEY = ["me", "sessions"];

/** One's own password, second factor and devices. */
export function Account() {
  const { t } = useTranslation("account");
  const user = useUser();
  const current = useSession();
  const asked = current.status === "signed-in" && current.barred;
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Items<LiveSession>>("/me/sessions", {}, signal),
  });
  const end = (session: LiveSession) =>
    attempt(async () => {
      await send("DELETE", `/me/sessions/${session.session}`);
      await client.invalidateQueries({ queryKey: KEY });
      toast(t("sessions.ended"), { tone: "good" });
    });
  return (
    <Page title={t("title", { name: user.name })}>
      {asked && (
        <p className={styles.asked} role="status">
          <Icon name="shield" size={18} />
          {t("second.asked")}
        </p>
      )}
      <div className={styles.grid}>
        <TwoFactorCard />
        <PasswordCard onChanged={() => void client.invalidateQueries({ queryKey: KEY })} />
        <Card className={styles.wide} title={t("sessions.title")} sentence={t("sessions.text")}>
          <Async query={sessions} skeleton={<SkeletonRows rows={2} />}>
            {(data) => (
              <SessionTable
                caption={t("sessions.title")}
                sessions={data.items}
                onEnd={(session) => void end(session)}
              />
            )}
          </Async>
        </Card>
      </div>
    </Page>
  );
}
