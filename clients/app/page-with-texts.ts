// A page on demand, with the texts of such pages.
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";

export const pageWithTexts: typeof lazyPage = (load, name) => lazyPage(withPageTexts(load), name);
