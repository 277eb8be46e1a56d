// Seeds the registrations, and cancels what is planned to be. The guests of one event register one
// after the other, so that the same guests always get its seats.
import { z } from "zod";
import type { Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { EventPlan, Guest, PlannedQuestion } from "./events/plan.ts";
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
    "EventCancelledProblem",
    "TicketTypeNeededProblem",
  ]),
  registration: z.object({ id: z.string() }).optional(),
});

const approvals = z.object({ outcomes: z.array(z.object({ registrationId: z.string() })) });

const typesOutcome = z.object({ ticketTypes: z.array(z.object({ id: z.string() })) });

const questionsOutcome = z.object({ questions: z.array(z.object({ id: z.string() })) });

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
    const organizer = memberOf(members, plan.organizer);
    const questionIds = plan.questions ? await questionsOf(send, organizer, eventId) : [];
    const typeIds = plan.ticketTypes ? await typesOf(send, organizer, eventId) : [];
    const registrationIds: string[] = [];
    const leaving: [Member, string][] = [];
    for (const [at, guest] of plan.guests.entries()) {
      const answers = questionIds.map((id, of) => answerOf(plan.questions?.[of], id, at));
      const guestOf = memberOf(members, guest.account);
      const ticketTypeId = typeIds[at % typeIds.length] ?? null;
      const wanted = { answers, ticketTypeId };
      const { registration } = await register(send, guestOf, eventId, guest, wanted);
      if (registration) registrationIds.push(registration.id);
      if (registration && plan.givesUp?.includes(guest.account))
        leaving.push([guestOf, registration.id]);
      onRegistration();
    }
    if (plan.approves) await approve(send, organizer, registrationIds.slice(0, plan.approves));
    for (const [guest, id] of leaving) await giveUp(send, guest, id);
    await cancelAsPlanned(send, organizer, plan, eventId);
  });
}

/** The ids of the questions of an event, in order. */
async function questionsOf(
  send: Send,
  { accessToken }: Member,
  eventId: string,
): Promise<string[]> {
  const variables = { id: eventId };
  const outcome = questionsOutcome;
  const event = await send({ operation: "EventQuestions", variables, outcome, accessToken });
  return event.questions.map(({ id }) => id);
}

/** The ids of the ticket types of an event, in order. */
async function typesOf(send: Send, { accessToken }: Member, id: string): Promise<string[]> {
  const operation = "EventTicketTypes";
  const event = await send({ operation, variables: { id }, outcome: typesOutcome, accessToken });
  return event.ticketTypes.map((type) => type.id);
}

/** The answer of the guest at this place in the list. */
function answerOf(planned: PlannedQuestion | undefined, questionId: string, at: number) {
  const answer = planned?.answers[at % planned.answers.length] ?? "";
  return planned?.options ? { questionId, choices: [answer] } : { questionId, text: answer };
}

const cancelOutcome = z.object({ __typename: z.enum(["CancelEventSuccess", "EventEndedProblem"]) });

/** Its guests have registered before. A cancelled event stays as it is. */
async function cancelAsPlanned(
  send: Send,
  { accessToken }: Member,
  { cancelledBecause: reason }: EventPlan,
  eventId: string,
): Promise<void> {
  if (reason === undefined) return;
  const variables = { input: { eventId, reason } };
  await send({ operation: "CancelEvent", variables, outcome: cancelOutcome, accessToken });
}

async function register(
  send: Send,
  { accessToken }: Member,
  eventId: string,
  { partySize }: Guest,
  wanted: { readonly answers: readonly object[]; readonly ticketTypeId: string | null },
): Promise<z.infer<typeof outcome>> {
  const idempotencyKey = `demo-${eventId}-${partySize}`;
  const variables = { input: { eventId, partySize, ...wanted, idempotencyKey } };
  return send({ operation: "RegisterForEvent", variables, outcome, accessToken });
}

const giveUpOutcome = z.object({
  __typename: z.enum(["CancelRegistrationSuccess", "EventEndedProblem", "EventCancelledProblem"]),
});

/** A second time changes nothing. */
async function giveUp(send: Send, { accessToken }: Member, registrationId: string): Promise<void> {
  const variables = { input: { registrationId } };
  const operation = "CancelRegistration";
  await send({ operation, variables, outcome: giveUpOutcome, accessToken });
}

/** One that was declined since is an outcome too, and stays declined. */
async function approve(
  send: Send,
  { accessToken }: Member,
  registrationIds: readonly string[],
): Promise<void> {
  const variables = { input: { registrationIds } };
  const operation = "ApproveRegistrations";
  await send({ operation, variables, outcome: approvals, accessToken });
}

export const registrationCount = events.reduce((sum, { guests }) => sum + guests.length, 0);
