import { useMemo, useSyncExternalStore } from "react";

export type Language = "fr" | "en";
export type Words = { [key: string]: string | Words };
type Values = Record<string, string | number>;
/** The text of a key; `count` among the values chooses the plural. `other:key` reads another namespace. */
export type T = (key: string, values?: Values) => string;
export type Loader = (language: Language, namespace: string) => Promise<Words>;

const KEY = "epm-language";
const loaded = new Map<string, Words>();
const listeners = new Set<() => void>();
const namespaces = new Set<string>();
let current: Language = "fr";
let plurals = new Intl.PluralRules(current);
let loader: Loader = async () => ({});

export const language = (): Language => current;

export function wordsFrom(load: Loader): void {
  loader = load;
}

function lookUp(namespace: string, key: string): string | undefined {
  let at: string | Words | undefined = loaded.get(`${current}/${namespace}`);
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

/** A key without a text shows itself: the check of the build is what keeps that from happening. */
export function translate(namespace: string, asked: string, values?: Values): string {
  const colon = asked.indexOf(":");
  const [space, key] = colon < 0 ? [namespace, asked] : [asked.slice(0, colon), asked.slice(colon + 1)];
  const count = values?.["count"];
  const text =
    (typeof count === "number"
      ? (lookUp(space, `${key}_${plurals.select(count)}`) ?? lookUp(space, `${key}_other`))
      : undefined) ??
    lookUp(space, key) ??
    asked;
  return values ? text.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(values[name] ?? "")) : text;
}

async function load(wanted: Language, namespace: string): Promise<void> {
  namespaces.add(namespace);
  const id = `${wanted}/${namespace}`;
  if (!loaded.has(id)) loaded.set(id, await loader(wanted, namespace));
}

/** Before a route shows: its words are here, in the language of the moment. */
export async function loadWords(...wanted: string[]): Promise<void> {
  await Promise.all(wanted.map((namespace) => load(current, namespace)));
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Every namespace seen so far is fetched before anything is redrawn: no half-translated screen. */
export async function setLanguage(next: Language, ...more: string[]): Promise<void> {
  await Promise.all([...namespaces, ...more].map((namespace) => load(next, namespace)));
  current = next;
  plurals = new Intl.PluralRules(next);
  for (const listener of listeners) listener();
}

export function useTranslation(namespace: string): { t: T; language: Language } {
  const shown = useSyncExternalStore(onLanguage, language);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language is a new t
  const t = useMemo<T>(() => (key, values) => translate(namespace, key, values), [namespace, shown]);
  return { t, language: shown };
}

export const chosenLanguage = (): Language | null => {
  const stored = localStorage.getItem(KEY);
  return stored === "fr" || stored === "en" ? stored : null;
};

export const preferredLanguage = (): Language =>
  chosenLanguage() ?? (navigator.language.startsWith("en") ? "en" : "fr");

/** Remembered on this device, so that the sign-in page already speaks it next time. */
export async function switchLanguage(next: Language): Promise<void> {
  localStorage.setItem(KEY, next);
  if (next !== current) await setLanguage(next);
}
