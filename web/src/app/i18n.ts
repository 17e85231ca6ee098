import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { setApiLanguage } from "../api/client";
import { setFormat } from "../lib/format";
import type { Language } from "../lib/language";

type Words = { default: Record<string, unknown> };
const files = {
  ...import.meta.glob<Words>("../features/*/{fr,en}.json"),
  ...import.meta.glob<Words>("./{fr,en}.json"),
  ...import.meta.glob<Words>("../components/{fr,en}.json"),
};

/** A namespace is a folder with its fr.json and en.json; each is its own small file, loaded when shown. */
const folders: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const folder = { app: ".", components: "../components" }[namespace] ?? `../features/${namespace}`;
    const load = files[`${folder}/${language}.json`];
    if (!load) done(new Error(`No words at ${folder}/${language}.json`), null);
    else
      load().then(
        (words) => done(null, words.default),
        (error: Error) => done(error, null),
      );
  },
};

function apply(language: string): void {
  document.documentElement.lang = language;
  setApiLanguage(language);
  setFormat({ language, notMeasured: i18next.t("components:notMeasured") });
}

export async function startI18n(language: Language): Promise<void> {
  i18next.on("languageChanged", apply);
  await i18next
    .use(folders)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["app", "components"],
      defaultNS: "app",
      interpolation: { escapeValue: false },
    });
  apply(language);
}

export const words = (...namespaces: string[]): Promise<void> => i18next.loadNamespaces(namespaces);
