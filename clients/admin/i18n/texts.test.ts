// Guarantees about the texts of the portal.
import { join } from "node:path";
import { describeTexts } from "@meetinity/ui/i18n/describe-texts.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { enPages } from "./pages.en.ts";
import { frPages } from "./pages.fr.ts";

const SAME = [
  "board:actions",
  "editor:description",
  "events:questions",
  "ops:none",
  "ops:services.service",
  "ops:services.title",
  "picture:zoom",
  "secondStep:code",
  "shell:menu",
  "stepUp:code",
  "ticketTypes:actions",
  "ticketTypes:code",
  "ticketTypes:description",
];

describeTexts({
  folder: join(import.meta.dirname, ".."),
  english: { ...en, ...enPages },
  french: { ...fr, ...frPages },
  same: SAME,
});
