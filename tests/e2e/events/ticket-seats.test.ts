// Seats of ticket types: who may take them, and what is full.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import {
  anEvent,
  aRegistration,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";
import { statusOf, ticketTypesOf, typed } from "../../kit/ticket-types.ts";
import { ask } from "./asking.ts";

describe("a request for seats", () => {
  test("names one of the types that the person may take; all others are unknown", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const code = "open sesame";
    const { eventId, idOf } = await typed(
      olga,
      {},
      {
        Open: {},
        Hidden: { isHidden: true, code },
      },
    );
    const elsewhere = await typed(olga, {}, { Open: {} });
    const refused = [
      {},
      { ticketTypeId: randomUUID() },
      { ticketTypeId: "no id" },
      { ticketTypeId: elsewhere.idOf("Open") },
      { ticketTypeId: idOf("Hidden") },
      { ticketTypeId: idOf("Hidden"), ticketCode: "open sesam" },
    ];
    const answers = await Promise.all(
      refused.map((choice) => register(ada.token, eventId, choice)),
    );
    const [first] = answers;
    expect(first).toMatchObject({
      __typename: "TicketTypeNeededProblem",
      reason: "Choose one of the event's ticket types.",
    });
    for (const answer of answers) expect(answer).toEqual(first);
    const choice = { ticketTypeId: idOf("Hidden"), ticketCode: "Open SESAME" };
    const taken = await register(ada.token, eventId, choice);
    expect(taken.registration).toMatchObject({ ticketType: { name: "Hidden" } });
    await aRegistration(bob.token, eventId, { ticketTypeId: idOf("Open").toUpperCase() });
    expect(await statusOf(bob, eventId)).toMatchObject({ ticketType: { name: "Open" } });
  });

  test("needs no type where all are hidden, or where there are none", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const vip = { isHidden: true, code: "open sesame" };
    const { eventId } = await typed(olga, {}, { VIP: vip });
    await aRegistration(ada.token, eventId);
    expect(await statusOf(ada, eventId)).toMatchObject({ status: "CONFIRMED", ticketType: null });
    const plain = await anEvent(olga.token);
    const unknown = await register(bob.token, plain, { ticketTypeId: randomUUID() });
    const hidden = await register(bob.token, eventId, { ticketTypeId: randomUUID() });
    expect(unknown).toMatchObject({ __typename: "TicketTypeNeededProblem" });
    expect(hidden).toEqual(unknown);
  });

  test("with the same key is the same registration, and another type is a conflict", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, idOf } = await typed(olga, {}, { One: {}, Two: {} });
    const request = { ticketTypeId: idOf("One"), idempotencyKey: "key" };
    const { id } = await aRegistration(ada.token, eventId, request);
    expect(await aRegistration(ada.token, eventId, request)).toMatchObject({ id });
    const other = await register(ada.token, eventId, { ...request, ticketTypeId: idOf("Two") });
    expect(other.__typename).toBe("IdempotencyConflictProblem");
  });

  test("that finds too few seats is told what is full, and how many are left of it", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const options = { capacity: 10, hasWaitlist: false };
    const { eventId, idOf } = await typed(olga, options, {
      Early: { quota: 3 },
      VIP: { quota: 4, isReserved: true },
      Open: {},
    });
    const at = (name: string) => ({ ticketTypeId: idOf(name) });
    await aRegistration(ada.token, eventId, { ...at("Early"), partySize: 2 });
    const early = await register(bob.token, eventId, { ...at("Early"), partySize: 2 });
    const full = { __typename: "EventFullProblem" };
    const name = (type: string) => ({ ticketType: { id: idOf(type), name: type } });
    expect(early).toMatchObject({ ...full, ...name("Early"), capacity: 3, seatsLeft: 1 });
    const open = await register(bob.token, eventId, { ...at("Open"), partySize: 5 });
    expect(open).toMatchObject({ ...full, ticketType: null, capacity: 10, seatsLeft: 4 });
    await aRegistration(bob.token, eventId, { ...at("VIP"), partySize: 3 });
    const [cleo] = await tokenHolders(1);
    const vip = await register(cleo.token, eventId, { ...at("VIP"), partySize: 2 });
    expect(vip).toMatchObject({ ...full, ...name("VIP"), capacity: 4, seatsLeft: 1 });
    const seats = (await ticketTypesOf(cleo.token, eventId)).map(({ seatsLeft }) => seatsLeft);
    expect(seats).toEqual([1, 1, 4]);
  });

  test.each([
    ["the quota", { quota: 2 }, 3, { capacity: 2, partySizeMax: 10 }],
    ["the largest party of the type", { partySizeMax: 2 }, 3, { capacity: 6, partySizeMax: 2 }],
    ["what other types leave", {}, 7, { capacity: 6, partySizeMax: 10 }],
  ])("for more than %s is refused", async (_what, fields, partySize, problem) => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, idOf } = await typed(
      olga,
      { capacity: 10 },
      {
        VIP: { quota: 4, isReserved: true },
        Open: fields,
      },
    );
    const answer = await register(ada.token, eventId, { ticketTypeId: idOf("Open"), partySize });
    expect(answer).toMatchObject({ __typename: "PartyTooLargeProblem", ...problem });
  });
});

test("a type that people have is not deleted; without them it is, and they keep none", async () => {
  const [olga, ada] = await tokenHolders(2);
  const { eventId, idOf } = await typed(olga, {}, { Early: {}, Open: {} });
  const { id } = await aRegistration(ada.token, eventId, { ticketTypeId: idOf("Early") });
  const remove = () => ask("DeleteTicketType", olga, { ticketTypeId: idOf("Early") });
  expect(await remove()).toMatchObject({
    __typename: "TicketTypeInUseProblem",
    registrationCount: 1,
  });
  await cancelRegistration(ada.token, id);
  expect(await remove()).toMatchObject({ __typename: "DeleteTicketTypeSuccess" });
  expect(await statusOf(ada, eventId)).toMatchObject({ status: "CANCELLED", ticketType: null });
});

test("approved people get seats of their type, and are told when it is full", async () => {
  const [olga, ada, bob] = await tokenHolders(3);
  const options = { capacity: 10, hasWaitlist: false, isApprovalRequired: true };
  const { eventId, idOf } = await typed(olga, options, { Early: { quota: 1 } });
  const asking: { readonly id: string }[] = [];
  for (const { token } of [ada, bob]) {
    asking.push(await aRegistration(token, eventId, { ticketTypeId: idOf("Early") }));
  }
  const approve = (at: number) =>
    ask("ApproveRegistration", olga, { registrationId: asking[at]?.id });
  expect(await approve(0)).toMatchObject({ registration: { status: "CONFIRMED" } });
  expect(await approve(1)).toMatchObject({ __typename: "EventFullProblem", seatsLeft: 0 });
});

test("those who see people see the type of each registration", async () => {
  const [olga, ada] = await tokenHolders(2);
  const { eventId, idOf } = await typed(olga, {}, { Early: {} });
  await aRegistration(ada.token, eventId, { ticketTypeId: idOf("Early") });
  const seen = await dataOf(operation("EventRegistrations"), { id: eventId }, { as: olga.token });
  expect(seen).toMatchObject({
    event: { registrations: { edges: [{ node: { ticketType: { name: "Early" } } }] } },
  });
});
