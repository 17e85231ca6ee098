import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { Card } from "../../api/types";
import { setFormat } from "../../lib/format";
import { loadWords, setLanguage, type T, translate, wordsFrom } from "../../lib/i18n";
import en from "./en.json";
import fr from "./fr.json";
import { Kpis } from "./Kpis";
import { type Landing, landingSentence, spanOf } from "./landing";

const LANDING: Landing = {
  probability: 0.7134,
  p10: 41_160_000,
  p50: 43_000_000,
  p90: 44_820_000,
  objective: 42_000_000,
  soFar: 28_000_000,
  month: "2026-11",
};
const ATTAINMENT: Card = {
  metric: "objective-attainment",
  label: "Atteinte de l’objectif",
  unit: "percent",
  goodDirection: "up",
  value: 1.02,
  compare: null,
  delta: null,
  objective: 28_000_000,
  series: [],
};
const t: T = (key, values) => translate("dashboard", key, values);
const plain = (text: string | null) => (text ?? "").replace(/[\u00a0\u202f]/g, " ");

beforeAll(async () => {
  wordsFrom(async (language, namespace) => (namespace === "dashboard" ? (language === "fr" ? fr : en) : {}));
  await setLanguage("fr");
  await loadWords("dashboard");
});
afterEach(cleanup);

test("the scale is said once where both ends have it", () => {
  expect(plain(spanOf(41_160_000, 44_820_000))).toBe("41,2–44,8 M");
  expect(plain(spanOf(940_000, 1_240_000))).toBe("940,0 k–1,24 M");
  expect(plain(spanOf(12_400, 31_250))).toBe("12 400–31 250");
  expect(plain(spanOf(5, 5))).toBe("5");
});

test("the sentence tells the chance and the span, in both languages", async () => {
  expect(plain(landingSentence(t, LANDING))).toBe(
    "71 % d’atteindre l’objectif, atterrissage 41,2–44,8 M F CFA",
  );
  expect(plain(landingSentence(t, { ...LANDING, probability: 0.002 }))).toMatch(/^moins de 1 % d’atteindre/);
  expect(plain(landingSentence(t, { ...LANDING, probability: 0.998 }))).toMatch(/^plus de 99 % d’atteindre/);
  await setLanguage("en");
  setFormat({ language: "en" });
  expect(plain(landingSentence(t, LANDING))).toMatch(
    /^71% to reach the objective, landing at 41\.2–44\.8\s?[mM]/,
  );
  await setLanguage("fr");
  setFormat({ language: "fr" });
});

test("the card of the objective says it, and is as before where nothing is known", () => {
  const { rerender } = render(
    <Kpis cards={[ATTAINMENT]} reference={null} period="novembre" landing={LANDING} />,
  );
  expect(plain(screen.getByText(/atterrissage/).textContent)).toContain("71 % d’atteindre l’objectif");
  rerender(<Kpis cards={[ATTAINMENT]} reference={null} period="novembre" landing={null} />);
  expect(screen.queryByText(/atterrissage/)).toBeNull();
  rerender(
    <Kpis
      cards={[{ ...ATTAINMENT, metric: "revenue" }]}
      reference={null}
      period="novembre"
      landing={LANDING}
    />,
  );
  expect(screen.queryByText(/atterrissage/)).toBeNull();
});
