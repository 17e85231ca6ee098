import { type FormEvent, type ReactNode, useId, useState } from "react";
import { ApiError } from "../api/client";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import styles from "./FormDialog.module.css";

interface FormDialogProps {
  title: string;
  submit: string;
  /** Resolves once saved; a refusal is shown here, field by field. */
  onSubmit: (fields: Record<string, string>) => Promise<void>;
  onClose: () => void;
  wide?: boolean;
  /** `errorOf` gives what the API said of a field, by the name it has in the request. */
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/** What went wrong, in words that stand alone; a refusal of fields is told beside the fields. */
export function messageOf(error: unknown, unreachable: string): string {
  return error instanceof ApiError && error.status > 0 ? error.message : unreachable;
}

export function FormDialog({ title, submit, onSubmit, onClose, wide, children }: FormDialogProps) {
  const { t } = useTranslation("components");
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget)) fields[name] = String(value).trim();
    setBusy(true);
    try {
      await onSubmit(fields);
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const errors = failure instanceof ApiError ? failure.errors : {};
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      wide={wide ?? false}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={id} variant="primary" busy={busy}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={(event) => void save(event)}>
        {failure !== null && (
          <p className={styles.failed} role="alert">
            {messageOf(failure, t("error.unreachable"))}
          </p>
        )}
        {children((field) => errors[field]?.[0]?.message)}
      </form>
    </Dialog>
  );
}

/** Two fields beside each other where there is room. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}
