// People register for a small event while both replicas of events and PostgreSQL are killed: the
// event is never oversold, and every verdict is stored once.
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { withDatabase } from "../kit/database.ts";
import {
  anEvent,
  aTokenHolder,
  type Registration,
  type TokenHolder,
  tokenHolders,
} from "../kit/stories.ts";
import { deliveryFaults, type Kept, storageFaults } from "./checks.ts";
import { type Load, repeat, startLoad } from "./load.ts";
import { seededRandom } from "./random.ts";
import { closeStack, killUnderLoad, openStack } from "./stack.ts";
import { type Positioned, watchAll } from "./watcher.ts";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  stack = await openStack({ events: 2 });
});
afterAll(() => closeStack(stack, hasFailed));

const CAPACITY = 5;

interface Registered {
  readonly registerForEvent: { readonly __typename: string; readonly registration?: Registration };
}

/** Registers and cancels until the load ends. Returns what was accepted, and the last id. */
async function comeAndGo(
  load: Load,
  me: TokenHolder,
  eventId: string,
  at: number,
): Promise<Kept[]> {
  const accepted: Kept[] = [];
  await repeat(load, async (turn) => {
    const idempotencyKey = `${me.id} ${turn}`;
    const input = { eventId, idempotencyKey };
    const { registerForEvent } = await load.insist<Registered>(
      "RegisterForEvent",
      input,
      me.token,
      at % 2,
    );
    const { registration } = registerForEvent;
    if (!registration) throw new Error(`refused: ${registerForEvent.__typename}`);
    accepted.push({ key: idempotencyKey, value: registration.id });
    const cancel = { registrationId: registration.id };
    if (load.isOn()) await load.insist("CancelRegistration", cancel, me.token, (at + 1) % 2);
  });
  return accepted;
}

interface Entry {
  readonly id: string;
  readonly status: string;
}

/** The log of an event's registrations. */
async function logOf(eventId: string): Promise<Entry[]> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<Entry>(
      `select payload->>'id' as id, payload->>'status' as status
       from stream_entry where stream_id = $1 order by seq`,
      [`event:${eventId}`],
    );
    return rows;
  });
}

/** The most registrations with a seat at one time, by the log. */
function mostSeated(log: readonly Entry[]): number {
  const seated = new Set<string>();
  let most = 0;
  for (const { id, status } of log) {
    if (status === "CONFIRMED") seated.add(id);
    else seated.delete(id);
    most = Math.max(most, seated.size);
  }
  return most;
}

async function storedFor(eventId: string): Promise<Kept[]> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<Kept>(
      "select idempotency_key as key, id as value from registration where event_id = $1",
      [eventId],
    );
    return rows;
  });
}

/** The counters of the event, and a recount of its registrations. */
async function ledgerOf(eventId: string) {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query(
      `select seats_taken as counted, waitlist_length as waiting,
         count(*) filter (where r.status = 'CONFIRMED')::int as seated,
         count(*) filter (where r.status = 'WAITLISTED')::int as waitlisted
       from event e join registration r on r.event_id = e.id where e.id = $1 group by e.id`,
      [eventId],
    );
    return rows[0] as { counted: number; waiting: number; seated: number; waitlisted: number };
  });
}

interface Update extends Positioned {
  readonly registration: Entry;
}

const WATCH = `subscription($eventId: ID!, $after: Int) {
  registrationUpdated(eventId: $eventId, after: $after) { seq prevSeq registration { id status } } }`;

test("despite kills, seats are never oversold and every verdict is stored and delivered once", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const random = seededRandom();
  const load = startLoad();
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token, { capacity: CAPACITY });
  const watchers = [0, 1].map((router) => {
    const { token } = organizer;
    const field = "registrationUpdated";
    return watchAll<Update>({ token, router, query: WATCH, variables: { eventId }, field });
  });
  const people: TokenHolder[] = await tokenHolders(12);
  const lives = Promise.all(people.map((me, at) => comeAndGo(load, me, eventId, at)));
  const victims = ["events", "events-2", "postgres"];
  await Promise.race([lives, killUnderLoad(stack, [...victims, ...victims], load, random)]);
  load.end();
  const accepted = (await lives).flat();
  console.log(accepted.length, "registrations", load.story());

  expect(storageFaults(accepted, await storedFor(eventId))).toEqual([]);
  const log = await logOf(eventId);
  expect(mostSeated(log)).toBe(CAPACITY);
  const { counted, waiting, seated, waitlisted } = await ledgerOf(eventId);
  expect([counted, waiting]).toEqual([seated, waitlisted]);
  for (const watcher of watchers) {
    await watcher.reached(log.length);
    await watcher.stop();
    const shown = ({ registration }: Update) => registration;
    expect(deliveryFaults(watcher.events, log, shown)).toEqual([]);
    for (const end of watcher.ends) expect(end).toBe("SUBGRAPH_UNAVAILABLE");
  }
});
