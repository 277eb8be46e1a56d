// The reader's language: their choice, or else the browser's. Each language loads when it is used.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { isolate } from "./isolate.ts";

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "meetinity.language";

interface LanguageTexts {
  /** The texts of the first load. */
  first(): Promise<object>;
  /** The texts of pages that are loaded on demand. */
  pages(): Promise<object>;
}

/** All texts of an app. */
export type Texts = Readonly<Record<Language, LanguageTexts>>;

/** React escapes: what is done to values in its place keeps their direction to themselves. */
export const INTERPOLATION = { escapeValue: true, escape: isolate };

let texts: Texts;
let hasPageTexts = false;
let loading: Promise<void> | null = null;

/** Must be done before anything is shown. */
export async function startI18n(ofApp: Texts): Promise<void> {
  texts = ofApp;
  await i18next.use(initReactI18next).init({
    resources: {},
    ns: [],
    defaultNS: "shell",
    interpolation: INTERPOLATION,
    react: { useSuspense: false },
    returnNull: false,
    // An advertisement in the console.
    showSupportNotice: false,
  });
  await showLanguage(preferredLanguage());
}

type Listener = (language: Language) => void;
let onChoice: Listener = () => {};

/** Remembers the choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  onChoice(language);
  await followLanguage(language);
}

/** Calls `listener` with every choice of the reader on this page. */
export function whenLanguageIsChosen(listener: Listener): void {
  onChoice = listener;
}

/** Remembers a choice that was made elsewhere. */
export async function followLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await showLanguage(language);
}

/** Loads a page on demand, and the texts of such pages. */
export function withPageTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadPageTexts()]);
    return module;
  };
}

/** Loads the texts of pages before they are needed: without a network they could not be read. */
export function loadPageTextsAhead(): void {
  // A page that needs them says that they cannot be loaded.
  loadPageTexts().catch(() => undefined);
}

/** Once: texts that come again would make every screen draw itself anew. */
function loadPageTexts(): Promise<void> {
  loading ??= addPageTexts().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function addPageTexts(): Promise<void> {
  const language = i18next.language as Language;
  addTexts(language, await texts[language].pages());
  hasPageTexts = true;
  // The reader may have chosen another language meanwhile.
  if (i18next.language !== language) await showLanguage(i18next.language as Language);
}

function addTexts(language: Language, loaded: object): void {
  for (const [namespace, resources] of Object.entries(loaded)) {
    i18next.addResourceBundle(language, namespace, resources, true, true);
  }
}

async function showLanguage(language: Language): Promise<void> {
  const { first, pages } = texts[language];
  const loaded = await Promise.all([first(), hasPageTexts ? pages() : {}]);
  for (const each of loaded) addTexts(language, each);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEY) ?? "", ...navigator.languages];
  return wanted.map(knownLanguage).find((language) => language !== null) ?? "en";
}

/** The language of a tag such as `fr-CA`; null where there are no texts in it. */
export function knownLanguage(tag: string): Language | null {
  const language = tag.toLowerCase().split("-")[0];
  return language === "en" || language === "fr" ? language : null;
}
