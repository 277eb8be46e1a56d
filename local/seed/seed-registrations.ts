// Seeds the registrations. The guests of one event register one after the other, so that the same
// guests always get its seats.
import { z } from "zod";
import type { Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { Guest } from "./events/plan.ts";
import { events } from "./events.ts";
import { type EventIds, memberOf } from "./seed-events.ts";
import type { Member, Members } from "./seed-people.ts";

const CONCURRENCY = 6;

/** Problems: a user of the demo changed something between two runs. The seed keeps that. */
const outcome = z.object({
  __typename: z.enum([
    "RegisterForEventSuccess",
    "AlreadyRegisteredProblem",
    "EventFullProblem",
    "EventEndedProblem",
  ]),
});

export async function seedRegistrations(
  send: Send,
  members: Members,
  eventIds: EventIds,
  onRegistration: () => void,
): Promise<void> {
  // A long list that starts last would run alone at the end.
  const longestFirst = events.toSorted((a, b) => b.guests.length - a.guests.length);
  await concurrently(CONCURRENCY, longestFirst, async (plan) => {
    const eventId = eventIds.get(plan);
    if (!eventId) throw new Error(`"${plan.title}" was not seeded before its registrations.`);
    for (const guest of plan.guests) {
      await register(send, memberOf(members, guest.account), eventId, guest);
      onRegistration();
    }
  });
}

async function register(
  send: Send,
  { accessToken }: Member,
  eventId: string,
  { partySize }: Guest,
): Promise<void> {
  const idempotencyKey = `demo-${eventId}-${partySize}`;
  const variables = { input: { eventId, partySize, idempotencyKey } };
  await send({ operation: "RegisterForEvent", variables, outcome, accessToken });
}

export const registrationCount = events.reduce((sum, { guests }) => sum + guests.length, 0);
