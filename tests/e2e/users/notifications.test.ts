// Notifications: what happens in events and matching reaches the person it concerns, once, live,
// and in their language; what is read and seen is so on all devices; and nobody else sees it.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { aPairWithOneSkill, match } from "../../kit/pairs.ts";
import { connect } from "../../kit/socket.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder, type Person } from "../../kit/stories.ts";

interface Notification {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly isSeen: boolean;
  readonly isRead: boolean;
  readonly event: { readonly id: string } | null;
  readonly match: { readonly id: string } | null;
}

interface Listed {
  readonly notifications: {
    readonly edges: readonly { readonly node: Notification }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly seq: number;
  };
}

interface Updated {
  readonly notificationUpdated: {
    readonly seq: number;
    readonly unseenCount: number;
    readonly notification: Notification | null;
  };
}

const LIST = operation("Notifications");
const UPDATED = operation("NotificationUpdated");
const READ = operation("MarkNotificationsRead");
const SEEN = operation("MarkNotificationsSeen");

async function listOf(person: Person, variables: object = {}): Promise<Notification[]> {
  const { notifications } = await dataOf<Listed>(LIST, { ...variables }, { as: person.token });
  return notifications.edges.map(({ node }) => node);
}

const untilTold = (person: Person, count: number) =>
  untilRows("users", "select from notification where person_id = $1", [person.id], count);

const kindsOf = (told: readonly Notification[]) => told.map(({ kind }) => kind);

/** An event with one seat, of which the holder cancels later. */
async function aFullEvent(title: string) {
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token, { title, capacity: 1, hasWaitlist: true });
  const holder = await aTokenHolder();
  const { id } = await aRegistration(holder.token, eventId);
  const leave = () =>
    dataOf(
      operation("CancelRegistration"),
      { input: { registrationId: id } },
      { as: holder.token },
    );
  return { eventId, organizer, leave };
}

test("a person is told of the waitlist, of the seat, and of the end of an event, in order", async () => {
  const ada = await aPerson("Ada");
  const { eventId, organizer, leave } = await aFullEvent("Compilers by night");
  await aRegistration(ada.token, eventId);
  await untilTold(ada, 1);
  await leave();
  await untilTold(ada, 2);
  const input = { eventId, reason: "The hall has burnt down." };
  await dataOf(operation("CancelEvent"), { input }, { as: organizer.token });
  await untilTold(ada, 3);
  const told = await listOf(ada);
  expect(kindsOf(told)).toEqual(["EVENT_CANCELLED", "SEAT_GIVEN", "REGISTRATION_WAITLISTED"]);
  expect(told.map(({ event }) => event?.id)).toEqual([eventId, eventId, eventId]);
  expect(told.map(({ text }) => text)).toEqual([
    "“Compilers by night” is cancelled.",
    "There was a free seat: you are registered for “Compilers by night”.",
    "You are on the waitlist of “Compilers by night”.",
  ]);
  const [inFrench] = await listOf(ada, { first: 1, language: "fr-CA" });
  expect(inFrench?.text).toBe("«\u00a0Compilers by night\u00a0» est annulé.");
});

test("without a language, the text is in that of the account", async () => {
  const ada = await aPerson("Ada");
  await dataOf(operation("ChangeLanguage"), { input: { language: "fr" } }, { as: ada.token });
  const organizer = await aTokenHolder();
  await aRegistration(ada.token, await anEvent(organizer.token, { title: "Soirée" }));
  await untilTold(ada, 1);
  const [told] = await listOf(ada);
  expect(told?.text).toBe("Votre inscription à «\u00a0Soirée\u00a0» est confirmée.");
});

test("both people of a match are told of it, each with the other's name", async () => {
  const { people } = await aPairWithOneSkill();
  const matchId = await match(people);
  for (const [person, name] of [
    [people[0], "Grace Hopper"],
    [people[1], "Ada Lovelace"],
  ] as const) {
    // The registration for their common event is the first.
    await untilTold(person, 2);
    const [told] = await listOf(person);
    expect(told).toMatchObject({
      kind: "MATCHED",
      text: `You and ${name} are a match.`,
      match: { id: matchId },
      event: null,
    });
  }
});

