import type { Objective } from "../../api/types";
import { readAmount } from "../../lib/amount";
import type { Cells } from "../../lib/cells";

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
