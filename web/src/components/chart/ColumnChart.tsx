import type { Magnitude } from "../../lib/magnitude";
import { type ColumnPoint, layout } from "./columns";
import styles from "./marks.module.css";
import { Tip, type TipContent } from "./Tip";
import { useBrush } from "./useBrush";
import type { Good } from "./Variance";

interface ColumnChartProps {
  label: string;
  points: readonly ColumnPoint[];
  width: number;
  height: number;
  magnitude: Magnitude;
  /** The objective as reference is outlined, like every plan; the past is lighter. */
  compareMark?: "previous" | "plan";
  unit: string;
  tell: (point: ColumnPoint) => TipContent;
  /** Named beside the strip of variances. */
  varianceLabel: string;
  /** An error that falls is good news. */
  good?: Good;
  onOpen?: (point: ColumnPoint) => void;
  onBrush?: (from: ColumnPoint, to: ColumnPoint) => void;
}

/** IBCS columns: actual solid, what it is held against lighter behind it, the objective a line above. */
export function ColumnChart(props: ColumnChartProps) {
  const {
    label,
    points,
    width,
    height,
    magnitude,
    compareMark = "previous",
    unit,
    tell,
    varianceLabel,
    good = "up",
    onOpen,
    onBrush,
  } = props;
  const chart = layout(points, width, height);
  const { group, hover, span, handlers, pointProps } = useBrush({
    points,
    left: chart.left,
    step: chart.step,
    onOpen,
    onBrush,
  });
  const shown = hover === null ? undefined : points[hover];
  const axis = magnitude.divisor;
  return (
    <div style={{ position: "relative" }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing */}
      <svg
        ref={group}
        className={styles.svg}
        width={width}
        height={height}
        role="group"
        aria-label={label}
        style={{ touchAction: "pan-y" }}
        {...handlers}
      >
        {chart.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${chart.left} ${chart.y(tick)}H${chart.right}`} stroke="var(--line)" />
            <text x={chart.left - 6} y={chart.y(tick) + 4} textAnchor="end">
              {(tick / axis).toLocaleString(document.documentElement.lang)}
            </text>
          </g>
        ))}
        <text x={0} y={9} className="muted">
          {unit}
        </text>
        {points.map((point, index) => {
          const x = chart.x(index);
          const delta = point.actual !== null && point.compare !== null ? point.actual - point.compare : null;
          const rise = delta !== null && chart.strip ? chart.strip.y(delta) : 0;
          const content = tell(point);
          const back = point.compare !== null;
          return (
            <g
              key={point.key}
              {...pointProps(index)}
              aria-label={`${content.title} : ${content.lines.map((line) => `${line.label} ${line.value}`).join(", ")}`}
              className={styles.point}
            >
              <rect
                className={styles.halo}
                x={x - (chart.step - chart.bar) / 2}
                y={chart.top}
                width={chart.step}
                height={height - chart.top}
                rx="2"
                fill={point.shaded || hover === index ? "var(--sunken)" : "transparent"}
              />
              {point.compare !== null && (
                <rect
                  x={x + chart.bar * 0.34}
                  y={chart.y(Math.max(0, point.compare))}
                  width={chart.bar * 0.66}
                  height={Math.abs(chart.y(point.compare) - chart.y(0))}
                  {...(compareMark === "plan"
                    ? { fill: "var(--surface)", stroke: "var(--plan)", strokeWidth: 1.2 }
                    : { fill: "var(--previous)" })}
                />
              )}
              {point.actual !== null && (
                <rect
                  x={x}
                  y={chart.y(Math.max(0, point.actual))}
                  width={chart.bar * (back ? 0.72 : 1)}
                  height={Math.abs(chart.y(point.actual) - chart.y(0))}
                  fill="var(--actual)"
                />
              )}
              {point.objective !== null && (
                <path
                  d={`M${x - 1} ${chart.y(point.objective)}h${chart.bar + 2}`}
                  stroke="var(--plan)"
                  strokeWidth="1.5"
                />
              )}
              {delta !== null && chart.strip && (
                <rect
                  x={x + chart.bar * 0.12}
                  y={chart.strip.middle - Math.max(0, rise)}
                  width={chart.bar * 0.76}
                  height={Math.max(0.5, Math.abs(rise))}
                  fill={`var(--${delta > 0 === (good === "up") ? "good" : "bad"})`}
                />
              )}
              {index % chart.every === 0 && (
                <text x={x + chart.bar / 2} y={chart.axisY} textAnchor="middle">
                  {point.tick}
                </text>
              )}
            </g>
          );
        })}
        <path d={`M${chart.left} ${chart.y(0)}H${chart.right}`} stroke="var(--text-2)" pointerEvents="none" />
        {chart.strip && (
          <>
            <path
              d={`M${chart.left} ${chart.strip.middle}H${chart.right}`}
              stroke="var(--line-strong)"
              pointerEvents="none"
            />
            <text x={chart.left - 6} y={chart.strip.middle + 4} textAnchor="end" className="muted">
              {varianceLabel}
            </text>
          </>
        )}
        {span && span.first !== span.last && (
          <rect
            x={chart.x(span.first) - 1}
            y={chart.top}
            width={chart.x(span.last) - chart.x(span.first) + chart.bar + 2}
            height={height - chart.top}
            fill="var(--accent)"
            fillOpacity="0.14"
            stroke="var(--accent)"
            pointerEvents="none"
          />
        )}
      </svg>
      {shown && hover !== null && (
        <Tip
          x={chart.x(hover) + chart.bar / 2}
          y={chart.y(Math.max(shown.actual ?? 0, shown.compare ?? 0))}
          width={width}
          content={tell(shown)}
        />
      )}
    </div>
  );
}