test("a notification comes live, and is read and seen on all devices", async () => {
  const ada = await aPerson("Ada");
  const organizer = await aTokenHolder();
  const sockets = [await connect({ as: ada.token }), await connect({ as: ada.token })];
  const streams = sockets.map((socket) => {
    const id = socket.subscribe(UPDATED, { after: 0 });
    return async () => ((await socket.event(id)) as Updated).notificationUpdated;
  });
  const both = () => Promise.all(streams.map((next) => next()));
  await aRegistration(ada.token, await anEvent(organizer.token));
  const [added, same] = await both();
  expect(added).toEqual(same);
  expect(added).toMatchObject({ seq: 1, unseenCount: 1, notification: { isRead: false } });
  const id = added?.notification?.id ?? "";
  const opened = await dataOf(SEEN, { input: { upToId: id } }, { as: ada.token });
  expect(opened).toMatchObject({
    markNotificationsSeen: { user: { unseenNotificationCount: 0 } },
  });
  expect((await both())[1]).toMatchObject({ seq: 2, unseenCount: 0, notification: null });
  await dataOf(READ, { input: { notificationIds: [id] } }, { as: ada.token });
  expect((await both())[1]).toMatchObject({ seq: 3, notification: { id, isRead: true } });
  // Repeats change nothing, so the next event of the stream is another one.
  await dataOf(READ, { input: { notificationIds: [id, id] } }, { as: ada.token });
  await dataOf(SEEN, { input: { upToId: id, isRead: true } }, { as: ada.token });
  await aRegistration(ada.token, await anEvent(organizer.token));
  expect((await both())[0]).toMatchObject({ seq: 4, unseenCount: 1 });
  expect(kindsOf(await listOf(ada, { filter: "UNREAD" }))).toHaveLength(1);
  for (const socket of sockets) socket.close();
});

test("pages go on behind the cursor, and all up to one are read at once", async () => {
  const ada = await aPerson("Ada");
  const organizer = await aTokenHolder();
  for (const title of ["one", "two", "three"]) {
    await aRegistration(ada.token, await anEvent(organizer.token, { title }));
  }
  await untilTold(ada, 3);
  const { notifications } = await dataOf<Listed>(LIST, { first: 2 }, { as: ada.token });
  expect(notifications).toMatchObject({ seq: 3, pageInfo: { hasNextPage: true } });
  const [oldest] = await listOf(ada, { after: notifications.pageInfo.endCursor });
  expect(oldest?.text).toContain("“one”");
  const [, middle] = notifications.edges;
  const input = { upToId: middle?.node.id, isRead: true };
  await dataOf(SEEN, { input }, { as: ada.token });
  expect((await listOf(ada)).map(({ isRead, isSeen }) => [isRead, isSeen])).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
});

test("another's notification is not found, and a wrong one among good ones changes nothing", async () => {
  const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token);
  await aRegistration(ada.token, eventId);
  await aRegistration(grace.token, eventId);
  await untilTold(ada, 1);
  await untilTold(grace, 1);
  const [own] = await listOf(ada);
  const [others] = await listOf(grace);
  for (const foreign of [others?.id, newId(), "nonsense"]) {
    const input = { notificationIds: [own?.id, foreign] };
    expect(await refusalOf(READ, { input }, { as: ada.token })).toMatchObject({
      code: "NOT_FOUND",
      field: "input.notificationIds",
      received: foreign,
    });
    expect(await refusalOf(SEEN, { input: { upToId: foreign } }, { as: ada.token })).toMatchObject({
      code: "NOT_FOUND",
      field: "input.upToId",
    });
  }
  expect((await listOf(ada))[0]?.isRead).toBe(false);
  const { errors } = await ask(LIST);
  expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("a person who does it themselves, or is not known here, is not told", async () => {
  const ada = await aPerson("Ada");
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token);
  const { id } = await aRegistration(ada.token, eventId);
  const stranger = await aTokenHolder();
  await aRegistration(stranger.token, eventId);
  await dataOf(
    operation("CancelRegistration"),
    { input: { registrationId: id } },
    { as: ada.token },
  );
  // Facts are heard in order: when the last is, those before it are.
  await aRegistration(ada.token, await anEvent(organizer.token, { title: "later" }));
  await untilTold(ada, 2);
  expect(kindsOf(await listOf(ada))).toEqual(["REGISTRATION_CONFIRMED", "REGISTRATION_CONFIRMED"]);
  const strange = await withDatabase("users", (client) =>
    client.query("select from notification where person_id = $1", [stranger.id]),
  );
  expect(strange.rowCount).toBe(0);
});
