import styles from "./marks.module.css";
import { useRoving } from "./roving";
import { type BridgeStep, bridge, bridgeLayout, shortened } from "./steps";

interface BridgeProps {
  label: string;
  steps: readonly BridgeStep[];
  total: string;
  width: number;
  write: (value: number) => string;
  signed: (value: number) => string;
}

/** Steps that add up, from the first bar to the total at the foot: sign, side and colour say the same. */
export function Bridge({ label, steps, total, width, write, signed }: BridgeProps) {
  const { bars, total: sum } = bridge(steps);
  const chart = bridgeLayout(bars, width);
  const roving = useRoving(bars.length + 1, 1);
  const rows = [...bars, { key: "", label: total, value: sum, from: 0, to: sum }];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing
    <svg
      ref={roving.group}
      className={styles.svg}
      width={width}
      height={chart.height}
      role="group"
      aria-label={label}
      onKeyDown={(event) => roving.move(event)}
    >
      {rows.map((row, index) => {
        const whole = index === bars.length;
        const base = index === 0 || whole;
        const [low, high] = [Math.min(row.from, row.to), Math.max(row.from, row.to)];
        const text = base ? write(row.value) : signed(row.value);
        const middle = chart.y(index) + chart.bar / 2 + 4;
        const back = row.value < 0 && low < 0;
        return (
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: each bar can be read by keyboard, none acts
          <g
            key={row.key}
            data-point={index}
            role="img"
            tabIndex={index === roving.current ? 0 : -1}
            aria-label={`${row.label} : ${text}`}
            className={styles.point}
            onFocus={() => roving.setAt(index)}
          >
            <rect
              className={styles.halo}
              x="0"
              y={chart.y(index) - 4}
              width={width}
              height={chart.bar + 8}
              rx="2"
              fill="transparent"
            />
            <text x={chart.labels - 8} y={middle} textAnchor="end" fontWeight={whole ? 600 : undefined}>
              {shortened(row.label, chart.labels - 8)}
              <title>{row.label}</title>
            </text>
            <rect
              x={chart.x(low)}
              y={chart.y(index)}
              width={Math.max(1, chart.x(high) - chart.x(low))}
              height={chart.bar}
              fill={base ? "var(--forecast)" : `var(--${row.value < 0 ? "bad" : "good"})`}
            />
            {!whole && (
              <path
                d={`M${chart.x(row.to)} ${chart.y(index) + chart.bar}V${chart.y(index + 1)}`}
                stroke="var(--line-strong)"
              />
            )}
            <text
              x={back ? chart.x(low) - 6 : chart.x(high) + 6}
              y={middle}
              textAnchor={back ? "end" : "start"}
              fontWeight={whole ? 600 : undefined}
            >
              {text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
