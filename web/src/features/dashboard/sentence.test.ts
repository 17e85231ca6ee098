import { beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "../../api/types";
import { setFormat } from "../../lib/format";
import { loadWords, setLanguage, type T, translate, wordsFrom } from "../../lib/i18n";
import { resolvePeriod } from "../../lib/period";
import en from "./en.json";
import fr from "./fr.json";
import type { Names } from "./names";
import { sentence, sentenceText } from "./sentence";
import type { View } from "./view";

const all: Scope = { kind: "all", regions: [], stores: [], seesCost: true };
const known: Record<string, string> = {
  thies: "Thiès",
  cocody: "Abidjan-Cocody",
  dakar: "Dakar",
  riz: "Riz",
};
const names: Names = {
  region: (code) => known[code] ?? code,
  store: (code) => known[code] ?? code,
  category: (code) => known[code] ?? code,
  product: (sku) => sku,
  path: (code) => [code],
  regionOf: () => "dakar",
};
const t: T = (key, values) => translate("dashboard", key, values);
const say = (view: View, scope = all) =>
  sentenceText(t, sentence(t, view, resolvePeriod(view.p, "2026-11-21"), names, scope));

beforeAll(async () => {
  wordsFrom(async (language) => (language === "fr" ? fr : en));
  await setLanguage("fr");
  await loadWords("dashboard");
});

describe("the title", () => {
  test("is the URL in words", () => {
    expect(say({ p: "2026-10" })).toBe("CA du groupe, octobre 2026, contre N-1 au même jour de semaine");
    expect(say({ mag: "thies", cat: "riz", p: "2026-10", vs: "n-1" })).toBe(
      "CA de Thiès, Riz, octobre 2026, contre N-1 aux mêmes dates",
    );
    expect(say({ reg: "dakar", p: "2026-T3", vs: "non" })).toBe("CA de la région Dakar, T3 2026");
  });
  test("says where a running period stops", () => {
    expect(say({ vs: "non" })).toBe("CA du groupe, novembre 2026, jusqu’au 20 novembre");
    expect(say({ p: "annee", vs: "obj" })).toBe(
      "CA du groupe, 2026, jusqu’au 20 novembre, contre l’objectif",
    );
  });
  test("names days and free ranges in full", () => {
    expect(say({ p: "hier", vs: "non" })).toBe("CA du groupe, hier, vendredi 20 novembre 2026");
    expect(say({ p: "2026-10-03..2026-10-09", vs: "non" })).toBe(
      "CA du groupe, du 3 octobre 2026 au 9 octobre 2026",
    );
  });
  test("elides before a vowel", () => {
    expect(say({ mag: "cocody", p: "2026-10", vs: "non" })).toBe("CA d’Abidjan-Cocody, octobre 2026");
  });
  test("calls the whole of a narrower scope by what it is", () => {
    const view: View = { p: "2026-10", vs: "non" };
    expect(say(view, { ...all, kind: "regions", regions: ["dakar"] })).toBe(
      "CA de votre périmètre, octobre 2026",
    );
    expect(say(view, { ...all, kind: "stores", stores: ["thies"] })).toBe("CA de Thiès, octobre 2026");
  });
  test("of a ticket is the ticket", () => {
    expect(say({ tic: "thies/T1" })).toBe("Ticket T1, Thiès");
  });
  test("is said in English too", async () => {
    await setLanguage("en");
    setFormat({ language: "en" });
    expect(say({ mag: "thies", p: "2026-10" })).toBe(
      "Revenue of Thiès, October 2026, against last year on the same weekday",
    );
    setFormat({ language: "fr" });
    await setLanguage("fr");
  });
});
