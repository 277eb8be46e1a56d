// The events of the demo with their registrations, in the order in which they are made: twenty
// published events, a cancelled one and a draft. Data only; it is in events/, by region.
import { africaAsiaAndPacific } from "./events/africa-asia-and-pacific.ts";
import { americas } from "./events/americas.ts";
import { europe } from "./events/europe.ts";
import { frenchSpeaking } from "./events/french-speaking.ts";
import type { EventPlan } from "./events/plan.ts";
import { upcoming } from "./local-time.ts";

export const events: readonly EventPlan[] = [
  ...europe,
  ...frenchSpeaking,
  ...americas,
  ...africaAsiaAndPacific,
];

/** The input of `createEvent`, for an event planned at `now`. */
export function newEventOf(plan: EventPlan, now: Date) {
  const { title, venue, timeZone, capacity, hasWaitlist } = plan;
  const startsAt = upcoming(plan.starts, timeZone, now);
  const endsAt = new Date(startsAt.getTime() + plan.durationMinutes * 60_000);
  const description = plan.description
    .map((part) => part || "\n\n")
    .join(" ")
    .replaceAll(" \n\n ", "\n\n");
  const { onlineUrl = null, language = null } = plan;
  const texts = { title, description, venue, onlineUrl, language };
  const input = { ...texts, startsAt, endsAt, timeZone, capacity, hasWaitlist };
  const { tags, offerMinutes = null, approves } = plan;
  return { ...input, tags, offerMinutes, isApprovalRequired: approves !== undefined };
}
