import { describe, expect, test } from "vitest";
import type { CalendarEvent } from "../../api/types";
import {
  canMove,
  felt,
  inMonth,
  marksOf,
  monthShown,
  moveOf,
  nextOf,
  offset,
  readCalendar,
  shownEvents,
  yearShown,
} from "./view";

const TABASKI: CalendarEvent = {
  id: "tabaski.SN.20260527",
  code: "tabaski",
  name: "Tabaski",
  kind: "moving",
  country: "SN",
  from: "2026-05-28",
  to: "2026-05-28",
  lead: 10,
  lag: 3,
  state: "proposed",
  source: "moon",
  proposed: "2026-05-28",
  stores: null,
};
const PAYDAY: CalendarEvent = {
  ...TABASKI,
  id: "payday.SN.20260525",
  code: "payday",
  kind: "fixed",
  from: "2026-05-25",
  to: "2026-06-05",
  lead: 0,
  lag: 0,
  state: "confirmed",
  source: "habit",
};

describe("the address", () => {
  test("a year that is none is this one", () => {
    expect(yearShown({ annee: "2024" }, "2026-11-21")).toBe(2024);
    for (const annee of [undefined, "x", "0", "99999", "1800"])
      expect(yearShown({ annee }, "2026-11-21")).toBe(2026);
  });

  test("a month is one of the twelve", () => {
    expect(monthShown({ mois: "05" }, 2026)).toBe("2026-05");
    for (const mois of [undefined, "5", "13", "x"]) expect(monthShown({ mois }, 2026)).toBeUndefined();
  });

  test("numbers and texts are read alike, and nothing else is", () => {
    expect(readCalendar({ annee: 2025, pays: "SN", mois: ["05"], paie: 1 })).toEqual({
      annee: "2025",
      mois: undefined,
      pays: "SN",
      paie: "1",
      attente: undefined,
    });
  });
});

test("paydays are shown when asked for, and what waits alone when asked for", () => {
  const christmas: CalendarEvent = {
    ...TABASKI,
    id: "x",
    code: "christmas",
    from: "2026-12-25",
    to: "2026-12-25",
    state: "confirmed",
  };
  const all = [TABASKI, PAYDAY, christmas];
  expect(shownEvents(all, {}).map((event) => event.code)).toEqual(["tabaski", "christmas"]);
  expect(shownEvents(all, { paie: "1" })).toHaveLength(3);
  expect(shownEvents(all, { attente: "1" }).map((event) => event.code)).toEqual(["tabaski"]);
  expect(shownEvents(all, {}, "2026-12").map((event) => event.code)).toEqual(["christmas"]);
});

test("what spans two months is in both, with its share of each", () => {
  expect([inMonth(PAYDAY, "2026-05"), inMonth(PAYDAY, "2026-06"), inMonth(PAYDAY, "2026-07")]).toEqual([
    true,
    true,
    false,
  ]);
  const [may] = marksOf([PAYDAY], "2026-05");
  expect(may?.at).toBeCloseTo(24 / 31);
  expect(may?.width).toBeCloseTo(7 / 31);
  const [june] = marksOf([PAYDAY], "2026-06");
  expect([june?.at, june?.width]).toEqual([0, 5 / 30]);
  expect(marksOf([TABASKI], "2026-05")[0]?.waits).toBe(true);
});

describe("moving by a day", () => {
  const later = { ...TABASKI, from: "2026-05-29", to: "2026-05-29", state: "moved" } as const;
  test("is told from the proposal, whatever was done before", () => {
    expect([moveOf(TABASKI, -1), moveOf(TABASKI, 1)]).toEqual([-1, 1]);
    expect(moveOf(later, -1)).toBe(0);
    expect([offset(TABASKI), offset(later)]).toEqual([0, 1]);
  });

  test("goes no further than a day off, except for one's own", () => {
    expect([canMove(later, 1), canMove(later, -1)]).toEqual([false, true]);
    const own = { ...TABASKI, kind: "own", proposed: "2026-05-28" } as const;
    expect([canMove(own, 1), moveOf(own, 1)]).toEqual([true, 1]);
  });
});

test("the days around a feast are told when there are any", () => {
  expect(felt(TABASKI)).toEqual(["2026-05-18", "2026-05-31"]);
  expect(felt(PAYDAY)).toBeNull();
});

test("what comes next is the first feast that is not over", () => {
  expect(nextOf([PAYDAY, TABASKI], "2026-05-28")?.code).toBe("tabaski");
  expect(nextOf([PAYDAY, TABASKI], "2026-06-01")).toBeUndefined();
});
