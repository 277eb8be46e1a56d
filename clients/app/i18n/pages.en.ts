// The English texts of pages that are loaded on demand, and so are their texts.
import { recovery } from "../session/recovery/texts.en.ts";
import { devices } from "../settings/devices/texts.en.ts";
import { passwords } from "../settings/password/texts.en.ts";
import { settings } from "../settings/texts.en.ts";

export const enPages = { devices, passwords, recovery, settings };
