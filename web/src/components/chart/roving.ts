import { type KeyboardEvent, useRef, useState } from "react";

/** One tab stop for a whole chart; the arrows walk its points. `columns` makes up and down change rows. */
export function useRoving(count: number, columns = 0) {
  const [at, setAt] = useState(0);
  const group = useRef<SVGSVGElement>(null);
  const current = Math.min(at, Math.max(0, count - 1));
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setAt(next);
    group.current?.querySelector<SVGElement>(`[data-point="${next}"]`)?.focus();
    return next;
  };
  /** The index the key leads to, or null when it is no movement. */
  const move = (event: KeyboardEvent): number | null => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -current,
      End: count - 1 - current,
    };
    const step = steps[event.key];
    if (step === undefined || (step === 0 && !["Home", "End"].includes(event.key))) return null;
    event.preventDefault();
    return focus(current + step);
  };
  return { group, current, setAt, move };
}
