// The reader's language: their choice, or else the browser's. Each language loads when it is used.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { en } from "./en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: typeof en;
  }
}

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "meetinity.language";

const texts = {
  en: () => import("./en.ts").then(({ en }) => en),
  fr: () => import("./fr.ts").then(({ fr }) => fr),
} satisfies Record<Language, () => Promise<object>>;

/** Must be done before anything is shown. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    ns: ["shell", "session", "conversations", "conversation", "people"],
    defaultNS: "shell",
    // React escapes.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
    // An advertisement in the console.
    showSupportNotice: false,
  });
  await showLanguage(preferredLanguage());
}

/** Remembers the choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await showLanguage(language);
}

async function showLanguage(language: Language): Promise<void> {
  const loaded = await texts[language]();
  for (const [namespace, resources] of Object.entries(loaded)) {
    i18next.addResourceBundle(language, namespace, resources, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages];
  const known = wanted.flatMap((each): Language[] => {
    const language = each?.slice(0, 2).toLowerCase();
    return language === "en" || language === "fr" ? [language] : [];
  });
  return known[0] ?? "en";
}
