// The French texts of the first load. A text that is missing here is a type error.

import type { Translated } from "@meetinity/ui/i18n/translated.ts";
import { conversation } from "../conversations/conversation/texts.fr.ts";
import { conversations } from "../conversations/texts.fr.ts";
import { threads } from "../conversations/threads/texts.fr.ts";
import { people } from "../people/texts.fr.ts";
import { session } from "../session/texts.fr.ts";
import { shell } from "../shell/texts.fr.ts";
import type { en } from "./en.ts";

export const fr: Translated<typeof en> = {
  shell,
  session,
  conversations,
  conversation,
  threads,
  people,
};
