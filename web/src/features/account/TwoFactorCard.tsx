import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "../../api/client";
import { askAgain } from "../../api/session";
import type { TwoFactor, TwoFactorSetUp } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { Dialog } from "../../components/Dialog";
import { Field, Input } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { Secret } from "../../components/Secret";
import { toast } from "../../components/Toast";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Account.module.css";

const KEY = ["me", "two-factor"];

type Step =
  | { kind: "password" | "off" }
  | { kind: "scan"; setUp: TwoFactorSetUp }
  | { kind: "codes"; codes: string[] };

/** The second factor: an app on the phone, and codes for the day the phone is lost. */
export function TwoFactorCard() {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<TwoFactor>("/me/two-factor", {}, signal),
  });
  const [step, setStep] = useState<Step | null>(null);
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: KEY }), askAgain()]);
  // A dialog that leads on to the next one closes itself first.
  const closeFrom = (kind: Step["kind"]) => () => setStep((now) => (now?.kind === kind ? null : now));
  const password = (
    <Field label={t("password.current")}>
      {(control) => (
        <Input
          {...control}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
        />
      )}
    </Field>
  );
  const code = (
    <Field label={t("second.code")} hint={t("second.codeHint")}>
      {(control) => (
        <Input {...control} name="code" inputMode="numeric" autoComplete="one-time-code" required />
      )}
    </Field>
  );
  return (
    <Card title={t("second.title")} sentence={t("second.text")}>
      <Async query={query} skeleton={<SkeletonRows rows={2} />}>
        {(data) => (
          <div className={styles.form}>
            <p>
              <Tag tone={data.on ? "good" : "warn"}>{t(data.on ? "second.on" : "second.off")}</Tag>{" "}
              {data.on &&
                t("second.left", {
                  count: data.recoveryCodesLeft,
                  number: formatNumber(data.recoveryCodesLeft),
                })}
            </p>
            <div className={styles.row}>
              {data.on ? (
                <Button onClick={() => setStep({ kind: "off" })}>{t("second.turnOff")}</Button>
              ) : (
                <Button variant="primary" icon="shield" onClick={() => setStep({ kind: "password" })}>
                  {t("second.turnOn")}
                </Button>
              )}
            </div>
          </div>
        )}
      </Async>
      {step?.kind === "password" && (
        <FormDialog
          title={t("second.turnOn")}
          submit={t("second.next")}
          onClose={closeFrom("password")}
          onSubmit={async (fields) =>
            setStep({
              kind: "scan",
              setUp: await send<TwoFactorSetUp>("POST", "/me/two-factor", { password: fields["password"] }),
            })
          }
        >
          {() => password}
        </FormDialog>
      )}
      {step?.kind === "scan" && (
        <FormDialog
          wide
          title={t("second.scan")}
          submit={t("second.confirm")}
          onClose={closeFrom("scan")}
          onSubmit={async (fields) => {
            const made = await send<{ recoveryCodes: string[] }>("PUT", "/me/two-factor", {
              code: fields["code"],
            });
            setStep({ kind: "codes", codes: made.recoveryCodes });
            await refresh();
          }}
        >
          {() => (
            <div className={styles.qr}>
              <img src={`data:image/svg+xml,${encodeURIComponent(step.setUp.qr)}`} alt={t("second.qr")} />
              <div className={styles.form}>
                <p>{t("second.scanText")}</p>
                <Secret label={t("second.secret")} text={step.setUp.secret} />
                {code}
              </div>
            </div>
          )}
        </FormDialog>
      )}
      {step?.kind === "codes" && (
        <Dialog
          open
          title={t("second.codes")}
          onClose={closeFrom("codes")}
          footer={
            <Button variant="primary" onClick={() => setStep(null)}>
              {t("second.kept")}
            </Button>
          }
        >
          <div className={styles.form}>
            <p>{t("second.codesText")}</p>
            <Secret lines label={t("second.codes")} text={step.codes.join("\n")} />
          </div>
        </Dialog>
      )}
      {step?.kind === "off" && (
        <FormDialog
          title={t("second.turnOff")}
          submit={t("second.turnOff")}
          onClose={closeFrom("off")}
          onSubmit={async (fields) => {
            await send("DELETE", "/me/two-factor", { password: fields["password"], code: fields["code"] });
            await refresh();
            toast(t("second.turnedOff"), { tone: "good" });
          }}
        >
          {() => (
            <>
              {password}
              {code}
            </>
          )}
        </FormDialog>
      )}
    </Card>
  );
}
