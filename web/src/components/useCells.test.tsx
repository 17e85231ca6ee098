import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useCells } from "./useCells";

function Column() {
  const { cells, grid, inputProps } = useCells<HTMLDivElement>(["", "", ""], (cell) => cell.trim());
  return (
    <div ref={grid}>
      {cells.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a column have no other name
        <input key={index} aria-label={`${index}`} {...inputProps(index)} />
      ))}
    </div>
  );
}
const cell = (index: number) => screen.getByLabelText<HTMLInputElement>(String(index));
const values = () => [0, 1, 2].map((index) => cell(index).value);
afterEach(cleanup);

test("a column is walked, typed and undone like a spreadsheet's", () => {
  render(<Column />);
  cell(0).focus();
  fireEvent.change(cell(0), { target: { value: " *1,2" } });
  fireEvent.keyDown(cell(0), { key: "Enter" });
  expect(document.activeElement).toBe(cell(1));
  expect(values()).toEqual(["*1,2", "", ""]);
  fireEvent.change(cell(1), { target: { value: "+5" } });
  fireEvent.keyDown(cell(1), { key: "z", ctrlKey: true });
  expect(values()).toEqual(["*1,2", "", ""]);
  fireEvent.keyDown(cell(1), { key: "ArrowUp" });
  expect(document.activeElement).toBe(cell(0));
});
test("a block that is pasted fills the cells below, and one cell is left to the browser", () => {
  render(<Column />);
  const paste = (index: number, text: string) =>
    fireEvent.paste(cell(index), { clipboardData: { getData: () => text } });
  paste(1, "*2\n+30\n=5\n");
  expect(values()).toEqual(["", "*2", "+30"]);
  paste(0, "*3");
  expect(values()).toEqual(["", "*2", "+30"]);
});
