// `registrationUpdated` over a real WebSocket at the router: live, resumable, joined with users,
// and refused to strangers.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { codeOf, connect, type Socket } from "../../kit/socket.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

const UPDATED = operation("RegistrationUpdated");
const MINE = operation("ViewerRegistrationUpdated");
/** For people without an account. */
const BARE = `subscription($eventId: ID!, $after: Int) { registrationUpdated(eventId: $eventId, after: $after) {
  seq prevSeq registration { status attendee { id } } } }`;

interface Update {
  readonly registrationUpdated: {
    readonly seq: number;
    readonly prevSeq: number;
    readonly registration: { readonly status: string; readonly attendee: { readonly id: string } };
  };
}

async function take(socket: Socket, id: string, count: number) {
  const updates: Update["registrationUpdated"][] = [];
  while (updates.length < count) {
    updates.push((await socket.event<Update>(id)).registrationUpdated);
  }
  return updates;
}

describe("an organizer", () => {
  test("sees every change as it happens, joined with the person's name from users", async () => {
    const [organizer, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada Live")]);
    const eventId = await anEvent(organizer.token, { capacity: 3 });
    const socket = await connect({ as: organizer.token });
    const id = socket.subscribe(UPDATED, { eventId, after: 0 });
    const registration = await aRegistration(ada.token, eventId, { partySize: 2 });
    expect(await socket.event(id)).toEqual({
      registrationUpdated: {
        seq: 1,
        prevSeq: 0,
        registration: {
          id: registration.id,
          status: "CONFIRMED",
          partySize: 2,
          waitlistPosition: null,
          cancelledBy: null,
          offerExpiresAt: null,
          isTooLarge: false,
          ticketType: null,
          attendee: { id: ada.id, displayName: "Ada Live" },
        },
        eventChanges: [],
        event: { id: eventId, seatsTaken: 2, seatsLeft: 1, waitlistLength: 0 },
      },
    });
    await cancelRegistration(ada.token, registration.id);
    expect(await socket.event(id)).toMatchObject({
      registrationUpdated: { seq: 2, prevSeq: 1, registration: { status: "CANCELLED" } },
    });
    socket.close();
  });

  test("resumes behind any seq: the rest of the log first, then live, nothing twice", async () => {
    const [organizer, ...people] = await tokenHolders(6);
    const eventId = await anEvent(organizer.token);
    for (const person of people.slice(0, 4)) await register(person.token, eventId);
    const socket = await connect({ as: organizer.token });
    const ids = [0, 1, 2, 3, 4].map((after) => socket.subscribe(BARE, { eventId, after }));
    for (const [after, id] of ids.entries()) {
      const replayed = await take(socket, id, 4 - after);
      expect(replayed.map(({ seq, prevSeq }) => [seq, prevSeq])).toEqual(
        [1, 2, 3, 4].slice(after).map((seq) => [seq, seq - 1]),
      );
    }
    await register(people[4].token, eventId);
    for (const id of ids) {
      expect(await take(socket, id, 1)).toMatchObject([{ seq: 5, prevSeq: 4 }]);
    }
    socket.close();
  });

  test("receives the changes of both replicas in order, while many people register at both", async () => {
    const organizer = await aTokenHolder();
    const people = await tokenHolders(30);
    const eventId = await anEvent(organizer.token, { capacity: 10 });
    const watchers = await Promise.all(
      [0, 1].map(async (router) => {
        const socket = await connect({ as: organizer.token, router });
        return { socket, id: socket.subscribe(BARE, { eventId, after: 0 }) };
      }),
    );
    await Promise.all(people.map((person, at) => register(person.token, eventId, {}, at % 2)));
    for (const { socket, id } of watchers) {
      const updates = await take(socket, id, people.length);
      expect(updates.map((update) => update.seq)).toEqual(people.map((_, index) => index + 1));
      const statuses = updates.map((update) => update.registration.status);
      expect(statuses.filter((status) => status === "CONFIRMED")).toHaveLength(10);
      expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "CONFIRMED"));
      expect(new Set(updates.map((update) => update.registration.attendee.id)).size).toBe(30);
      socket.close();
    }
  });

  test("that subscribes without `after` receives later changes only", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token);
    await register(ada.token, eventId);
    const socket = await connect({ as: organizer.token });
    const ids = [undefined, null].map((after) => socket.subscribe(BARE, { eventId, after }));
    const replay = socket.subscribe(BARE, { eventId, after: 1 });
    // Streams of one socket open in order: if a later one answers, the earlier ones are open.
    const probe = socket.subscribe(BARE, { eventId, after: 0 });
    await socket.event(probe);
    await register(bob.token, eventId);
    expect(await take(socket, replay, 1)).toMatchObject([{ seq: 2 }]);
    for (const id of ids) expect(await take(socket, id, 1)).toMatchObject([{ seq: 2, prevSeq: 1 }]);
    socket.close();
  });
});

test("a person receives their own promotion", async () => {
  const [organizer, ada, bob] = await tokenHolders(3);
  const eventId = await anEvent(organizer.token, { capacity: 1 });
  const registration = await aRegistration(ada.token, eventId);
  const socket = await connect({ as: bob.token });
  const id = socket.subscribe(MINE, { after: 0 });
  await register(bob.token, eventId);
  await cancelRegistration(ada.token, registration.id);
  expect([await socket.event(id), await socket.event(id)]).toMatchObject([
    {
      viewerRegistrationUpdated: {
        seq: 1,
        registration: { status: "WAITLISTED", waitlistPosition: 1 },
      },
    },
    {
      viewerRegistrationUpdated: {
        seq: 2,
        registration: { status: "CONFIRMED", waitlistPosition: null },
      },
    },
  ]);
  socket.close();
});

describe("a stream", () => {
  const refusals = async (as: string | undefined, variables: object) => {
    const socket = await connect({ as });
    const frame = await socket.next(socket.subscribe(BARE, { ...variables }));
    socket.close();
    expect(frame.type).toBe("error");
    return codeOf(frame);
  };

  test("is refused to a stranger, to an anonymous client and for invalid arguments", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const draft = await anEvent(organizer.token, { isDraft: true });
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    expect(await refusals(ada.token, { eventId })).toBe("FORBIDDEN");
    expect(await refusals(undefined, { eventId })).toBe("UNAUTHENTICATED");
    expect(await refusals(ada.token, { eventId: draft })).toBe("NOT_FOUND");
    expect(await refusals(organizer.token, { eventId: "nonsense" })).toBe("NOT_FOUND");
    expect(await refusals(organizer.token, { eventId, after: -1 })).toBe("BAD_USER_INPUT");
    expect(await refusals(organizer.token, { eventId, after: "x" })).toBe("BAD_USER_INPUT");
    expect(await refusals(organizer.token, {})).toBe("BAD_USER_INPUT");
    expect(await refusals(admin, { eventId, after: 7 })).toBe("RESYNC_REQUIRED");
  });

  test("that is refused leaves the other streams of the socket open", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const socket = await connect({ as: organizer.token });
    const good = socket.subscribe(BARE, { eventId, after: 0 });
    for (const query of [
      "{",
      "subscription { nothing }",
      `subscription S { ${"a ".repeat(9_000)} }`,
    ]) {
      expect((await socket.next(socket.subscribe(query))).type).toBe("error");
    }
    await register(ada.token, eventId);
    expect(await take(socket, good, 1)).toMatchObject([{ seq: 1 }]);
    socket.close();
  });
});
