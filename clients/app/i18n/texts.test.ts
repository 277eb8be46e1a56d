// Guarantees about the app's texts.
import { join } from "node:path";
import { describeTexts } from "@meetinity/ui/i18n/describe-texts.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { enPages } from "./pages.en.ts";
import { frPages } from "./pages.fr.ts";

const SAME = [
  "address:code",
  "secondFactor:code",
  "secondStep:code",
  "stepUp:code",
  "attachments:more",
  "attachments:photo",
  "conversation:back",
  "conversation:files.photos_one",
  "conversation:files.photos_other",
  "conversation:label",
  "conversation:message",
  "conversation:messages",
  "conversation:untitled",
  "conversations:title",
  "groups:roles.ADMIN",
  "groups:settings.description",
  "matches:since",
  "notifications:title",
  "picture:zoom",
  "preferences:categories.MENTIONS",
  "preferences:categories.MESSAGES",
  "preferences:isPushOn",
  "settings:pages.notifications",
  "shell:menu",
  "shell:notifications",
  "shell:sections.conversations",
];

describeTexts({
  folder: join(import.meta.dirname, ".."),
  english: { ...en, ...enPages },
  french: { ...fr, ...frPages },
  same: SAME,
});
