// The page of one event, by what it is and by how the reader stands to it.
import type { Meta } from "@storybook/react-vite";
import {
  cancelled,
  event,
  farAway,
  full,
  graphql,
  hebrew,
  long,
  over,
  priced,
  registration,
  tickets,
} from "../../stories/fixtures/events.ts";
import { inDays, inMinutes } from "../../stories/fixtures/moments.ts";
import { broken, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Event" };
export default meta;

const shown = (of: object) => screen("/events/one", { Query: { event: of } });

function standing(status: string, more: object = {}, of: object = graphql) {
  const own = registration("own", status, graphql, more);
  return shown({ ...of, viewerRegistration: own });
}

const QUESTIONS = [
  { id: "diet", kind: "TEXT", text: "What do you not eat?", isRequired: true },
  { id: "size", kind: "CHOICE", text: "Size of your shirt", options: ["S", "M", "L"] },
];

export const Full = shown(graphql);
export const Loading = screen("/events/one", { Query: { event: never } });
export const Failed = screen("/events/one", { Query: { event: broken } });
export const Offline = screen("/events/one", { isOffline: true });
export const Unknown = screen("/events/one", { Query: { event: null } });
export const NoSeatsLeft = shown(full);
export const LongTexts = shown(long);
export const RightToLeft = shown(hebrew);
export const InAnotherTimeZone = shown(farAway);
export const Cancelled = shown(cancelled);
export const Over = shown(over);
export const TicketTypes = shown(priced);
export const Questions = shown({ ...graphql, questions: QUESTIONS });
export const NotOpenYet = shown(event("later", "Spring", { registrationOpensAt: inDays(2) }));
export const Confirmed = standing("CONFIRMED", { partySize: 2, tickets: tickets(2) });
export const Waitlisted = standing("WAITLISTED", { waitlistPosition: 3 }, full);
export const Offered = standing("OFFERED", { offerExpiresAt: inMinutes(95) }, full);
export const Pending = standing("PENDING_APPROVAL", {}, long);
export const Declined = standing("DECLINED", { note: "We are full of people like you. Sorry!" });
export const WasThere = standing("CHECKED_IN", { tickets: tickets(1) }, over);
