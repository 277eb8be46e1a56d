// The texts of the portal, in each language.
import type { Texts } from "@meetinity/ui/i18n/i18n.ts";
import type { en } from "./en.ts";
import type { enPages } from "./pages.en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: typeof en & typeof enPages;
  }
}

export const texts: Texts = {
  en: {
    first: () => import("./en.ts").then(({ en }) => en),
    pages: () => import("./pages.en.ts").then(({ enPages }) => enPages),
  },
  fr: {
    first: () => import("./fr.ts").then(({ fr }) => fr),
    pages: () => import("./pages.fr.ts").then(({ frPages }) => frPages),
  },
};
