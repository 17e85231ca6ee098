import { describe, expect, test } from "vitest";
import type { Import } from "../../api/types";
import { changedView, remaining, resultWords } from "./words";

const IMPORT: Import = {
  id: "1",
  number: 1,
  kind: "sales",
  mode: "partial",
  dryRun: false,
  mapping: null,
  file: "x.csv",
  state: "completed",
  read: 10,
  added: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  bytes: 50,
  totalBytes: 100,
  rowsPerSecond: 0,
  createdAt: "2026-11-21T08:00:00Z",
  startedAt: "2026-11-21T08:00:00Z",
  finishedAt: null,
  createdBy: "Awa",
  failure: null,
  effect: null,
};
const t = (key: string, values?: Record<string, string | number>) =>
  values ? `${key}(${values["counts"] ?? values["number"]})` : key;
const words = (change: Partial<Import>) => resultWords(t, { ...IMPORT, ...change });

describe("what came of an import", () => {
  test("is its counters, without the zeros", () => {
    expect(words({ added: 8, rejected: 2 })).toBe("result.sentence(result.added(8), result.rejected(2))");
  });
  test("is that everything is unchanged when the file is known, whatever was rejected again", () => {
    expect(words({ unchanged: 10 })).toBe("result.allUnchanged");
    expect(words({ unchanged: 8, rejected: 2 })).toBe("result.allUnchanged, result.rejected(2)");
    expect(words({ unchanged: 9, added: 1 })).toContain("result.sentence");
  });
  test("says why it failed, and that it was cancelled", () => {
    expect(words({ state: "failed", failure: { code: "x", message: "why" } })).toBe("why");
    expect(words({ state: "cancelled", added: 10 })).toMatch(/^state\.cancelled, result/);
  });
  test("is its state while it runs", () => {
    expect(words({ state: "running", added: 3 })).toBe("state.running");
  });
});

test("the dashboard opens on the days and stores that changed; all stores are the chain", () => {
  const effect = { from: "2026-10-01", to: "2026-10-31", stores: ["a", "b"], revenue: 1 };
  expect(changedView(effect, 12)).toEqual({ p: "2026-10", mag: "a,b" });
  expect(changedView(effect, 2)).toEqual({ p: "2026-10", mag: undefined });
});

test("the time left follows the pace so far", () => {
  const after = (seconds: number) => Date.parse("2026-11-21T08:00:00Z") + seconds * 1000;
  expect(remaining(IMPORT, after(10))).toBe(10);
  expect(remaining({ ...IMPORT, bytes: 0 }, after(10))).toBeNull();
  expect(remaining({ ...IMPORT, startedAt: null }, after(10))).toBeNull();
});
