import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { type Cells, paste } from "../lib/cells";

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

/** A column edited like a spreadsheet's: arrows, Enter, paste, Ctrl+Z. Its inputs stand in `grid`, in order. */
export function useCells<Grid extends HTMLElement>(first: Cells, tidy: (cell: string) => string) {
  const [cells, setCells] = useState<Cells>(first);
  const past = useRef<Cells[]>([]);
  const grid = useRef<Grid>(null);
  const become = (next: Cells) => {
    past.current.push(cells);
    setCells(next);
  };
  const replaced = (index: number, cell: string) => cells.map((old, at) => (at === index ? cell : old));
  const focus = (index: number) => {
    const input = grid.current?.querySelectorAll("input")[Math.max(0, Math.min(cells.length - 1, index))];
    input?.focus();
    input?.select();
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focus(index + (event.shiftKey ? -step : step));
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const last = past.current.pop();
      if (last) setCells(last);
    }
  };
  const onPaste = (event: ClipboardEvent, index: number) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\n\t]/.test(text.trimEnd())) return;
    event.preventDefault();
    become(paste(cells, index, text).map(tidy));
  };
  const inputProps = (index: number) => ({
    value: cells[index] ?? "",
    onFocus: (event: React.FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
    onBlur: () => {
      const cell = cells[index] ?? "";
      if (tidy(cell) !== cell) setCells(replaced(index, tidy(cell)));
    },
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => become(replaced(index, event.target.value)),
    onKeyDown: (event: KeyboardEvent) => onKey(event, index),
    onPaste: (event: ClipboardEvent) => onPaste(event, index),
  });
  return { cells, become, grid, inputProps };
}
