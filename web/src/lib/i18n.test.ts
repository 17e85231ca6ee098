import { beforeAll, describe, expect, test } from "vitest";
import { language, loadWords, setLanguage, switchLanguage, translate, type Words, wordsFrom } from "./i18n";

const TEXTS: Record<string, Words> = {
  "fr/shop": {
    open: "Ouvrir",
    deep: { hello: "Bonjour {{name}}" },
    day_one: "{{count}} jour",
    day_other: "{{count}} jours",
  },
  "en/shop": {
    open: "Open",
    deep: { hello: "Hello {{name}}" },
    day_one: "{{count}} day",
    day_other: "{{count}} days",
  },
  "fr/other": { x: "ailleurs" },
};

beforeAll(async () => {
  wordsFrom(async (wanted, namespace) => TEXTS[`${wanted}/${namespace}`] ?? {});
  await setLanguage("fr");
  await loadWords("shop", "other");
});

describe("words", () => {
  test("are found by path and take their values", () => {
    expect(translate("shop", "deep.hello", { name: "Awa" })).toBe("Bonjour Awa");
  });
  test("follow the plural rules of the language: zero is singular in French, plural in English", async () => {
    expect(translate("shop", "day", { count: 0 })).toBe("0 jour");
    expect(translate("shop", "day", { count: 2 })).toBe("2 jours");
    expect(translate("shop", "day", { count: 1_000_000 })).toBe("1000000 jours");
    await setLanguage("en");
    expect(translate("shop", "day", { count: 0 })).toBe("0 days");
    await setLanguage("fr");
  });
  test("of another namespace are asked by its name", () => {
    expect(translate("shop", "other:x")).toBe("ailleurs");
  });
  test("that are missing show their key", () => {
    expect(translate("shop", "deep.none")).toBe("deep.none");
    expect(translate("shop", "deep")).toBe("deep");
  });
  test("are all fetched before the language changes", async () => {
    const change = switchLanguage("en");
    expect(language()).toBe("fr");
    await change;
    expect(translate("shop", "open")).toBe("Open");
    expect(localStorage.getItem("epm-language")).toBe("en");
    await switchLanguage("fr");
  });
});
