// An erased account: its seats go to those who wait, its drafts go, what it published stays without
// an organizer, and takes no more registrations.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { eraseIn, tellErasure, tellFact, untilErased } from "../../kit/erasures.ts";
import { placesOf } from "../../kit/places.ts";
import { connect } from "../../kit/socket.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  aTokenHolder,
  register,
  tokenHolders,
} from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

const SEATS =
  "query($id: ID!) { event(id: $id) { title seatsTaken waitlistLength organizer { displayName } } }";
const ATTENDEES =
  "query($id: ID!) { event(id: $id) { seatsTaken attendees { edges { node { id displayName } } } } }";
const MINE = operation("ViewerRegistrationUpdated");

/** An admin with a valid token, without an account. */
async function adminHolder() {
  const id = newId();
  return {
    id,
    token: await accessToken({ userId: id, scopes: ["registrations:write", "verified", "admin"] }),
  };
}

/** Ends an event, as time would. */
async function pass(eventId: string): Promise<void> {
  await withDatabase("events", (client) =>
    client.query(
      `update event set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
       where id = $1`,
      [eventId],
    ),
  );
}

describe("the registrations of an erased account", () => {
  test("are cancelled, and the next in the waitlist gets the seats, live", async () => {
    const [organizer, ada, bob] = await Promise.all([aPerson(), aPerson(), aPerson()]);
    const eventId = await anEvent(organizer.token, { capacity: 2 });
    const own = await aRegistration(ada.token, eventId, { partySize: 2, idempotencyKey: "secret" });
    await aRegistration(bob.token, eventId);
    const socket = await connect({ as: bob.token });
    const id = socket.subscribe(MINE, { after: 1 });
    await eraseIn("events", ada.id);
    expect(await socket.event(id)).toMatchObject({
      viewerRegistrationUpdated: { seq: 2, registration: { status: "CONFIRMED" } },
    });
    expect(await dataOf(SEATS, { id: eventId }, { as: bob.token })).toMatchObject({
      event: { seatsTaken: 1, waitlistLength: 0 },
    });
    const { rows } = await withDatabase("events", (client) =>
      client.query(`select status, idempotency_key, request_hash from registration where id = $1`, [
        own.id,
      ]),
    );
    expect(rows).toEqual([{ status: "CANCELLED", idempotency_key: null, request_hash: "" }]);
    socket.close();
  });

  test("stay counted at an event that is over, and the person is in no list", async () => {
    const [organizer, ada, bob] = await Promise.all([aPerson(), aPerson(), aPerson("Bob")]);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    await aRegistration(ada.token, eventId);
    await aRegistration(bob.token, eventId);
    await pass(eventId);
    await eraseIn("events", ada.id);
    const list = { event: { seatsTaken: 1, attendees: { edges: [] } } };
    expect(await dataOf(ATTENDEES, { id: eventId }, { as: organizer.token })).toEqual(list);
    expect(await dataOf(ATTENDEES, { id: eventId }, { as: bob.token })).toEqual(list);
  });

  test("that are made at once with the erasure do not survive it, at any replica", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const events = await Promise.all(
      Array.from({ length: 20 }, () => anEvent(organizer.token, { capacity: 1 })),
    );
    const erasing = tellErasure(ada.id);
    await Promise.all(
      events.map((eventId, at) =>
        ask(
          operation("RegisterForEvent"),
          { input: { eventId } },
          { as: ada.token, router: at % 2 },
        ),
      ),
    );
    await untilErased("events", await erasing);
    const { rows } = await withDatabase("events", (client) =>
      client.query(
        `select from registration where attendee_id = $1 and status <> 'CANCELLED'
         union all select from event where id = any($2) and seats_taken > 0`,
        [ada.id, events],
      ),
    );
    expect(rows).toHaveLength(0);
  });
});

describe("the events of an erased account", () => {
  test("stay when they are published, without an organizer, and take no registrations", async () => {
    const [organizer, ada, bob] = await Promise.all([aPerson(), aPerson(), aPerson()]);
    const title = "Rust in the park";
    const eventId = await anEvent(organizer.token, { title, capacity: 1 });
    const first = await aRegistration(ada.token, eventId);
    await aRegistration(bob.token, eventId);
    await eraseIn("events", organizer.id);
    await withDatabase("users", (client) =>
      client.query("delete from person where id = $1", [organizer.id]),
    );
    expect(await dataOf(SEATS, { id: eventId }, { as: bob.token })).toEqual({
      event: { title, seatsTaken: 1, waitlistLength: 1, organizer: null },
    });
    const late = await aTokenHolder();
    expect(await register(late.token, eventId)).toEqual({
      __typename: "RegistrationClosedProblem",
      closedAt: null,
      reason: "The organizer has left Meetinity: this event takes no more registrations.",
    });
    await dataOf(
      operation("CancelRegistration"),
      { input: { registrationId: first.id } },
      { as: ada.token },
    );
    expect(await dataOf(SEATS, { id: eventId }, { as: bob.token })).toMatchObject({
      event: { seatsTaken: 1, waitlistLength: 0 },
    });
  });

  test("go with all their texts while they are drafts", async () => {
    const ada = await aTokenHolder();
    const word = `d${newId().replaceAll("-", "")}`;
    const texts = { title: word, description: word, venue: word, tags: [word] };
    const eventId = await anEvent(ada.token, { ...texts, isDraft: true });
    await aRegistration(ada.token, eventId);
    expect(await placesOf("events", word)).toContain("event.search_text");
    await eraseIn("events", ada.id);
    expect(await placesOf("events", word)).toEqual([]);
    expect(await placesOf("events", eventId)).toEqual(["outbox.payload"]);
  });

  test("lose their texts as drafts for which an admin has registered", async () => {
    const [ada, admin] = await Promise.all([aTokenHolder(), adminHolder()]);
    const word = `d${newId().replaceAll("-", "")}`;
    const eventId = await anEvent(ada.token, { title: word, tags: [word], isDraft: true });
    await aRegistration(admin.token, eventId);
    await eraseIn("events", ada.id);
    expect(await placesOf("events", word)).toEqual([]);
    const socket = await connect({ as: admin.token });
    const query = `subscription { viewerRegistrationUpdated(after: 0) { seq event { title } } }`;
    expect(await socket.event(socket.subscribe(query))).toEqual({
      viewerRegistrationUpdated: { seq: 1, event: { title: "–" } },
    });
    socket.close();
  });
});

test("an erased account leaves its bare id as an organizer, at past events and in their logs", async () => {
  const [ada, bob] = await tokenHolders(2);
  const published = await anEvent(ada.token);
  await aRegistration(bob.token, published);
  await aRegistration(ada.token, await anEvent(bob.token));
  const block = { blockerId: bob.id, blockedId: ada.id, isBlocked: true };
  await tellFact("users.block.changed.v1", `${bob.id}:${ada.id}`, block);
  await eraseIn("events", ada.id);
  await tellFact("users.block.changed.v1", `${ada.id}:${bob.id}`, block);
  await eraseIn("events", newId());
  expect(await placesOf("events", ada.id)).toEqual([
    "erasure.user_id",
    "event.organizer_id",
    "outbox.key",
    "outbox.payload",
    "registration.attendee_id",
    "stream_entry.payload",
  ]);
});
