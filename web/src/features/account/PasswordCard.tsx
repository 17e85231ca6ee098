import { type FormEvent, useState } from "react";
import { ApiError, send } from "../../api/client";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Field, Input } from "../../components/Field";
import { messageOf } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { useTranslation } from "../../lib/i18n";
import styles from "./Account.module.css";

export function PasswordCard({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation("account");
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const errors = failure instanceof ApiError ? failure.errors : {};
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    setBusy(true);
    try {
      await send("PUT", "/me/password", { current: fields.get("current"), password: fields.get("password") });
      form.reset();
      setFailure(null);
      onChanged();
      toast(t("password.changed"), { tone: "good" });
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  return (
    <Card title={t("password.title")}>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        {failure !== null && (
          <p className={styles.failed} role="alert">
            {messageOf(failure, t("components:error.unreachable"))}
          </p>
        )}
        <Field label={t("password.current")} error={errors["current"]?.[0]?.message}>
          {(control) => (
            <Input {...control} name="current" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <Field label={t("password.new")} error={errors["password"]?.[0]?.message} hint={t("password.hint")}>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="new-password" required />
          )}
        </Field>
        <div className={styles.row}>
          <Button type="submit" busy={busy}>
            {t("password.change")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
