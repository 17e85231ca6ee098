import { useLayoutEffect, useRef } from "react";
import styles from "./marks.module.css";

export interface TipContent {
  title: string;
  lines: readonly { label: string; value: string; className?: string }[];
}

const GAP = 16;

/** For the pointer only: the focused point says the same in its accessible name. */
export function Tip({ x, y, width, content }: { x: number; y: number; width: number; content: TipContent }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Beside the point, so that what it stands among stays in sight.
    const right = x + GAP + element.offsetWidth <= width;
    element.style.left = `${right ? x + GAP : Math.max(0, x - GAP - element.offsetWidth)}px`;
    element.style.top = `${Math.max(0, y - element.offsetHeight / 2)}px`;
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
