import { afterEach, describe, expect, test } from "vitest";
import { toCsv } from "./csv";
import { setLanguage, wordsFrom } from "./i18n";

wordsFrom(async () => ({}));
afterEach(() => setLanguage("fr"));

const one = (value: string | number) => toCsv([], [[value]]).trim();

describe("CSV", () => {
  test("is separated and marks decimals as the reader's spreadsheet expects", async () => {
    const rows = [["x", -3.5, 12, null]];
    expect(toCsv(["a", "b", "c", "d"], rows)).toBe('a;b;c;d\r\nx;"-3,5";12;');
    await setLanguage("en");
    expect(toCsv(["a", "b", "c", "d"], rows)).toBe("a,b,c,d\r\nx,-3.5,12,");
  });

  test.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\u0000=1",
    " =1+1",
    "'=1+1",
    "\ufeff=1",
    "＝1+1",
    "+221 77 000 00 00",
    "-",
  ])("puts a quote in front of %j, which a spreadsheet could run", (text) => {
    expect(one(text).replace(/^"/, "")).toMatch(/^'/);
  });

  test.each(["-5", "-12,5", "12.5", "Dakar", "'hello", "a=b", "2026-01-31"])("leaves %j alone", (text) => {
    expect(one(text).replaceAll('"', "")).toBe(text);
  });

  test("quotes both separators, quotes and line ends", () => {
    expect(one('x"y')).toBe('"x""y"');
    expect(one("a;=1")).toBe('"a;=1"');
    expect(one("a,=1")).toBe('"a,=1"');
    expect(one("a\n=1")).toBe('"a\n=1"');
  });
});
