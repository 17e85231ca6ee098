import { type ReactNode, useEffect, useId, useRef } from "react";
import { cx } from "../lib/class";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import styles from "./Overlay.module.css";

interface DialogProps {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}

/** The platform's modal: focus is held inside, Escape closes, and the page behind is inert. */
export function Dialog({ open, title, onClose, children, footer, wide }: DialogProps) {
  const { t } = useTranslation("components");
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={cx(styles.dialog, wide && styles.wide)}
      aria-labelledby={id}
      onClose={onClose}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      {open && (
        <>
          <header className={styles.head}>
            <h2 id={id}>{title}</h2>
            <Button variant="quiet" size="small" icon="close" aria-label={t("close")} onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </>
      )}
    </dialog>
  );
}
