import { type PointerEvent, useState } from "react";
import type { Magnitude } from "../../lib/magnitude";
import { type ColumnPoint, layout } from "./columns";
import styles from "./marks.module.css";
import { useRoving } from "./roving";
import { Tip, type TipContent } from "./Tip";

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
    onOpen,
    onBrush,
  } = props;
  const chart = layout(points, width, height);
  const roving = useRoving(points.length);
  const [hover, setHover] = useState<number | null>(null);
  const [brush, setBrush] = useState<{ from: number; to: number; held: boolean } | null>(null);
  const span = brush && { first: Math.min(brush.from, brush.to), last: Math.max(brush.from, brush.to) };

  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(points.length - 1, Math.floor((x - chart.left) / chart.step)));
  };
  const choose = (first: number, last: number) => {
    const [from, to] = [points[first], points[last]];
    if (!from || !to) return;
    if (first === last) onOpen?.(from);
    else onBrush?.(from, to);
  };
  const shown = hover === null ? undefined : points[hover];
  const axis = magnitude.divisor;
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
        style={{ touchAction: "pan-y" }}
        onPointerDown={(event) => {
          const index = indexAt(event);
          setBrush({ from: index, to: index, held: true });
        }}
        onPointerMove={(event) => {
          const index = indexAt(event);
          setHover(index);
          if (brush?.held) setBrush({ ...brush, to: index });
        }}
        onPointerUp={() => {
          if (span && brush?.held) choose(span.first, span.last);
          setBrush(null);
        }}
        onPointerLeave={() => {
          setHover(null);
          if (brush?.held) setBrush(null);
        }}
        onPointerCancel={() => setBrush(null)}
        onKeyDown={(event) => {
          const before = roving.current;
          const at = roving.move(event);
          if (at !== null) {
            setHover(at);
            setBrush(event.shiftKey ? { from: brush?.from ?? before, to: at, held: false } : null);
          } else if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            choose(span?.first ?? before, span?.last ?? before);
          } else if (event.key === "Escape") setBrush(null);
        }}
        onBlur={() => setHover(null)}
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
            // biome-ignore lint/a11y/useSemanticElements: a mark of a drawing cannot be a button element
            <g
              key={point.key}
              data-point={index}
              role="button"
              tabIndex={index === roving.current ? 0 : -1}
              aria-label={`${content.title} : ${content.lines.map((line) => `${line.label} ${line.value}`).join(", ")}`}
              className={styles.point}
              onFocus={() => {
                roving.setAt(index);
                setHover(index);
              }}
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
                  fill={`var(--${delta < 0 ? "bad" : "good"})`}
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
