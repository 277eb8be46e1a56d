// People are told once that an offer ends within an hour, if it still stands then.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { cancelEvent } from "../../../subgraphs/events/planning/lifecycle/actions.ts";
import { answerOffer } from "../../../subgraphs/events/seats/offers/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import { type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00.000Z");
const MINUTE_MS = 60_000;
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);

let events: Events;
beforeAll(async () => {
  events = await openEvents();
});
afterAll(() => events.close());

async function join(who: string, eventId: string): Promise<string> {
  const outcome = await registerForEvent(events.context(who, NOW), {
    ...{ eventId, partySize: 1, isHidden: false, ticketTypeId: null, ticketCode: null },
    ...{ answers: [], idempotencyKey: null },
  });
  if (outcome.kind !== "registered") throw new Error(outcome.kind);
  return outcome.registration.id;
}

/** One seat, which is offered for so long to a person who waited. */
async function anOffer(offerMinutes: number) {
  const organizerId = newId();
  const eventId = await events.event(organizerId, NOW, { capacity: 1, offerMinutes });
  const [first, personId] = [newId(), newId()];
  const registrationId = await join(first, eventId);
  const offerId = await join(personId, eventId);
  await cancelRegistration(events.context(first, NOW), registrationId);
  return { eventId, organizerId, personId, offerId };
}

interface Told {
  readonly personId: string;
  readonly offerExpiresAt: string;
}

const toldOf = async (eventId: string) =>
  (
    await events.sql<{ payload: Told }>(
      `select payload from outbox where topic = 'events.notice.raised.v1'
       and payload->>'kind' = 'OFFER_LAPSING' and payload->>'eventId' = $1`,
      [eventId],
    )
  ).map(({ payload: { personId, offerExpiresAt } }) => ({ personId, offerExpiresAt }));

test("an hour before its end, the person of an offer is told, once", async () => {
  const { eventId, personId } = await anOffer(180);
  await events.work(after(119));
  expect(await toldOf(eventId)).toEqual([]);
  await events.work(after(120));
  await events.work(after(121));
  const offerExpiresAt = after(180).toISOString();
  expect(await toldOf(eventId)).toEqual([{ personId, offerExpiresAt }]);
});

test.each(["accept", "decline"] as const)("after they %s it, they are not told", async (answer) => {
  const { eventId, personId, offerId } = await anOffer(180);
  await answerOffer(events.context(personId, NOW), offerId, answer);
  await events.work(after(121));
  expect(await toldOf(eventId)).toEqual([]);
});

test("of an offer of less than two hours, and of a cancelled event, nobody is told", async () => {
  const short = await anOffer(119);
  const cancelled = await anOffer(180);
  await cancelEvent(events.context(cancelled.organizerId, NOW), cancelled.eventId, "Rain");
  await events.work(after(121));
  expect(await toldOf(short.eventId)).toEqual([]);
  expect(await toldOf(cancelled.eventId)).toEqual([]);
});
