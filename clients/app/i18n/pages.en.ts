// The English texts of pages that are loaded on demand, and so are their texts.
import { recovery } from "../session/recovery/texts.en.ts";
import { devices } from "../settings/devices/texts.en.ts";
import { passwords } from "../settings/password/texts.en.ts";
import { settings } from "../settings/texts.en.ts";
import { address } from "../shell/address/texts.en.ts";

export const enPages = { address, devices, passwords, recovery, settings };
