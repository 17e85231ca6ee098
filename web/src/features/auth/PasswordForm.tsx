import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/client";
import { Button } from "../../components/Button";
import { Field, Input } from "../../components/Field";
import { useTranslation } from "../../lib/i18n";
import styles from "./Gate.module.css";

interface PasswordFormProps {
  /** Kept by password managers beside the password. */
  email: string;
  submit: string;
  onSubmit: (password: string) => Promise<void>;
}

/** A password chosen for the first time, or anew. */
export function PasswordForm({ email, submit, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation("auth");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const known = failure instanceof ApiError && failure.status > 0 ? failure : null;
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    setBusy(true);
    try {
      await onSubmit(password);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {failure !== null && (
        <p className={styles.failed} role="alert">
          {known?.message ?? t("unreachable")}
        </p>
      )}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field
        label={t("password")}
        hint={t("invitation.hint")}
        error={known?.errors["password"]?.[0]?.message}
      >
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            autoFocus
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {submit}
      </Button>
    </form>
  );
}
