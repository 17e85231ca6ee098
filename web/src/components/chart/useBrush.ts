import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useRoving } from "./roving";

interface Points<Point> {
  points: readonly Point[];
  left: number;
  step: number;
  onOpen?: ((point: Point) => void) | undefined;
  onBrush?: ((from: Point, to: Point) => void) | undefined;
}

interface Brush {
  from: number;
  to: number;
  held: boolean;
}

/** Points side by side under the pointer and the arrow keys: dragging or Shift takes several, a click or Enter one. */
export function useBrush<Point>({ points, left, step, onOpen, onBrush }: Points<Point>) {
  const roving = useRoving(points.length);
  const [hover, setHover] = useState<number | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const span = brush && { first: Math.min(brush.from, brush.to), last: Math.max(brush.from, brush.to) };
  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(points.length - 1, Math.floor((x - left) / step)));
  };
  const choose = (first: number, last: number) => {
    const [from, to] = [points[first], points[last]];
    if (!from || !to) return;
    if (first === last) onOpen?.(from);
    else onBrush?.(from, to);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      const index = indexAt(event);
      setBrush({ from: index, to: index, held: true });
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const index = indexAt(event);
      setHover(index);
      if (brush?.held) setBrush({ ...brush, to: index });
    },
    onPointerUp: () => {
      if (span && brush?.held) choose(span.first, span.last);
      setBrush(null);
    },
    onPointerLeave: () => {
      setHover(null);
      if (brush?.held) setBrush(null);
    },
    onPointerCancel: () => setBrush(null),
    onKeyDown: (event: KeyboardEvent) => {
      const before = roving.current;
      const at = roving.move(event);
      if (at !== null) {
        setHover(at);
        setBrush(event.shiftKey ? { from: brush?.from ?? before, to: at, held: false } : null);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(span?.first ?? before, span?.last ?? before);
      } else if (event.key === "Escape") setBrush(null);
    },
    onBlur: () => setHover(null),
  };
  const pointProps = (index: number) => ({
    "data-point": index,
    role: "button" as const,
    tabIndex: index === roving.current ? 0 : -1,
    onFocus: () => {
      roving.setAt(index);
      setHover(index);
    },
  });
  return { group: roving.group, hover, span, handlers, pointProps };
}
