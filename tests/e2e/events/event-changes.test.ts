// People with a registration are told what changes of their event, live; its online link is theirs
// alone.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { anEvent, aRegistration, register, tokenHolders } from "../../kit/stories.ts";

const UPDATE = operation("UpdateEvent");
const LINK = "query($id: ID!) { event(id: $id) { onlineUrl } }";
const MINE = operation("ViewerRegistrationUpdated");
const WATCHED = `subscription($eventId: ID!, $after: Int) { registrationUpdated(eventId: $eventId, after: $after) {
  seq eventChanges registration { id } event { venue } } }`;

describe("people with a registration", () => {
  test("are told what changed, live, and those who have cancelled are not", async () => {
    const [organizer, ada, bob, cleo] = await tokenHolders(4);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    await aRegistration(ada.token, eventId);
    await aRegistration(bob.token, eventId);
    const gone = await aRegistration(cleo.token, eventId);
    await dataOf(
      operation("CancelRegistration"),
      { input: { registrationId: gone.id } },
      { as: cleo.token },
    );
    const sockets = await Promise.all(
      [ada, bob, cleo].map(({ token }) => connect({ as: token, router: 1 })),
    );
    const [toAda, toBob, toCleo] = sockets.map((socket) => ({
      socket,
      id: socket.subscribe(MINE, { after: 0 }),
    }));
    if (!toAda || !toBob || !toCleo) throw new Error("no sockets");
    for (const { socket, id } of [toAda, toBob, toCleo, toCleo]) await socket.event(id);
    const board = await connect({ as: organizer.token });
    const watched = board.subscribe(WATCHED, { eventId, after: 4 });
    const change = {
      venue: "Room 2",
      endsAt: new Date(Date.now() + 33 * 3_600_000).toISOString(),
      title: "Not told",
    };
    await resultOf(UPDATE, { eventId, ...change }, organizer.token);
    const told = {
      seq: 2,
      prevSeq: 1,
      eventChanges: ["TIME", "PLACE"],
      event: { id: eventId, venue: "Room 2" },
    };
    expect(await toAda.socket.event(toAda.id)).toMatchObject({
      viewerRegistrationUpdated: { ...told, registration: { status: "CONFIRMED" } },
    });
    expect(await toBob.socket.event(toBob.id)).toMatchObject({
      viewerRegistrationUpdated: {
        ...told,
        registration: { status: "WAITLISTED", waitlistPosition: 1 },
      },
    });
    expect(await board.event(watched)).toEqual({
      registrationUpdated: {
        seq: 5,
        eventChanges: ["TIME", "PLACE"],
        registration: null,
        event: { venue: "Room 2" },
      },
    });
    await register(cleo.token, eventId);
    expect(await toCleo.socket.event(toCleo.id)).toMatchObject({
      viewerRegistrationUpdated: { seq: 3, eventChanges: [] },
    });
    for (const socket of [...sockets, board]) socket.close();
  });
});

describe("the online link", () => {
  test("is for people with a seat and those who manage the event, and nowhere else", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    const onlineUrl = "https://meet.example.org/room-7f3a";
    await resultOf(UPDATE, { eventId, onlineUrl }, organizer.token);
    await aRegistration(ada.token, eventId);
    await aRegistration(bob.token, eventId);
    const seen = async (as: string | undefined) =>
      (await dataOf<{ event: { onlineUrl: string | null } }>(LINK, { id: eventId }, { as })).event
        .onlineUrl;
    expect(await seen(organizer.token)).toBe(onlineUrl);
    expect(await seen(ada.token)).toBe(onlineUrl);
    expect(await seen(bob.token)).toBeNull();
    expect(await seen(undefined)).toBeNull();
    const find = { filter: { search: "7f3a" } };
    expect(await dataOf(operation("FindEvents"), find)).toMatchObject({ events: { edges: [] } });
    const { rows } = await withDatabase("events", (client) =>
      client.query(
        `select from outbox where payload::text like '%room-7f3a%'
         union all select from stream_entry where payload::text like '%room-7f3a%'
         union all select from event where search_text like '%7f3a%'`,
      ),
    );
    expect(rows).toHaveLength(0);
  });
});
