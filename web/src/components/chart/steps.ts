import { scaleLinear } from "d3-scale";

export interface BridgeStep {
  key: string;
  label: string;
  /** What this step adds or takes away. */
  value: number;
}

export interface BridgeBar extends BridgeStep {
  from: number;
  to: number;
}

/** Each step begins where the one before ended; what they come to is the total, to the last digit shown. */
export function bridge(steps: readonly BridgeStep[]): { bars: BridgeBar[]; total: number } {
  let total = 0;
  const bars = steps.map((step) => {
    const from = total;
    total += step.value;
    return { ...step, from, to: total };
  });
  return { bars, total };
}

export interface BridgeLayout {
  x: (value: number) => number;
  y: (row: number) => number;
  bar: number;
  height: number;
  labels: number;
}

const ROW = 26;
const BAR = 16;
const NARROW = 420;
const CHARACTER = 6;

/** What fits before the bars; the whole of it is in the name that is read out. */
export function shortened(label: string, room: number): string {
  const most = Math.floor(room / CHARACTER);
  return label.length <= most ? label : `${label.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

export function bridgeLayout(bars: readonly BridgeBar[], width: number): BridgeLayout {
  const [labels, values] = width < NARROW ? [98, 56] : [168, 72];
  const ends = bars.flatMap((bar) => [bar.from, bar.to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const x = scaleLinear(
    [low, high === low ? low + 1 : high],
    [labels + (low < 0 ? values : 0), width - values],
  );
  return {
    x,
    y: (row) => row * ROW + (ROW - BAR) / 2,
    bar: BAR,
    height: (bars.length + 1) * ROW,
    labels,
  };
}
