// The English texts of pages that are loaded on demand, and so are their texts.
import { picture } from "@meetinity/ui/picture/texts.en.ts";
import { secondStep } from "@meetinity/ui/session/second-step/texts.en.ts";
import { stepUp } from "@meetinity/ui/session/step-up/texts.en.ts";
import { board } from "../events/board/texts.en.ts";
import { cover } from "../events/cover/texts.en.ts";
import { door } from "../events/door/texts.en.ts";
import { editor } from "../events/editor/texts.en.ts";
import { hosts } from "../events/hosts/texts.en.ts";
import { life } from "../events/life/texts.en.ts";
import { questions } from "../events/questions/texts.en.ts";
import { events } from "../events/texts.en.ts";
import { ticketTypes } from "../events/ticket-types/texts.en.ts";
import { operations } from "../operations/texts.en.ts";
import { ops } from "../ops/texts.en.ts";
import { people } from "../people/texts.en.ts";

export const enPages = {
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
