// The French texts of pages that are loaded on demand. A text that is missing here is a type error.
import type { Translated } from "@meetinity/ui/i18n/translated.ts";
import { picture } from "@meetinity/ui/picture/texts.fr.ts";
import { secondStep } from "@meetinity/ui/session/second-step/texts.fr.ts";
import { stepUp } from "@meetinity/ui/session/step-up/texts.fr.ts";
import { board } from "../events/board/texts.fr.ts";
import { cover } from "../events/cover/texts.fr.ts";
import { door } from "../events/door/texts.fr.ts";
import { editor } from "../events/editor/texts.fr.ts";
import { hosts } from "../events/hosts/texts.fr.ts";
import { life } from "../events/life/texts.fr.ts";
import { questions } from "../events/questions/texts.fr.ts";
import { events } from "../events/texts.fr.ts";
import { ticketTypes } from "../events/ticket-types/texts.fr.ts";
import { operations } from "../operations/texts.fr.ts";
import { ops } from "../ops/texts.fr.ts";
import { people } from "../people/texts.fr.ts";
import type { enPages } from "./pages.en.ts";

export const frPages: Translated<typeof enPages> = {
  board,
  cover,
  door,
  editor,
  events,
  hosts,
  life,
  operations,
  ops,
  people,
  picture,
  questions,
  secondStep,
  stepUp,
  ticketTypes,
};
