interface SparkProps {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  /** Fills the width it is given instead of `width`. */
  fluid?: boolean;
}

const PAD = 3;

/** The course of a figure, without axes: decoration beside the number that says it. Gaps stay gaps. */
export function Spark({ values, width = 72, height = 20, fluid }: SparkProps) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const spread = Math.max(...known) - low || 1;
  const x = (index: number) => PAD + (index / (values.length - 1)) * (width - 2 * PAD);
  const y = (value: number) => height - PAD - ((value - low) / spread) * (height - 2 * PAD);
  let path = "";
  let last: [number, number] = [0, 0];
  values.forEach((value, index) => {
    if (value === null) return;
    const gap = index === 0 || values[index - 1] === null;
    last = [x(index), y(value)];
    path += `${gap ? "M" : "L"}${last[0].toFixed(1)} ${last[1].toFixed(1)}`;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={fluid ? "100%" : width}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
      display="block"
    >
      <path d={path} fill="none" stroke="var(--actual)" strokeWidth="1.3" vectorEffect="non-scaling-stroke" />
      <path
        d={`M${last[0]} ${last[1]}h.001`}
        stroke="var(--actual)"
        strokeWidth="4.5"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
