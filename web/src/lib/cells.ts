/** A column of a spreadsheet as it is typed. */
export type Cells = readonly string[];

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
