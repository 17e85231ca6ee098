import { expect, test } from "vitest";
import { flat, pathTo, placesFor, treeOf } from "./tree";

const category = (code: string, parent: string | null, products = 0) => ({
  code,
  name: code,
  parent,
  products,
});
const TREE = treeOf([
  category("riz", "epicerie", 3),
  category("epicerie", null, 1),
  category("boissons", null, 2),
  category("parfume", "riz", 4),
  category("lost", "gone", 5),
]);

test("categories stand below their parents, with what is filed below them", () => {
  expect(flat(TREE).map((node) => [node.code, node.depth, node.all])).toEqual([
    ["boissons", 0, 2],
    ["epicerie", 0, 8],
    ["riz", 1, 7],
    ["parfume", 2, 4],
    ["lost", 0, 5],
  ]);
});
test("the path to a category starts at the top", () => {
  expect(pathTo(TREE, "parfume")).toEqual(["epicerie", "riz", "parfume"]);
  expect(pathTo(TREE, "none")).toEqual([]);
});
test("a category cannot go below itself", () => {
  expect(placesFor(TREE, "riz").map((node) => node.code)).toEqual(["boissons", "epicerie", "lost"]);
});
