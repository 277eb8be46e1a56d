// The French texts of pages that are loaded on demand. A text that is missing here is a type error.

import type { Translated } from "@meetinity/ui/i18n/translated.ts";
import { picture } from "@meetinity/ui/picture/texts.fr.ts";
import { secondStep } from "@meetinity/ui/session/second-step/texts.fr.ts";
import { stepUp } from "@meetinity/ui/session/step-up/texts.fr.ts";
import { attachments } from "../conversations/attachments/texts.fr.ts";
import { followed } from "../conversations/followed/texts.fr.ts";
import { groups } from "../conversations/groups/texts.fr.ts";
import { rowMenu } from "../conversations/list/texts.fr.ts";
import { messagingProblems } from "../conversations/problems/texts.fr.ts";
import { requests } from "../conversations/requests/texts.fr.ts";
import { answers } from "../events/answers/texts.fr.ts";
import { calendar } from "../events/calendar/texts.fr.ts";
import { discover } from "../events/discover/texts.fr.ts";
import { known } from "../events/known/texts.fr.ts";
import { offers } from "../events/offers/texts.fr.ts";
import { party } from "../events/party/texts.fr.ts";
import { events } from "../events/texts.fr.ts";
import { ticketTypes } from "../events/ticket-types/texts.fr.ts";
import { tickets } from "../events/tickets/texts.fr.ts";
import { notifications } from "../notifications/texts.fr.ts";
import { avatar } from "../people/avatar/texts.fr.ts";
import { blocked } from "../people/blocked/texts.fr.ts";
import { matches } from "../people/matches/texts.fr.ts";
import { profile } from "../people/profile/texts.fr.ts";
import { suggestions } from "../people/suggestions/texts.fr.ts";
import { comingBack } from "../session/leaving/texts.fr.ts";
import { recovery } from "../session/recovery/texts.fr.ts";
import { devices } from "../settings/devices/texts.fr.ts";
import { leaving } from "../settings/leaving/texts.fr.ts";
import { look } from "../settings/look/texts.fr.ts";
import { preferences } from "../settings/notifications/texts.fr.ts";
import { passwords } from "../settings/password/texts.fr.ts";
import { privacy } from "../settings/privacy/texts.fr.ts";
import { secondFactor } from "../settings/second-factor/texts.fr.ts";
import { settings } from "../settings/texts.fr.ts";
import { address } from "../shell/address/texts.fr.ts";
import { welcome } from "../welcome/texts.fr.ts";
import type { enPages } from "./pages.en.ts";

export const frPages: Translated<typeof enPages> = {
  address,
  answers,
  attachments,
  avatar,
  blocked,
  calendar,
  comingBack,
  devices,
  discover,
  events,
  followed,
  groups,
  known,
  leaving,
  look,
  matches,
  messagingProblems,
  notifications,
  offers,
  party,
  passwords,
  picture,
  preferences,
  privacy,
  profile,
  recovery,
  requests,
  rowMenu,
  secondFactor,
  secondStep,
  settings,
  stepUp,
  suggestions,
  ticketTypes,
  tickets,
  welcome,
};
