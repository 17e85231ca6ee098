import { useState } from "react";
import styles from "./marks.module.css";
import { useRoving } from "./roving";
import { Tip, type TipContent } from "./Tip";

interface HeatMapProps {
  label: string;
  width: number;
  height: number;
  rows: readonly { label: string; total: string }[];
  columns: readonly string[];
  /** `null` where nothing was sold. */
  value: (row: number, column: number) => number | null;
  tell: (row: number, column: number) => TipContent;
}

const LEFT = 34;
const RIGHT = 46;
const TOP = 18;

/** Darker is more. Totals stand at the end of each row. */
export function HeatMap({ label, width, height, rows, columns, value, tell }: HeatMapProps) {
  const roving = useRoving(rows.length * columns.length, columns.length);
  const [hover, setHover] = useState<number | null>(null);
  const [cell, line] = [
    (width - LEFT - RIGHT) / Math.max(1, columns.length),
    (height - TOP) / Math.max(1, rows.length),
  ];
  const every = Math.max(1, Math.ceil(34 / cell));
  const all = rows.flatMap((_, row) => columns.map((_, column) => value(row, column) ?? 0));
  const max = Math.max(...all, Number.MIN_VALUE);
  const [row, column] =
    hover === null ? [0, 0] : [Math.floor(hover / columns.length), hover % columns.length];
  return (
    <div style={{ position: "relative" }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing */}
      <svg
        ref={roving.group}
        className={styles.svg}
        width={width}
        height={height}
        role="group"
        aria-label={label}
        onKeyDown={(event) => roving.move(event)}
        onPointerLeave={() => setHover(null)}
        onBlur={() => setHover(null)}
      >
        {columns.map(
          (name, index) =>
            index % every === 0 && (
              <text key={name} x={LEFT + index * cell + cell / 2} y={10} textAnchor="middle">
                {name}
              </text>
            ),
        )}
        {rows.map((entry, r) => (
          <g key={entry.label}>
            <text x={LEFT - 7} y={TOP + r * line + line / 2 + 4} textAnchor="end">
              {entry.label}
            </text>
            {columns.map((name, c) => {
              const index = r * columns.length + c;
              const content = tell(r, c);
              const strength = (value(r, c) ?? 0) / max;
              return (
                // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: each cell can be read by keyboard, none acts
                <g
                  key={name}
                  data-point={index}
                  role="img"
                  tabIndex={index === roving.current ? 0 : -1}
                  aria-label={`${content.title} : ${content.lines.map((one) => one.value).join(", ")}`}
                  className={styles.point}
                  onPointerEnter={() => setHover(index)}
                  onFocus={() => {
                    roving.setAt(index);
                    setHover(index);
                  }}
                >
                  <rect
                    x={LEFT + c * cell + 1}
                    y={TOP + r * line + 1}
                    width={Math.max(1, cell - 2)}
                    height={Math.max(1, line - 2)}
                    rx="2"
                    fill="var(--sunken)"
                  />
                  <rect
                    className={styles.halo}
                    x={LEFT + c * cell + 1}
                    y={TOP + r * line + 1}
                    width={Math.max(1, cell - 2)}
                    height={Math.max(1, line - 2)}
                    rx="2"
                    fill="var(--accent)"
                    fillOpacity={strength.toFixed(3)}
                  />
                </g>
              );
            })}
            <text x={width} y={TOP + r * line + line / 2 + 4} textAnchor="end">
              {entry.total}
            </text>
          </g>
        ))}
      </svg>
      {hover !== null && rows[row] && (
        <Tip
          x={LEFT + column * cell + cell / 2}
          y={TOP + row * line}
          width={width}
          content={tell(row, column)}
        />
      )}
    </div>
  );
}
