import i18next from "i18next";

export type Language = "fr" | "en";
const KEY = "epm-language";

export const chosenLanguage = (): Language | null => {
  const stored = localStorage.getItem(KEY);
  return stored === "fr" || stored === "en" ? stored : null;
};

export function preferredLanguage(): Language {
  return chosenLanguage() ?? (navigator.language.startsWith("en") ? "en" : "fr");
}

/** Remembered on this device, so that the sign-in page already speaks it next time. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}
