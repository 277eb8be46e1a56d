// Runs random or written steps at one event, each step's actions at once at two replicas, and
// checks everything after each step.
import { newId } from "../../../kit/data/id.ts";
import type { Context } from "../../../subgraphs/events/context.ts";
import { updateEvent } from "../../../subgraphs/events/planning/changes/actions.ts";
import { cancelEvent } from "../../../subgraphs/events/planning/lifecycle/actions.ts";
import {
  createTicketType,
  updateTicketType,
} from "../../../subgraphs/events/planning/ticket-types/actions.ts";
import {
  approveRegistrations,
  declineRegistration,
  readmitAttendee,
} from "../../../subgraphs/events/seats/approvals/actions.ts";
import { answerOffer } from "../../../subgraphs/events/seats/offers/actions.ts";
import { changePartySize } from "../../../subgraphs/events/seats/parties/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import type { Events } from "./harness.ts";
import { type Era, mistakesOf } from "./seat-log.ts";
import type { TypeRules } from "./seat-model.ts";
import {
  type Action,
  PEOPLE,
  type PlannedType,
  type SeatSettings,
  type Step,
} from "./seat-plans.ts";

const MINUTE_MS = 60_000;

/** Runs steps at a new event. Returns what was wrong after any of them. */
export async function run(
  events: Events,
  { types: planned = [], ...chosen }: SeatSettings,
  toDo: readonly Step[],
): Promise<string[]> {
  let now = new Date("2026-05-04T12:00:00Z");
  const organizer = newId();
  const people = Array.from({ length: PEOPLE * 2 }, () => newId());
  const eventId = await events.event(organizer, now, chosen);
  const types = await makeTypes(events.context(organizer, now), eventId, planned);
  const eras: Era[] = [];
  const mistakes = new Set<string>();
  for (const step of toDo) {
    now = new Date(now.getTime() + (step.minutes ?? 0) * MINUTE_MS);
    for (const change of [
      () => {},
      ...changesOf(events.context(organizer, now, 1), step, eventId, types),
    ]) {
      const from = (await headOf(events, eventId)) + 1;
      await change();
      eras.push({ from, now, ...(await rulesOf(events, eventId)) });
    }
    const latest = await latestOf(events, eventId);
    const failed: string[] = [];
    const doing = step.actions.map((each, replica) =>
      act(
        { events, eventId, organizer, now, replica, types },
        each,
        people[each.who] ?? "",
        latest,
      ),
    );
    const working = step.works ? events.work(now) : Promise.resolve();
    for (const done of await Promise.allSettled([...doing, working])) {
      if (done.status === "rejected") failed.push(String(done.reason));
    }
    const found = await mistakesOf(events, eventId, eras, now);
    for (const mistake of [...failed, ...found]) mistakes.add(mistake);
  }
  return [...mistakes];
}

const CODE = "open sesame";

/** Makes the types of which there is room for the seats that they set aside. */
async function makeTypes(
  boss: Context,
  eventId: string,
  planned: readonly PlannedType[],
): Promise<string[]> {
  const made: string[] = [];
  for (const [at, { quota: seats, isReserved = false }] of planned.entries()) {
    const free = { description: null, priceMinor: null, currency: null, partySizeMax: null };
    const fields = { ...free, name: `Type ${at}`, quota: seats, isReserved, isHidden: true };
    const outcome = await createTicketType(boss, eventId, fields, CODE);
    if (outcome.kind === "created") made.push(outcome.ticketType.id);
  }
  return made;
}

/** The changes by the organizer before the actions of a step. */
function changesOf(
  boss: Context,
  { capacity, change, cancels }: Step,
  eventId: string,
  types: readonly string[],
): (() => Promise<unknown>)[] {
  const type = change && types[change.type];
  const unseen = { code: null, expectedVersion: null };
  const patch = change && { quota: change.quota, isReserved: change.isReserved ?? false };
  return [
    ...(capacity ? [() => updateEvent(boss, eventId, { capacity }, null)] : []),
    ...(type && patch ? [() => updateTicketType(boss, type, patch, unseen)] : []),
    ...(cancels ? [() => cancelEvent(boss, eventId, "No room")] : []),
  ];
}

async function rulesOf(events: Events, eventId: string) {
  const [event] = await events.sql<Omit<Era, "from" | "now" | "types">>(
    `select capacity, passes_max as "passesMax", status = 'CANCELLED' as "isCancelled"
     from event where id = $1`,
    [eventId],
  );
  if (!event) throw new Error("no event");
  const types = await events.sql<TypeRules>(
    'select id, quota, is_reserved as "isReserved" from ticket_type where event_id = $1',
    [eventId],
  );
  return { ...event, types };
}

interface Scene {
  readonly events: Events;
  readonly eventId: string;
  readonly organizer: string;
  readonly now: Date;
  readonly replica: number;
  readonly types: readonly string[];
}

async function act(
  { events, eventId, organizer, now, replica, types }: Scene,
  { kind, partySize = 1, type }: Action,
  who: string,
  latest: ReadonlyMap<string, string>,
): Promise<unknown> {
  const own = events.context(who, now, replica);
  const boss = events.context(organizer, now, replica);
  const id = latest.get(who) ?? newId();
  switch (kind) {
    case "register":
      return registerForEvent(own, {
        eventId,
        partySize,
        isHidden: false,
        ticketTypeId: (type !== undefined && types[type]) || null,
        ticketCode: CODE,
        answers: [],
        idempotencyKey: null,
      });
    case "cancel":
      return cancelRegistration(own, id);
    case "remove":
      return cancelRegistration(boss, id);
    case "accept":
    case "decline":
      return answerOffer(own, id, kind);
    case "approve":
      return approveRegistrations(boss, [...latest.values()].slice(0, partySize));
    case "refuse":
      return declineRegistration(boss, id, "No");
    case "readmit":
      return readmitAttendee(boss, id);
    case "resize":
      return changePartySize(own, id, partySize);
  }
}

async function headOf(events: Events, eventId: string): Promise<number> {
  const text = 'select last_seq as "head" from stream where id = $1';
  const [row] = await events.sql<{ head: number }>(text, [`event:${eventId}`]);
  return row?.head ?? 0;
}

/** The latest registration of each person. */
async function latestOf(events: Events, eventId: string): Promise<Map<string, string>> {
  const rows = await events.sql<{ id: string; who: string }>(
    "select id, attendee_id as who from registration where event_id = $1 order by requested_seq",
    [eventId],
  );
  return new Map(rows.map(({ id, who }) => [who, id]));
}
