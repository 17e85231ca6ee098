import { expect, test } from "vitest";
import { paste } from "../../lib/cells";
import { cellsOf, changes, isWrong, tidy, together, total } from "./grid";
import { monthsOf } from "./queries";

const MONTHS = monthsOf(2026);
const EMPTY = MONTHS.map(() => "");

test("a spreadsheet's column fills the months below, and stops with the year", () => {
  const cells = paste(EMPTY, 10, "1 000 000\r\n2 000 000\r\n3 000 000\r\n");
  expect(cells.slice(9)).toEqual(["", "1 000 000", "2 000 000"]);
  expect(total(cells)).toBe(3_000_000);
});
test("a row fills like a column, a block by its first column", () => {
  expect(paste(EMPTY, 0, "1\t2\t3").slice(0, 4)).toEqual(["1", "2", "3", ""]);
  expect(paste(EMPTY, 0, "1\ta\n2\tb").slice(0, 3)).toEqual(["1", "2", ""]);
});
test("one value leaves the other months as they are", () => {
  expect(paste(["1", "2", "3"], 1, "9")).toEqual(["1", "9", "3"]);
});
test("only what differs is sent, however it is written, and an emptied month is removed", () => {
  const before = cellsOf(
    MONTHS,
    [
      { month: "2026-01", revenue: 1000000 },
      { month: "2026-02", revenue: 5 },
    ],
    String,
  );
  const cells = [...before];
  cells[0] = "1 000 000";
  cells[1] = "";
  cells[11] = "7,5";
  expect(changes(MONTHS, before, cells)).toEqual([
    { month: "2026-02", revenue: null },
    { month: "2026-12", revenue: 7.5 },
  ]);
});
test("words and negative figures are wrong, nothing is not", () => {
  expect(["", "12", "1 000", "abc", "-1"].map(isWrong)).toEqual([false, false, false, true, true]);
});
test("only months with both figures are held against each other", () => {
  expect(together(["10", "20", ""], [5, null, 7])).toEqual({ objective: 10, base: 5 });
  expect(together(["", "20"], [5, null])).toBeNull();
});
test("a figure is written like the others once it is left, and words stay to be mended", () => {
  expect(["1000", "abc", ""].map((cell) => tidy(cell, (value) => `<${value}>`))).toEqual([
    "<1000>",
    "abc",
    "",
  ]);
});
