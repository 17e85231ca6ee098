import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { setApiLanguage } from "../api/client";
import type { Language } from "../api/types";
import { setFormat } from "../lib/format";

type Words = { default: Record<string, unknown> };
const files = {
  ...import.meta.glob<Words>("../features/*/{fr,en}.json"),
  ...import.meta.glob<Words>("./{fr,en}.json"),
  ...import.meta.glob<Words>("../components/{fr,en}.json"),
};

/** A namespace is a folder with its fr.json and en.json; each pair is its own small file, loaded when shown. */
const folders: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const path =
      namespace === "app"
        ? `./${language}.json`
        : `../${namespace === "components" ? namespace : `features/${namespace}`}/${language}.json`;
    const load = files[path];
    if (!load) done(new Error(`No words at ${path}`), null);
    else
      load().then(
        (words) => done(null, words.default),
        (error: Error) => done(error, null),
      );
  },
};

const KEY = "epm-language";

export function preferredLanguage(fallback: Language = "fr"): Language {
  const stored = localStorage.getItem(KEY);
  if (stored === "fr" || stored === "en") return stored;
  return navigator.language.startsWith("en") ? "en" : fallback;
}

function apply(language: string): void {
  document.documentElement.lang = language;
  setApiLanguage(language);
  setFormat({ language, notMeasured: i18next.t("components:notMeasured") });
}

export async function startI18n(language: Language): Promise<void> {
  await i18next
    .use(folders)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["app", "components"],
      defaultNS: "app",
      interpolation: { escapeValue: false },
      partialBundledLanguages: false,
    });
  apply(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  apply(language);
}

export const words = (...namespaces: string[]): Promise<void> => i18next.loadNamespaces(namespaces);
