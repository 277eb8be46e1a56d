// The English texts of pages that are loaded on demand, and so are their texts.

import { picture } from "@meetinity/ui/picture/texts.en.ts";
import { secondStep } from "@meetinity/ui/session/second-step/texts.en.ts";
import { stepUp } from "@meetinity/ui/session/step-up/texts.en.ts";
import { attachments } from "../conversations/attachments/texts.en.ts";
import { followed } from "../conversations/followed/texts.en.ts";
import { groups } from "../conversations/groups/texts.en.ts";
import { rowMenu } from "../conversations/list/texts.en.ts";
import { messagingProblems } from "../conversations/problems/texts.en.ts";
import { requests } from "../conversations/requests/texts.en.ts";
import { answers } from "../events/answers/texts.en.ts";
import { calendar } from "../events/calendar/texts.en.ts";
import { discover } from "../events/discover/texts.en.ts";
import { known } from "../events/known/texts.en.ts";
import { offers } from "../events/offers/texts.en.ts";
import { party } from "../events/party/texts.en.ts";
import { events } from "../events/texts.en.ts";
import { ticketTypes } from "../events/ticket-types/texts.en.ts";
import { tickets } from "../events/tickets/texts.en.ts";
import { notifications } from "../notifications/texts.en.ts";
import { avatar } from "../people/avatar/texts.en.ts";
import { blocked } from "../people/blocked/texts.en.ts";
import { matches } from "../people/matches/texts.en.ts";
import { profile } from "../people/profile/texts.en.ts";
import { suggestions } from "../people/suggestions/texts.en.ts";
import { comingBack } from "../session/leaving/texts.en.ts";
import { recovery } from "../session/recovery/texts.en.ts";
import { devices } from "../settings/devices/texts.en.ts";
import { leaving } from "../settings/leaving/texts.en.ts";
import { look } from "../settings/look/texts.en.ts";
import { preferences } from "../settings/notifications/texts.en.ts";
import { passwords } from "../settings/password/texts.en.ts";
import { privacy } from "../settings/privacy/texts.en.ts";
import { secondFactor } from "../settings/second-factor/texts.en.ts";
import { settings } from "../settings/texts.en.ts";
import { address } from "../shell/address/texts.en.ts";
import { welcome } from "../welcome/texts.en.ts";

export const enPages = {
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
