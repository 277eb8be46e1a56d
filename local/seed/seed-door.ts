// Seeds an event whose door is open: it starts in an hour, and some of its guests have come.
import { z } from "zod";
import type { Send } from "./client.ts";
import { memberOf } from "./seed-events.ts";
import type { Member, Members } from "./seed-people.ts";

const HOUR_MS = 3_600_000;
const ORGANIZER = "grace";

const EVENT = {
  title: "An Evening with the Door Open",
  description:
    "We try out tickets: show yours at the door, or let people in from the portal. It begins soon.",
  venue: "Harbour House, Long Wharf 4, Boston",
  timeZone: "America/New_York",
  capacity: 12,
  tags: ["meetup", "community"],
};

/** The people who register, their party sizes, and how many of them have come. */
const GUESTS = [
  { account: "ada", partySize: 2, come: 1 },
  { account: "linus", partySize: 1, come: 1 },
  { account: "rohan", partySize: 3, come: 0 },
  { account: "aylin", partySize: 1, come: 0 },
] as const;

const event = z.object({ id: z.string(), title: z.string() });
const page = z.object({ edges: z.array(z.object({ node: event })) });
const created = z.object({ __typename: z.literal("CreateEventSuccess"), event });
const published = z.object({ __typename: z.literal("PublishEventSuccess") });
const registered = z.object({ __typename: z.literal("RegisterForEventSuccess") });
const own = z.object({
  viewerRegistration: z.object({ tickets: z.array(z.object({ code: z.string() })) }),
});
const come = z.object({ __typename: z.literal("CheckInSuccess") });

/** Does nothing when an earlier run has made the event. */
export async function seedDoor(send: Send, members: Members): Promise<void> {
  const organizer = memberOf(members, ORGANIZER);
  if (await isMade(send, organizer)) return;
  const { accessToken } = organizer;
  const startsAt = new Date(Date.now() + HOUR_MS);
  const input = { ...EVENT, startsAt, endsAt: new Date(startsAt.getTime() + 3 * HOUR_MS) };
  const made = await send({
    operation: "CreateEvent",
    variables: { input },
    outcome: created,
    accessToken,
  });
  const eventId = made.event.id;
  const variables = { input: { eventId } };
  await send({ operation: "PublishEvent", variables, outcome: published, accessToken });
  for (const guest of GUESTS) {
    const codes = await ticketsOf(send, memberOf(members, guest.account), eventId, guest.partySize);
    for (const [at, code] of codes.slice(0, guest.come).entries()) {
      const nonce = `demo-${guest.account}-${at}`;
      const scan = { input: { eventId, code, nonce, gate: "North" } };
      await send({ operation: "CheckIn", variables: scan, outcome: come, accessToken });
    }
  }
}

async function isMade(send: Send, { id, accessToken }: Member): Promise<boolean> {
  const filter = { organizerId: id, endsAfter: new Date(0) };
  const variables = { first: 100, filter };
  const found = await send({ operation: "FindEvents", variables, outcome: page, accessToken });
  return found.edges.some(({ node }) => node.title === EVENT.title);
}

async function ticketsOf(
  send: Send,
  { accessToken }: Member,
  eventId: string,
  partySize: number,
): Promise<string[]> {
  const variables = { input: { eventId, partySize } };
  await send({ operation: "RegisterForEvent", variables, outcome: registered, accessToken });
  const found = await send({
    operation: "MyTickets",
    variables: { eventId },
    outcome: own,
    accessToken,
  });
  return found.viewerRegistration.tickets.map(({ code }) => code);
}
