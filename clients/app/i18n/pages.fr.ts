// The French texts of pages that are loaded on demand. A text that is missing here is a type error.
import { settings } from "../settings/texts.fr.ts";
import type { enPages } from "./pages.en.ts";
import type { Translated } from "./translated.ts";

export const frPages: Translated<typeof enPages> = { settings };
