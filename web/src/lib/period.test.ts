import { describe, expect, test } from "vitest";
import { daysBetween } from "./dates";
import { PRESETS, periodToken, resolvePeriod, stepPeriod } from "./period";

const TODAY = "2026-11-21";
const of = (token: string | undefined, through?: string) => {
  const { from, to } = resolvePeriod(token, TODAY, through);
  return `${from}..${to}`;
};

describe("a period token", () => {
  test("without a token the current month runs to the last day with sales", () => {
    expect(of(undefined)).toBe("2026-11-01..2026-11-20");
    expect(of("mois", "2026-11-21")).toBe("2026-11-01..2026-11-21");
    expect(of("mois", "2026-11-14")).toBe("2026-11-01..2026-11-14");
  });
  test("a month that is over is whole", () => {
    expect(of("2026-10")).toBe("2026-10-01..2026-10-31");
    expect(of("mois-1")).toBe("2026-10-01..2026-10-31");
    expect(of("2024-02")).toBe("2024-02-01..2024-02-29");
  });
  test("the current quarter and year stop where the data stops", () => {
    expect(of("trimestre")).toBe("2026-10-01..2026-11-20");
    expect(of("2026")).toBe("2026-01-01..2026-11-20");
    expect(of("2025-T4")).toBe("2025-10-01..2025-12-31");
  });
  test("seven days end on the last day with sales, today and yesterday are those days", () => {
    expect(of("7j")).toBe("2026-11-14..2026-11-20");
    expect(of("jour")).toBe("2026-11-21..2026-11-21");
    expect(of("hier")).toBe("2026-11-20..2026-11-20");
  });
  test("on the first of a month, with nothing sold yet, the month is today", () => {
    expect(resolvePeriod("mois", "2026-11-01", "2026-10-31")).toMatchObject({
      from: "2026-11-01",
      to: "2026-11-01",
    });
  });
  test("what cannot be read is the current month, never a broken range", () => {
    for (const token of ["2026-13", "2026-02-30", "2026-10-09..2026-10-01", "x", "2026-T5", "..", ""]) {
      expect(of(token)).toBe("2026-11-01..2026-11-20");
      expect(resolvePeriod(token, TODAY).token).toBe("mois");
    }
  });
  test("every preset gives a range that is not reversed, on every day of two years", () => {
    for (let day = 0; day < 730; day++) {
      const today = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      for (const preset of PRESETS) {
        const { from, to, wholeTo } = resolvePeriod(preset, today);
        expect(daysBetween(from, to)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(to, wholeTo)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe("writing a span", () => {
  test("takes the shortest token, and reads back as itself", () => {
    for (const [from, to, token] of [
      ["2025-10-01", "2025-10-31", "2025-10"],
      ["2025-01-01", "2025-12-31", "2025"],
      ["2025-07-01", "2025-09-30", "2025-T3"],
      ["2025-10-05", "2025-10-05", "2025-10-05"],
      ["2025-10-05", "2025-10-09", "2025-10-05..2025-10-09"],
    ] as const) {
      expect(periodToken(from, to)).toBe(token);
      expect(of(token)).toBe(`${from}..${to}`);
    }
  });
});

describe("stepping", () => {
  const step = (token: string, direction: -1 | 1) => stepPeriod(resolvePeriod(token, TODAY), direction);
  test("goes from month to month, quarter to quarter, year to year", () => {
    expect(step("2026-03", -1)).toBe("2026-02");
    expect(step("2026-12", 1)).toBe("2027-01");
    expect(step("2026-T1", -1)).toBe("2025-T4");
    expect(step("2025", 1)).toBe("2026");
  });
  test("moves other ranges by their own length", () => {
    expect(step("2026-10-05..2026-10-11", -1)).toBe("2026-09-28..2026-10-04");
    expect(step("hier", -1)).toBe("2026-11-19");
  });
});
