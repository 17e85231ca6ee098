import type { ReactNode } from "react";
import { cx } from "../lib/class";
import styles from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  /** What the figures below say, in one sentence. */
  sentence?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

export function Card({ title, sentence, tools, children, className }: CardProps) {
  return (
    <article className={cx(styles.card, className)}>
      {(title || tools) && (
        <header>
          {title && <h2>{title}</h2>}
          {sentence ? <p>{sentence}</p> : <span className={styles.space} />}
          {tools && <div className={styles.tools}>{tools}</div>}
        </header>
      )}
      {children}
    </article>
  );
}

export type Tone = "neutral" | "good" | "bad" | "warn" | "accent";

export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(styles.tag, styles[tone])}>{children}</span>;
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

/** `value` is the done part, 0 to 1; null while the whole is unknown. */
export function Progress({ value, label }: { value: number | null; label: string }) {
  return <progress className={styles.progress} max={1} value={value ?? undefined} aria-label={label} />;
}
