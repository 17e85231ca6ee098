import { describe, expect, test } from "vitest";
import { applied, isWrong, readFormula } from "./formula";

const preview = (typed: string, days: readonly number[]) => {
  const formula = readFormula(typed);
  if (!formula) throw new Error(`${typed} is no formula.`);
  return applied(formula, days);
};
const sum = (days: readonly number[]) => days.reduce((total, day) => total + day, 0);

describe("a formula", () => {
  test.each([
    ["*1,2", "*1.2"],
    ["× 1.2", "*1.2"],
    ["+ 250", "+250"],
    ["−10 %", "-10%"],
    ["= 1 300", "=1300"],
    ["300", "=300"],
    ["*3,5 + 100", "*3.5+100"],
  ])("%s is sent as %s", (typed, sent) => {
    expect(readFormula(typed)?.text).toBe(sent);
  });
  test("an empty cell changes nothing", () => {
    expect(readFormula("  ")).toBeNull();
  });
  test.each(["beaucoup", "*", "+", "1.2.3", "10%", "**2", "=", "*1,2*3", "<svg>"])(
    "%s is no formula",
    (typed) => {
      expect(readFormula(typed)).toBeUndefined();
      expect(isWrong(typed)).toBe(true);
    },
  );
  test("nobody sells less than everything less", () => {
    expect(isWrong("-120%")).toBe(true);
    expect(isWrong("-100%")).toBe(false);
  });
});

describe("the preview", () => {
  test("multiplies day by day", () => {
    expect(preview("*1.5", [10, 20])).toEqual([15, 30]);
    expect(preview("-10%", [10, 20])).toEqual([9, 18]);
  });
  test("adds one total, spread as the forecast is", () => {
    expect(preview("+30", [10, 20])).toEqual([20, 40]);
    expect(sum(preview("+250", [3, 0, 7, 11]))).toBeCloseTo(21 + 250, 9);
  });
  test("sets one total", () => {
    expect(preview("=300", [10, 20])).toEqual([100, 200]);
  });
  test("multiplies, then adds", () => {
    expect(preview("*2+30", [10, 20])).toEqual([30, 60]);
  });
  test("spreads evenly where nothing is expected", () => {
    expect(preview("+10", [0, 0])).toEqual([5, 5]);
  });
  test("stops at nothing", () => {
    expect(preview("-50", [10, 10])).toEqual([0, 0]);
  });
});
