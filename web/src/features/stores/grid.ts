import type { Objective } from "../../api/types";
import { readAmount } from "../../lib/amount";

/** The twelve cells of a year as they are typed. */
export type Cells = readonly string[];

export const cellsOf = (
  months: readonly string[],
  objectives: readonly Objective[],
  write: (value: number) => string,
): string[] =>
  months.map((month) => {
    const value = objectives.find((item) => item.month === month)?.revenue ?? null;
    return value === null ? "" : write(value);
  });

/** What was typed or pasted, written like the others; what cannot be read stays as it is. */
export function tidy(cell: string, write: (value: number) => string): string {
  const value = readAmount(cell) ?? null;
  return value === null ? cell : write(value);
}

/** Both sums over the months that have both figures: a year under way is not held against a whole one. */
export function together(
  cells: Cells,
  base: readonly (number | null)[],
): { objective: number; base: number } | null {
  let found: { objective: number; base: number } | null = null;
  cells.forEach((cell, index) => {
    const [objective, other] = [readAmount(cell) ?? null, base[index] ?? null];
    if (objective === null || other === null) return;
    found = { objective: (found?.objective ?? 0) + objective, base: (found?.base ?? 0) + other };
  });
  return found;
}

/** A spreadsheet's column has a line a cell, its row a tab a cell; of a block the first column counts. */
export function paste(cells: Cells, at: number, text: string): string[] {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const values =
    lines.length === 1 ? (lines[0] ?? "").split("\t") : lines.map((line) => line.split("\t")[0] ?? "");
  return cells.map((cell, index) => {
    const value = index >= at ? values[index - at] : undefined;
    return value === undefined ? cell : value.trim();
  });
}

export const isWrong = (cell: string): boolean => {
  const value = readAmount(cell);
  return value === undefined || (value !== null && value < 0);
};

/** Only the months that differ are sent; an emptied cell removes its objective. */
export function changes(months: readonly string[], before: Cells, cells: Cells): Objective[] {
  return months.flatMap((month, index) => {
    const value = readAmount(cells[index] ?? "") ?? null;
    return value === (readAmount(before[index] ?? "") ?? null) ? [] : [{ month, revenue: value }];
  });
}

export const total = (cells: Cells): number => cells.reduce((sum, cell) => sum + (readAmount(cell) ?? 0), 0);
