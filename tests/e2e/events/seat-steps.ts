// Runs random or written steps at one event, each step's actions at once at two replicas, and
// checks everything after each step.
import fc from "fast-check";
import { newId } from "../../../kit/data/id.ts";
import {
  approveRegistrations,
  declineRegistration,
} from "../../../subgraphs/events/seats/approvals/actions.ts";
import { answerOffer } from "../../../subgraphs/events/seats/offers/actions.ts";
import { changePartySize } from "../../../subgraphs/events/seats/parties/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import type { EventSettings, Events } from "./harness.ts";
import { type Era, mistakesOf } from "./seat-log.ts";

const KINDS = [
  "register",
  "cancel",
  "remove",
  "accept",
  "decline",
  "approve",
  "refuse",
  "resize",
] as const;

export interface Action {
  readonly kind: (typeof KINDS)[number];
  /** The number of a person. */
  readonly who: number;
  readonly partySize?: number;
}

export interface Step {
  /** The time that passes before it. */
  readonly minutes?: number;
  /** A new capacity, before the actions. */
  readonly capacity?: number | null;
  /** Whether the jobs that are due run beside the actions. */
  readonly works?: boolean;
  readonly actions: readonly Action[];
}

const PEOPLE = 12;

const action = fc.record({
  kind: fc.constantFrom("register", "register", "register", ...KINDS),
  who: fc.nat(PEOPLE - 1),
  partySize: fc.integer({ min: 1, max: 5 }),
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    minutes: fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, fc.nat(500)),
    capacity: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 1 }),
    works: fc.boolean(),
    actions: fc.array(action, { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 4, maxLength: 14 },
);

export const settings = fc.record({
  capacity: fc.integer({ min: 1, max: 8 }),
  passesMax: fc.nat(3),
  hasWaitlist: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  offerMinutes: fc.option(fc.integer({ min: 5, max: 60 }), { nil: null }),
  isApprovalRequired: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const MINUTE_MS = 60_000;

/** Runs steps at a new event. Returns what was wrong after any of them. */
export async function run(
  events: Events,
  chosen: EventSettings,
  toDo: readonly Step[],
): Promise<string[]> {
  let now = new Date("2026-05-04T12:00:00Z");
  const organizer = newId();
  const people = Array.from({ length: PEOPLE * 2 }, () => newId());
  const eventId = await events.event(organizer, now, chosen);
  let capacity = chosen.capacity ?? 10;
  const eras: Era[] = [];
  const mistakes = new Set<string>();
  for (const step of toDo) {
    now = new Date(now.getTime() + (step.minutes ?? 0) * MINUTE_MS);
    capacity = step.capacity ?? capacity;
    eras.push({
      from: (await headOf(events, eventId)) + 1,
      now,
      capacity,
      passesMax: chosen.passesMax ?? 3,
    });
    if (step.capacity) await events.change(eventId, now, `capacity = ${step.capacity}`);
    const latest = await latestOf(events, eventId);
    const failed: string[] = [];
    const doing = step.actions.map((each, replica) =>
      act({ events, eventId, organizer, now, replica }, each, people[each.who] ?? "", latest),
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

interface Scene {
  readonly events: Events;
  readonly eventId: string;
  readonly organizer: string;
  readonly now: Date;
  readonly replica: number;
}

async function act(
  { events, eventId, organizer, now, replica }: Scene,
  { kind, partySize = 1 }: Action,
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
