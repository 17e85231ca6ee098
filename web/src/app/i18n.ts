import { setApiLanguage } from "../api/client";
import { setFormat } from "../lib/format";
import {
  type Language,
  language,
  onLanguage,
  setLanguage,
  translate,
  type Words,
  wordsFrom,
} from "../lib/i18n";

const files = {
  ...import.meta.glob<{ default: Words }>("../features/*/{fr,en}.json"),
  ...import.meta.glob<{ default: Words }>("./{fr,en}.json"),
  ...import.meta.glob<{ default: Words }>("../components/{fr,en}.json"),
};

/** A namespace is a folder with its fr.json and en.json; each is its own small file, loaded when shown. */
wordsFrom(async (wanted, namespace) => {
  const folder = { app: ".", components: "../components" }[namespace] ?? `../features/${namespace}`;
  const load = files[`${folder}/${wanted}.json`];
  if (!load) throw new Error(`No words at ${folder}/${wanted}.json`);
  return (await load()).default;
});

onLanguage(() => {
  document.documentElement.lang = language();
  setApiLanguage(language());
  setFormat({ language: language(), notMeasured: translate("components", "notMeasured") });
});

export const startI18n = (first: Language): Promise<void> => setLanguage(first, "app", "components");
