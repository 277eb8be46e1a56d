// Seeds the events: makes the missing ones of each organizer, and publishes all but the drafts.
import { z } from "zod";
import type { Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { EventPlan } from "./events/plan.ts";
import { events, newEventOf } from "./events.ts";
import type { Member, Members } from "./seed-people.ts";

/** The ids of the events, by plan. */
export type EventIds = ReadonlyMap<EventPlan, string>;

const CONCURRENCY = 6;
const PAGE_SIZE_MAX = 100;

const event = z.object({ id: z.string(), title: z.string(), status: z.string() });
const pageOutcome = z.object({ edges: z.array(z.object({ node: event })) });
const createOutcome = z.object({ __typename: z.literal("CreateEventSuccess"), event });
const setOutcome = z.object({ __typename: z.literal("SetQuestionsSuccess") });
const typeOutcome = z.object({ __typename: z.literal("CreateTicketTypeSuccess") });
const publishOutcome = z.object({ __typename: z.literal("PublishEventSuccess") });

export async function seedEvents(
  send: Send,
  members: Members,
  onEvent: () => void,
): Promise<EventIds> {
  const ids = new Map<EventPlan, string>();
  const organizers = new Set(events.map((plan) => plan.organizer));
  await concurrently(CONCURRENCY, organizers, async (account) => {
    const organizer = memberOf(members, account);
    const existing = await eventsOf(send, organizer);
    for (const plan of events.filter((each) => each.organizer === account)) {
      const known = existing.find(({ title }) => title === plan.title);
      ids.set(plan, await seedEvent(send, organizer, plan, known));
      onEvent();
    }
  });
  return ids;
}

type Event = z.infer<typeof event>;

/** All events of the organizer: drafts, past and cancelled ones too. */
async function eventsOf(send: Send, { id, accessToken }: Member): Promise<Event[]> {
  const statuses = ["DRAFT", "PUBLISHED", "CANCELLED"];
  const filter = { organizerId: id, endsAfter: new Date(0), statuses };
  const page = await send({
    operation: "FindEvents",
    variables: { first: PAGE_SIZE_MAX, filter },
    outcome: pageOutcome,
    accessToken,
  });
  return page.edges.map(({ node }) => node);
}

async function seedEvent(
  send: Send,
  { accessToken }: Member,
  plan: EventPlan,
  known: Event | undefined,
): Promise<string> {
  const { id, status } = known ?? (await create(send, accessToken, plan));
  if (!known && plan.questions) {
    const questions = plan.questions.map(({ text, options = [], isRequired }) => ({
      kind: options.length > 0 ? "CHOICE" : "TEXT",
      text,
      options,
      isRequired,
    }));
    const variables = { input: { eventId: id, questions } };
    await send({ operation: "SetQuestions", variables, outcome: setOutcome, accessToken });
  }
  for (const type of known ? [] : (plan.ticketTypes ?? [])) {
    const variables = { input: { eventId: id, ...type } };
    const operation = "CreateTicketType";
    await send({ operation, variables, outcome: typeOutcome, accessToken });
  }
  if (status === "DRAFT" && !plan.isDraft) {
    const variables = { input: { eventId: id } };
    await send({ operation: "PublishEvent", variables, outcome: publishOutcome, accessToken });
  }
  return id;
}

async function create(send: Send, accessToken: string, plan: EventPlan): Promise<Event> {
  const created = await send({
    operation: "CreateEvent",
    variables: { input: newEventOf(plan, new Date()) },
    outcome: createOutcome,
    accessToken,
  });
  return created.event;
}

/** Throws for an account that is not in `members`. */
export function memberOf(members: Members, account: string): Member {
  const member = members.get(account);
  if (!member) throw new Error(`The demo events name ${account}, who is not among the people.`);
  return member;
}
