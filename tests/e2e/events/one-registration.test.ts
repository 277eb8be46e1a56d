// A person has one active registration for an event, however many requests come at once, and a
// refused request leaves no trace: its key can be used again. Controls without the guards.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { registerForEvent } from "../../../subgraphs/events/seats/registrations/actions.ts";
import { resultOf } from "../../kit/client.ts";
import { anEvent, aRegistration, register, tokenHolders } from "../../kit/stories.ts";
import { openEvents, type Rewrite } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
const CROWD = 20;

test("of many requests of a person at once, over two replicas, one registers", async () => {
  const [organizer, ada] = await tokenHolders(2);
  const eventId = await anEvent(organizer.token);
  const answers = await Promise.all(
    Array.from({ length: CROWD }, (_, at) => register(ada.token, eventId, {}, at % 2)),
  );
  const names = answers.map(({ __typename }) => __typename).sort();
  expect(names).toEqual([
    ...Array(CROWD - 1).fill("AlreadyRegisteredProblem"),
    "RegisterForEventSuccess",
  ]);
  expect(new Set(answers.map(({ registration }) => registration?.id)).size).toBe(1);
});

test("a refused request stores nothing: with the same key it succeeds when there is a seat", async () => {
  const [organizer, ada, bob] = await tokenHolders(3);
  const eventId = await anEvent(organizer.token, { capacity: 1, hasWaitlist: false });
  await aRegistration(bob.token, eventId);
  const wish = { idempotencyKey: "wish" };
  expect(await register(ada.token, eventId, wish)).toMatchObject({
    __typename: "EventFullProblem",
  });
  await resultOf(operation("UpdateEvent"), { eventId, capacity: 2 }, organizer.token);
  const first = await register(ada.token, eventId, wish);
  expect(first).toMatchObject({ __typename: "RegisterForEventSuccess" });
  expect(await register(ada.token, eventId, wish, 1)).toEqual(first);
});

const locked: Rewrite = (sql) => sql;
const unlocked: Rewrite = (sql) =>
  sql.includes("erasures.writers.admitAndLock")
    ? sql.replace("for no key update of stream", "")
    : sql;

/** The most active registrations that one person has got at an event. */
async function mostActive(rewrite: Rewrite, isIndexed: boolean): Promise<number> {
  const events = await openEvents(rewrite);
  try {
    if (!isIndexed) await events.sql("drop index registration_active_key");
    let most = 0;
    // A race needs luck: several events.
    for (let tries = 0; tries < 20 && most < 2; tries += 1) {
      const [ada, eventId] = [newId(), await events.event(newId(), NOW, { capacity: 50 })];
      const request = {
        eventId,
        partySize: 1,
        isHidden: false,
        ticketTypeId: null,
        ticketCode: null,
        answers: [],
        idempotencyKey: null,
      };
      await Promise.allSettled(
        Array.from({ length: CROWD }, (_, at) =>
          registerForEvent(events.context(ada, NOW, at), request),
        ),
      );
      const rows = await events.sql("select from registration where event_id = $1", [eventId]);
      most = Math.max(most, rows.length);
    }
    return most;
  } finally {
    await events.close();
  }
}

test("without the lock the index still keeps the registrations of a person to one", async () => {
  expect(await mostActive(locked, true)).toBe(1);
  expect(await mostActive(unlocked, true)).toBe(1);
}, 120_000);

test("without the lock and the index a person gets several", async () => {
  expect(await mostActive(unlocked, false)).toBeGreaterThan(1);
}, 120_000);
