// People who hide among the attendees, by their own wish.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { anEvent, aRegistration, type TokenHolder, tokenHolders } from "../../kit/stories.ts";

const ATTENDEES = `query($id: ID!) { event(id: $id) { seatsTaken
  attendees(first: 10) { edges { node { id } } } } }`;

interface Seen {
  readonly event: {
    readonly seatsTaken: number;
    readonly attendees: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  };
}

async function seenBy({ token }: TokenHolder, id: string) {
  const { event } = await dataOf<Seen>(ATTENDEES, { id }, { as: token });
  return { taken: event.seatsTaken, ids: event.attendees.edges.map(({ node }) => node.id) };
}

const CHANGE = operation("ChangeVisibility");

test("who hides is missing for others, and neither for themselves, the organizer nor the count", async () => {
  const [olga, ada, bob] = await tokenHolders(3);
  const eventId = await anEvent(olga.token);
  await aRegistration(ada.token, eventId, { isHidden: true });
  const { id: registrationId } = await aRegistration(bob.token, eventId);
  const both = { taken: 2, ids: [ada.id, bob.id] };
  expect(await seenBy(bob, eventId)).toEqual({ taken: 2, ids: [bob.id] });
  expect(await seenBy(ada, eventId)).toEqual(both);
  expect(await seenBy(olga, eventId)).toEqual(both);

  const change = (person: TokenHolder, isHidden: boolean) =>
    dataOf(CHANGE, { input: { registrationId, isHidden } }, { as: person.token });
  expect(await change(bob, true)).toMatchObject({
    changeVisibility: { registration: { id: registrationId, isHidden: true } },
  });
  expect(await seenBy(ada, eventId)).toEqual({ taken: 2, ids: [ada.id] });
  await change(bob, false);
  expect(await seenBy(ada, eventId)).toEqual(both);
});

test("only the person hides, and a change that changes nothing is no entry", async () => {
  const [olga, ada] = await tokenHolders(2);
  const eventId = await anEvent(olga.token);
  const { id: registrationId } = await aRegistration(ada.token, eventId);
  const socket = await connect({ as: olga.token });
  const stream = socket.subscribe(
    `subscription($eventId: ID!) { registrationUpdated(eventId: $eventId, after: 1) {
      seq registration { isHidden } } }`,
    { eventId },
  );
  const input = { registrationId, isHidden: true };
  expect(await refusalOf(CHANGE, { input }, { as: olga.token })).toMatchObject({
    code: "NOT_FOUND",
    field: "input.registrationId",
  });
  for (const isHidden of [true, true, false]) {
    await dataOf(CHANGE, { input: { registrationId, isHidden } }, { as: ada.token });
  }
  for (const [seq, isHidden] of [
    [2, true],
    [3, false],
  ]) {
    expect(await socket.event(stream)).toEqual({
      registrationUpdated: { seq, registration: { isHidden } },
    });
  }
  socket.close();
});

test("the wish is part of the request that an idempotency key stands for", async () => {
  const [olga, ada] = await tokenHolders(2);
  const eventId = await anEvent(olga.token);
  const register = (isHidden: boolean, idempotencyKey: string) =>
    dataOf<{ registerForEvent: { __typename: string } }>(
      operation("RegisterForEvent"),
      { input: { eventId, isHidden, idempotencyKey } },
      { as: ada.token },
    );
  const key = randomUUID();
  const kinds = [];
  for (const isHidden of [true, true, false]) {
    kinds.push((await register(isHidden, key)).registerForEvent.__typename);
  }
  expect(kinds).toEqual([
    "RegisterForEventSuccess",
    "RegisterForEventSuccess",
    "IdempotencyConflictProblem",
  ]);
});

test("matching knows who hides", async () => {
  const [olga, ada] = await tokenHolders(2);
  const eventId = await anEvent(olga.token);
  const { id } = await aRegistration(ada.token, eventId, { isHidden: true });
  await untilRows("matching", "select from registration where id = $1 and is_hidden", [id], 1);
  const input = { registrationId: id, isHidden: false };
  await dataOf(CHANGE, { input }, { as: ada.token });
  await untilRows("matching", "select from registration where id = $1 and not is_hidden", [id], 1);
});
