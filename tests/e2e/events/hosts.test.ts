// Hosts of events: what each right allows, and that it ends with the right.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { setBlock } from "../../kit/blocks.ts";
import { ask as askGraph, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { anEvent, aRegistration, namedPeople, type Person, register } from "../../kit/stories.ts";

type Right = "EDIT" | "CHECK_IN" | "SEE_PEOPLE";

async function ask(name: string, as: Person, input: object) {
  const answer = await askGraph<Record<string, unknown>>(
    operation(name),
    { input },
    { as: as.token },
  );
  const [field = ""] = Object.keys(answer.data ?? {});
  return { data: answer.data?.[field] ?? null, code: answer.errors?.[0]?.extensions.code };
}

async function addHost(organizer: Person, eventId: string, host: Person, rights: Right[]) {
  const { data } = await ask("AddHost", organizer, { eventId, userId: host.id, rights });
  expect(data).toMatchObject({ __typename: "AddHostSuccess" });
}

const HOSTS = operation("EventHosts");

interface Hosts {
  readonly event: {
    readonly viewerRights: Right[];
    readonly hosts: { readonly rights: Right[] | null; readonly user: { readonly id: string } }[];
  } | null;
}

const hostsSeenBy = async (person: Person | null, id: string) =>
  (await dataOf<Hosts>(HOSTS, { id }, person ? { as: person.token } : {})).event;

describe("a host", () => {
  test("is public, their rights are not", async () => {
    const [olga, bob, ada] = await namedPeople(3);
    const eventId = await anEvent(olga.token);
    await addHost(olga, eventId, bob, ["EDIT", "SEE_PEOPLE", "EDIT"]);
    const shown = (rights: Right[] | null) => [{ rights, user: { id: bob.id } }];
    expect(await hostsSeenBy(olga, eventId)).toMatchObject({
      viewerRights: ["EDIT", "CHECK_IN", "SEE_PEOPLE"],
      hosts: shown(["EDIT", "SEE_PEOPLE"]),
    });
    expect(await hostsSeenBy(bob, eventId)).toMatchObject({
      viewerRights: ["EDIT", "SEE_PEOPLE"],
      hosts: shown(["EDIT", "SEE_PEOPLE"]),
    });
    expect(await hostsSeenBy(ada, eventId)).toMatchObject({ viewerRights: [], hosts: shown(null) });
  });

  test("sees a draft, and publishes it with the right to edit, without a role", async () => {
    const [olga, bob, ada] = await namedPeople(3);
    const eventId = await anEvent(olga.token, { isDraft: true });
    expect(await hostsSeenBy(bob, eventId)).toBeNull();
    await addHost(olga, eventId, bob, []);
    await addHost(olga, eventId, ada, ["EDIT"]);
    expect(await hostsSeenBy(bob, eventId)).not.toBeNull();
    expect(await ask("PublishEvent", bob, { eventId })).toMatchObject({ code: "NOT_FOUND" });
    expect((await ask("PublishEvent", ada, { eventId })).data).toMatchObject({
      __typename: "PublishEventSuccess",
    });
  });

  test("cancels registrations with the right to edit only", async () => {
    const [olga, bob, ada] = await namedPeople(3);
    const eventId = await anEvent(olga.token);
    const { id: registrationId } = await aRegistration(ada.token, eventId);
    await addHost(olga, eventId, bob, ["SEE_PEOPLE", "CHECK_IN"]);
    expect(await ask("CancelRegistration", bob, { registrationId })).toMatchObject({
      code: "NOT_FOUND",
    });
    await ask("ChangeHost", olga, { eventId, userId: bob.id, rights: ["EDIT"] });
    expect((await ask("CancelRegistration", bob, { registrationId })).data).toMatchObject({
      __typename: "CancelRegistrationSuccess",
    });
  });

  test("neither chooses hosts nor is chosen by strangers", async () => {
    const [olga, bob, ada] = await namedPeople(3);
    const eventId = await anEvent(olga.token);
    await addHost(olga, eventId, bob, ["EDIT", "CHECK_IN", "SEE_PEOPLE"]);
    const input = { eventId, userId: ada.id, rights: ["EDIT"] };
    for (const person of [bob, ada]) {
      expect(await ask("AddHost", person, input)).toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await ask("ChangeHost", bob, { ...input, userId: bob.id })).toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await ask("RemoveHost", ada, { eventId, userId: bob.id })).toMatchObject({
      code: "FORBIDDEN",
    });
    const draft = await anEvent(olga.token, { isDraft: true });
    expect(await ask("AddHost", ada, { ...input, eventId: draft })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await ask("ChangeHost", olga, input)).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a person", () => {
  test("who is unknown, blocked, blocks, is out of use or organizes cannot be a host", async () => {
    const [olga, bob, ada, eve] = await namedPeople(4);
    const eventId = await anEvent(olga.token);
    await setBlock("BlockUser", bob, olga);
    await setBlock("BlockUser", olga, ada);
    await withDatabase("events", (client) =>
      client.query("update person_standing set standing = 'SUSPENDED' where person_id = $1", [
        eve.id,
      ]),
    );
    const unknown = [crypto.randomUUID(), "nobody"];
    for (const userId of [bob.id, ada.id, eve.id, olga.id, ...unknown]) {
      const { data } = await ask("AddHost", olga, { eventId, userId, rights: [] });
      expect(data).toEqual({
        __typename: "HostUnavailableProblem",
        reason: "This person cannot be a host of this event.",
      });
    }
  });

  test("who hosts can leave, and sees the draft no more", async () => {
    const [olga, bob] = await namedPeople(2);
    const eventId = await anEvent(olga.token, { isDraft: true });
    await addHost(olga, eventId, bob, ["EDIT"]);
    const left = await ask("RemoveHost", bob, { eventId, userId: bob.id });
    expect(left.data).toEqual({ __typename: "RemoveHostSuccess", event: null });
    expect(await hostsSeenBy(bob, eventId)).toBeNull();
    expect((await hostsSeenBy(olga, eventId))?.hosts).toEqual([]);
  });
});

test("an event has at most 20 hosts, however many are added at once", async () => {
  const [olga, bob] = await namedPeople(2);
  const eventId = await anEvent(olga.token);
  const ids = Array.from({ length: 30 }, () => crypto.randomUUID());
  await withDatabase("events", (client) =>
    client.query(`insert into person select unnest($1::uuid[]), 'Somebody', ' somebody ', 1, 1`, [
      ids,
    ]),
  );
  const answers = await Promise.all(
    ids.map((userId) => ask("AddHost", olga, { eventId, userId, rights: [] })),
  );
  const names = answers.map(({ data }) => (data as { __typename: string }).__typename);
  expect(names.filter((name) => name === "AddHostSuccess")).toHaveLength(20);
  const { data } = await ask("AddHost", olga, { eventId, userId: bob.id, rights: [] });
  expect(data).toMatchObject({ __typename: "TooManyHostsProblem", hostsMax: 20 });
});

describe("the stream of registrations", () => {
  const BARE = `subscription($eventId: ID!, $after: Int) {
    registrationUpdated(eventId: $eventId, after: $after) { seq registration { status } } }`;

  test.each([
    ["removed", "RemoveHost", {}],
    ["without the right", "ChangeHost", { rights: ["EDIT"] }],
  ])("ends for a host who is %s, and goes on for others", async (_how, name, change) => {
    const [olga, bob, ada, eve] = await namedPeople(4);
    const eventId = await anEvent(olga.token);
    for (const host of [bob, ada]) await addHost(olga, eventId, host, ["SEE_PEOPLE"]);
    const watching = await Promise.all(
      [olga, bob, ada].map(async (person) => {
        const socket = await connect({ as: person.token });
        return { socket, id: socket.subscribe(BARE, { eventId, after: 0 }) };
      }),
    );
    await register(eve.token, eventId);
    for (const { socket, id } of watching) {
      expect(await socket.event(id)).toMatchObject({ registrationUpdated: { seq: 1 } });
    }
    await ask(name, olga, { eventId, userId: bob.id, ...change });
    const [olgas, bobs, adas] = watching;
    if (!olgas || !bobs || !adas) throw new Error("three watch");
    expect(await bobs.socket.next(bobs.id)).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "FORBIDDEN" } }],
    });
    await register(ada.token, eventId);
    for (const { socket, id } of [olgas, adas]) {
      expect(await socket.event(id)).toMatchObject({ registrationUpdated: { seq: 2 } });
    }
    const again = bobs.socket.subscribe(BARE, { eventId, after: 0 });
    expect(codeOf(await bobs.socket.next(again))).toBe("FORBIDDEN");
    for (const { socket } of watching) socket.close();
  });
});
