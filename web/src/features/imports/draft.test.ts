import { describe, expect, test } from "vitest";
import type { Detected, Mapping } from "../../api/types";
import { assign, draftFrom, mappingOf, missing, nameFor, untouchedName, write } from "./draft";
import { firstRecords } from "./head";

const TARGETS = ["store", "ticket", "line", "sold_at", "sku", "quantity"].map((name) => ({
  name,
  required: ["sold_at", "sku", "quantity"].includes(name),
}));
const detected = (
  columns: [name: string, target: string | null, sample: string][],
  mapping: string | null = null,
): Detected => ({
  format: "csv",
  encoding: "utf-8",
  separator: ",",
  decimal: ".",
  dateOrder: "dmy",
  columns: columns.map(([name, target, sample], index) => ({ name, index, samples: [sample], target })),
  missing: [],
  targets: TARGETS,
  mapping,
});
const TILL = detected([
  ["Boutique", "store", "dakar"],
  ["Quand", null, "2026-11-20 10:00"],
  ["Ref", "sku", "A1"],
  ["Nb", null, "2"],
]);
const FULL = { stores: true, products: true };
const UCI: Mapping = {
  name: "uci-online-retail",
  kind: "sales",
  builtIn: true,
  columns: { store: "Country", sku: "StockCode" },
  constants: {},
  lineNumber: "ordinal",
  unknownProducts: "create",
  unknownStores: "create",
};

describe("a draft", () => {
  test("says what is missing, in the order of the targets, and a sale needs its store", () => {
    const draft = draftFrom("sales", "x.csv", TILL, null, FULL);
    expect(missing(draft)).toEqual(["sold_at", "quantity"]);
    expect(missing(assign(assign(draft, 1, "sold_at"), 0, "quantity"))).toEqual(["store"]);
  });
  test("a value that is the same on every line replaces a column", () => {
    const draft = {
      ...draftFrom("sales", "x.csv", TILL, null, FULL),
      constants: { sold_at: "2026-11-20", quantity: " " },
    };
    expect(missing(draft)).toEqual(["quantity"]);
    expect(mappingOf(draft).constants).toEqual({ sold_at: "2026-11-20" });
  });
  test("a target has one column only", () => {
    const draft = assign(draftFrom("sales", "x.csv", TILL, null, FULL), 3, "sku");
    expect(mappingOf(draft).columns).toEqual({ store: "Boutique", sku: "Nb" });
    expect(draft.touched).toBe(true);
  });
  test("without a column for it, a line is counted within its ticket", () => {
    const draft = draftFrom("sales", "x.csv", TILL, null, FULL);
    expect(mappingOf(draft).lineNumber).toBe("ordinal");
    expect(mappingOf(assign(draft, 3, "line")).lineNumber).toBe("column");
    expect(mappingOf(assign(assign(draft, 3, "line"), 3, null)).lineNumber).toBe("ordinal");
  });
  test("a new tenant has its stores and products made by its first sales, and only then", () => {
    const first = draftFrom("sales", "x.csv", TILL, null, { stores: false, products: false });
    expect([first.unknownStores, first.unknownProducts, first.touched]).toEqual(["create", "create", true]);
    const later = draftFrom("sales", "x.csv", TILL, null, FULL);
    expect([later.unknownStores, later.unknownProducts, later.touched]).toEqual(["reject", "reject", false]);
    expect(draftFrom("stores", "x.csv", TILL, null, { stores: false, products: false }).touched).toBe(false);
  });
  test("a built-in mapping that fits is taken as it is, and saved under another name once changed", () => {
    const uci = draftFrom(
      "sales",
      "uci-online-retail.csv.gz",
      detected(
        [
          ["Country", "store", "France"],
          ["StockCode", "sku", "85123A"],
        ],
        UCI.name,
      ),
      UCI,
      FULL,
    );
    expect(uci.touched).toBe(false);
    expect(untouchedName(uci)).toBe("uci-online-retail");
    expect(mappingOf(uci)).toMatchObject({ name: "uci-online-retail-2", unknownStores: "create" });
  });
  test("a mapping known under other headers is left to the host", () => {
    expect(untouchedName(draftFrom("sales", "x.csv", TILL, UCI, FULL))).toBeNull();
  });
  test("only the ways of writing that someone chose are saved", () => {
    const head = new TextEncoder().encode("a;b\n1;2\n");
    const draft = draftFrom("sales", "x.csv", TILL, null, FULL);
    expect(mappingOf(draft)).not.toHaveProperty("decimal");
    expect(mappingOf(write(draft, head, "decimal", ","))).toMatchObject({ decimal: "," });
    expect(
      write(draft, head, "separator", ";").columns.map((column) => [column.name, column.samples]),
    ).toEqual([
      ["a", ["1"]],
      ["b", ["2"]],
    ]);
  });
  test("dates with the year in front are told so", () => {
    expect(
      draftFrom("sales", "x.csv", detected([["d", "sold_at", "2026-11-20"]]), null, FULL).dateOrder,
    ).toBe("ymd");
    expect(
      draftFrom("sales", "x.csv", detected([["d", "sold_at", "20/11/2026"]]), null, FULL).dateOrder,
    ).toBe("dmy");
  });
});

test("a file names its mapping without its dates", () => {
  expect(nameFor("Ventes Thiès 2026-11-20.csv", "sales")).toBe("ventes-thies");
  expect(nameFor("20261120.csv", "sales")).toBe("sales");
  expect(nameFor("daily-quantities.csv.gz", "sales")).toBe("daily-quantities-2");
});

test("records are cut as spreadsheets write them", () => {
  expect(firstRecords('a,"b ""x"", y"\r\n\r\n1,"two\nlines"\n3', ",", 9)).toEqual([
    ["a", 'b "x", y'],
    ["1", "two\nlines"],
    ["3"],
  ]);
});
