import { useId } from "react";
import { formatNumber } from "../../lib/format";
import { bandPath, type FanPoint, fanLayout, linePath, placed } from "./fan";
import styles from "./marks.module.css";
import { Tip, type TipContent } from "./Tip";
import { useBrush } from "./useBrush";

interface FanChartProps {
  label: string;
  points: readonly FanPoint[];
  width: number;
  height: number;
  unit: string;
  /** Printed over the band: how often it held. */
  note?: string | undefined;
  /** The first day that is forecast; a line and its word stand before it. */
  split: number;
  splitLabel: string;
  tell: (point: FanPoint) => TipContent;
  onOpen?: ((point: FanPoint) => void) | undefined;
  onBrush?: ((from: FanPoint, to: FanPoint) => void) | undefined;
}

/** More digits than that do not fit beside the axis. */
const THOUSANDS_FROM = 100_000;

/** What was, solid; what is expected, and the hatched band around it; the simple reference, thin and dashed. */
export function FanChart(props: FanChartProps) {
  const { label, points, width, height, unit, note, split, splitLabel, tell, onOpen, onBrush } = props;
  const hatch = useId();
  const chart = fanLayout(points, width, height);
  const { group, hover, span, handlers, pointProps } = useBrush({
    points,
    left: chart.left,
    step: chart.step,
    onOpen,
    onBrush,
  });
  const most = Math.max(...chart.ticks.map(Math.abs));
  const scale = most >= THOUSANDS_FROM ? 1000 : 1;
  const decimals = Math.max(...chart.ticks.map((tick) => String(tick / scale).split(".")[1]?.length ?? 0));
  const line = (pick: (point: FanPoint) => number | null) => linePath(points.map(pick), chart);
  const border = split > 0 && split < points.length ? chart.start(split) : null;
  const shown = hover === null ? undefined : points[hover];
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
        <defs>
          <pattern
            id={hatch}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0V5" stroke="var(--forecast)" strokeWidth="1.4" opacity="0.55" />
          </pattern>
        </defs>
        {points.map((point, index) => {
          const content = tell(point);
          return (
            <g
              key={point.key}
              {...pointProps(index)}
              aria-label={`${content.title} : ${content.lines.map((one) => `${one.label} ${one.value}`).join(", ")}`}
              className={styles.point}
            >
              <rect
                className={styles.halo}
                x={chart.start(index)}
                y={chart.top}
                width={chart.step}
                height={chart.base - chart.top}
                fill={point.shaded || hover === index ? "var(--sunken)" : "transparent"}
              />
            </g>
          );
        })}
        <g pointerEvents="none">
          {chart.ticks.map((tick) => (
            <g key={tick}>
              <path d={`M${chart.left} ${chart.y(tick)}H${chart.right}`} stroke="var(--line)" />
              <text x={chart.left - 6} y={chart.y(tick) + 4} textAnchor="end">
                {formatNumber(tick / scale, decimals)}
              </text>
            </g>
          ))}
          <text x={0} y={10} className="muted">
            {scale > 1 ? `k ${unit}` : unit}
          </text>
          {points.map(
            (point, index) =>
              (index - split) % chart.every === 0 && (
                <text key={point.key} x={chart.x(index)} y={chart.axisY} textAnchor="middle">
                  {point.tick}
                </text>
              ),
          )}
          <path
            d={bandPath(
              points.map((point) => point.band),
              chart,
            )}
            fill={`url(#${hatch})`}
          />
          <path
            d={line((point) => point.reference)}
            fill="none"
            stroke="var(--text-3)"
            strokeDasharray="2 3"
          />
          <path d={line((point) => point.actual)} fill="none" stroke="var(--actual)" strokeWidth="1.5" />
          <path
            d={line((point) => point.base)}
            fill="none"
            stroke="var(--forecast)"
            strokeWidth="1.3"
            strokeDasharray="5 3"
          />
          <path d={line((point) => point.middle)} fill="none" stroke="var(--forecast)" strokeWidth="2.4" />
          <path
            d={line((point) => (point.base === null ? null : point.middle))}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="2.6"
            strokeLinecap="round"
          />
          <path
            d={line((point) => point.pending)}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="2.4"
            strokeDasharray="4 4"
            strokeLinecap="round"
          />
          {points.map(
            (point, index) =>
              point.corrected !== null && (
                <circle
                  key={point.key}
                  cx={chart.x(index)}
                  cy={chart.y(point.corrected ?? 0)}
                  r="3"
                  fill="var(--surface)"
                  stroke="var(--warn)"
                  strokeWidth="1.6"
                />
              ),
          )}
          {placed(points, chart.x, chart.left, chart.right).map((mark) => (
            <g key={mark.index}>
              <path d={`M${mark.x} ${chart.top}V${chart.base}`} stroke="var(--warn)" strokeDasharray="1 3" />
              <text x={mark.x} y={chart.top - 4} textAnchor={mark.anchor}>
                {mark.text}
              </text>
            </g>
          ))}
          <path d={`M${chart.left} ${chart.y(0)}H${chart.right}`} stroke="var(--text-2)" />
          {border !== null && (
            <path
              d={`M${border} ${chart.top - 14}V${chart.base}`}
              stroke="var(--accent)"
              strokeDasharray="2 2"
            />
          )}
          {border !== null && (
            <text x={border - 4} y={10} textAnchor="end" className="muted">
              {splitLabel}
            </text>
          )}
          {note && (
            <text x={chart.right} y={10} textAnchor="end" data-coverage="">
              {note}
            </text>
          )}
          {span && span.first !== span.last && (
            <rect
              x={chart.start(span.first)}
              y={chart.top}
              width={chart.start(span.last + 1) - chart.start(span.first)}
              height={chart.base - chart.top}
              fill="var(--accent)"
              fillOpacity="0.14"
              stroke="var(--accent)"
            />
          )}
        </g>
      </svg>
      {shown && hover !== null && (
        <Tip
          x={chart.x(hover)}
          y={chart.y(shown.middle ?? shown.actual ?? 0)}
          width={width}
          content={tell(shown)}
        />
      )}
    </div>
  );
}
