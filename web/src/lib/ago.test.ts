import { afterEach, describe, expect, test } from "vitest";
import { formatAgo, formatTook } from "./ago";
import { setFormat } from "./format";

const gaps = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const now = Date.parse("2026-11-21T10:00:00Z");
const ago = (iso: string) => gaps(formatAgo(iso, now));

afterEach(() => setFormat({ language: "fr" }));

describe("how long ago", () => {
  test.each([
    ["2026-11-21T09:59:30Z", "maintenant"],
    ["2026-11-21T09:57:30Z", "il y a 2 min"],
    ["2026-11-21T04:10:00Z", "il y a 5 h"],
    ["2026-11-19T11:00:00Z", "il y a 47 h"],
    ["2026-11-19T09:00:00Z", "il y a 2 j"],
    ["2026-11-18T09:00:00Z", "il y a 3 j"],
  ])("%s is %s", (iso, said) => expect(ago(iso)).toBe(said));
  test("a moment ahead of this clock is now", () => expect(ago("2026-11-21T10:00:20Z")).toBe("maintenant"));
  test("in English", () => {
    setFormat({ language: "en" });
    expect(ago("2026-11-21T04:10:00Z")).toMatch(/^5 hrs? ago$/);
  });
});

test.each([
  [0.92, "0,9 s"],
  [42.4, "42 s"],
  [300, "5 min"],
  [9_000, "2,5 h"],
])("%d seconds took %s", (seconds, said) => expect(gaps(formatTook(seconds))).toBe(said));
