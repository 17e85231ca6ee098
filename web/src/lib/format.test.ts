import { afterEach, describe, expect, test } from "vitest";
import { formatDay, formatMonth, todayIn, weekdayName } from "./dates";
import * as format from "./format";

/** Narrow and ordinary no-break spaces differ between ICU versions; the reader sees the same gap. */
const gaps = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

afterEach(() => format.setFormat({ language: "fr", currency: "XOF", decimals: 0 }));

describe("money", () => {
  test("XOF has no decimals and is called F CFA", () => {
    expect(gaps(format.formatMoney(1234567.4))).toBe("1 234 567 F CFA");
  });
  test("EUR has two decimals", () => {
    format.setFormat({ currency: "EUR", decimals: 2 });
    expect(gaps(format.formatMoney(1234.5))).toBe("1 234,50 €");
  });
  test("a compact amount keeps one decimal and its scale", () => {
    expect(gaps(format.formatMoneyCompact(412_812_345))).toBe("412,8 M F CFA");
    expect(gaps(format.formatCompact(1_200_000))).toBe("1,2 M");
    expect(gaps(format.formatCompact(4282))).toBe("4 282");
    expect(gaps(format.formatCompact(5.42))).toBe("5,4");
  });
  test("English groups by commas", () => {
    format.setFormat({ language: "en" });
    expect(gaps(format.formatNumber(1234567))).toBe("1,234,567");
  });
});

describe("signs", () => {
  test("a negative has a real minus", () => {
    expect(gaps(format.formatMoney(-5000))).toBe("−5 000 F CFA");
    expect(format.formatPercent(-0.1)).not.toContain("-");
  });
  test("a variance always has its sign, and no sign when it rounds to nothing", () => {
    expect(gaps(format.formatVariance(0.064))).toBe("+6,4 %");
    expect(gaps(format.formatVariance(-0.082))).toBe("−8,2 %");
    expect(gaps(format.formatVariance(-0.0001))).toBe("0,0 %");
  });
  test("two rates differ by points", () => {
    expect(gaps(format.formatPoints(-0.007))).toBe("−0,7 pt");
  });
});

describe("what was not measured", () => {
  test("is said, and is never zero", () => {
    for (const write of [
      format.formatNumber,
      format.formatMoney,
      format.formatPercent,
      format.formatVariance,
    ]) {
      expect(write(null)).toBe("non mesuré");
      expect(write(undefined)).toBe("non mesuré");
      expect(write(Number.NaN)).toBe("non mesuré");
    }
    expect(gaps(format.formatMoney(0))).toBe("0 F CFA");
  });
});

describe("dates", () => {
  test("are written in the reader's language", () => {
    expect(formatDay("2026-10-14", "long")).toBe("14 octobre 2026");
    expect(formatMonth("2026-10")).toBe("octobre 2026");
    expect(weekdayName(1)).toBe("lun");
    expect(weekdayName(7, "long")).toBe("dimanche");
  });
  test("today is the tenant's day, not the browser's", () => {
    const instant = new Date("2026-11-20T23:30:00Z");
    expect(todayIn("Africa/Dakar", instant)).toBe("2026-11-20");
    expect(todayIn("Europe/Paris", instant)).toBe("2026-11-21");
  });
});
