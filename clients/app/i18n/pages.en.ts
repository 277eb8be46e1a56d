// The English texts of pages that are loaded on demand, and so are their texts.
import { settings } from "../settings/texts.en.ts";

export const enPages = { settings };
