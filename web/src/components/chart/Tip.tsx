import { useLayoutEffect, useRef } from "react";
import styles from "./marks.module.css";

export interface TipContent {
  title: string;
  lines: readonly { label: string; value: string; className?: string }[];
}

/** For the pointer only: the focused point says the same in its accessible name. */
export function Tip({ x, y, width, content }: { x: number; y: number; width: number; content: TipContent }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const left = Math.max(0, Math.min(x - element.offsetWidth / 2, width - element.offsetWidth));
    element.style.left = `${left}px`;
    element.style.top = `${Math.max(-8, y - element.offsetHeight - 8)}px`;
  });
  return (
    <div ref={box} className={styles.tip} aria-hidden="true">
      <b>{content.title}</b>
      <dl>
        {content.lines.map((line) => (
          <div key={line.label} style={{ display: "contents" }}>
            <dt>{line.label}</dt>
            <dd className={line.className}>{line.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
