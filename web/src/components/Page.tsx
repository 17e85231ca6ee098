import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import styles from "./Page.module.css";

export const TOOLBAR_ID = "page-toolbar";

interface PageProps {
  /** One sentence that says what this view shows: the heading, the tab's title, the print's title. */
  title: string;
  /** The heading when it holds more than words (links into the controls). */
  heading?: ReactNode;
  /** Shown in the top bar. */
  toolbar?: ReactNode;
  /** Beside the heading; at most one primary button. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, heading, toolbar, actions, children }: PageProps) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById(TOOLBAR_ID)), []);
  useEffect(() => {
    document.title = `${title} · EPM Retail`;
  }, [title]);
  return (
    <>
      {slot && toolbar && createPortal(toolbar, slot)}
      <div className={styles.head}>
        <h1>{heading ?? title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </>
  );
}
