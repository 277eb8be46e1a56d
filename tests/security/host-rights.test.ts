// The matrix of hosts: what each right alone gives at an event with a scanned registration that the
// organizer has ended since. A field that a right does not give is null.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask, dataOf, resultOf } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { anOpenDoor, ticketsFor } from "../kit/door.ts";
import { codeOf, connect } from "../kit/socket.ts";
import { namedPeople, type Person } from "../kit/stories.ts";

const SIGHT = `query($id: ID!) { event(id: $id) {
  registrations { edges { node { id } } } registrationTotals { count } pendingCount
  doorList { seq } checkIns { edges { node { id } } } walkIns { edges { node { id } } } } }`;
const WATCH = "subscription($id: ID!) { registrationUpdated(eventId: $id, after: 0) { seq } }";
const SCAN = `mutation($input: CheckInInput!) { checkIn(input: $input) { ... on
  RegistrationNotSeatedProblem {
    registration { id status note isBarring answers { text } ticket { code } } } } }`;

type Row = Readonly<Record<string, boolean>>;

/** Which of these things a person gets at an event. */
async function gets({ token }: Pick<Person, "token">, eventId: string, code: string): Promise<Row> {
  const as = { as: token };
  type Seen = { readonly event: Readonly<Record<string, unknown>> };
  const { event } = await dataOf<Seen>(SIGHT, { id: eventId }, as);
  const socket = await connect(as);
  const frame = await socket.next(socket.subscribe(WATCH, { id: eventId }));
  socket.close();
  expect(frame.type === "next" || codeOf(frame) === "FORBIDDEN").toBe(true);
  const { data } = await ask<{ checkIn: { registration: Readonly<Record<string, unknown>> } }>(
    SCAN,
    { input: { eventId, code, nonce: randomUUID() } },
    as,
  );
  const scanned = data?.checkIn?.registration ?? {};
  const link = await ask(operation("CreateRegistrationsExport"), { input: { eventId } }, as);
  const shown = Object.entries({ ...event, ...scanned }).map(
    ([field, value]) => [field, (value ?? null) !== null] as const,
  );
  return {
    ...Object.fromEntries(shown),
    watches: frame.type === "next",
    scans: "status" in scanned,
    exports: !link.errors,
  };
}

const NOTHING = {
  registrations: false,
  registrationTotals: false,
  pendingCount: false,
  doorList: false,
  checkIns: false,
  walkIns: false,
  watches: false,
  scans: false,
  exports: false,
};
const PEOPLE = { registrations: true, registrationTotals: true, watches: true, exports: true };
const DOOR = { doorList: true, checkIns: true, walkIns: true, scans: true };
const SCANNED = { id: true, status: true, ticket: false };
const UNDECIDED = { note: false, isBarring: false, answers: false };

test("each right alone gives its own part of an event, and no more", async () => {
  const [olga, ada, editor, gate, reader, both, stranger] = await namedPeople(7);
  const eventId = await anOpenDoor(olga);
  const [code = ""] = (await ticketsFor(ada, eventId)).codes;
  const given = [
    [editor, ["EDIT"]],
    [gate, ["CHECK_IN"]],
    [reader, ["SEE_PEOPLE"]],
    [both, ["CHECK_IN", "EDIT"]],
  ] as const;
  for (const [{ id: userId }, rights] of given) {
    await resultOf(operation("AddHost"), { eventId, userId, rights }, olga.token);
  }
  await withDatabase("events", (client) =>
    client.query(
      `update registration set status = 'DECLINED', cancelled_by = 'ORGANIZER', note = 'A reason'
       where event_id = $1`,
      [eventId],
    ),
  );
  const rowOf = (person: Person) => gets(person, eventId, code);
  expect(await rowOf(stranger)).toEqual(NOTHING);
  expect(await rowOf(editor)).toEqual(NOTHING);
  expect(await rowOf(gate)).toEqual({ ...NOTHING, ...DOOR, ...SCANNED, ...UNDECIDED });
  expect(await rowOf(reader)).toEqual({ ...NOTHING, ...PEOPLE, pendingCount: true });
  const decided = { note: true, isBarring: true, answers: false };
  expect(await rowOf(both)).toEqual({ ...NOTHING, ...DOOR, ...SCANNED, ...decided });
  const all = { ...NOTHING, ...PEOPLE, ...DOOR, ...SCANNED, pendingCount: true };
  expect(await rowOf(olga)).toEqual({ ...all, note: true, isBarring: true, answers: true });
});
