// Ticket types: who makes, changes and sees them.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, ask as request } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anEvent, namedPeople, tokenHolders } from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";
import { ask } from "./asking.ts";

const named = (types: readonly { name: string }[]) => types.map(({ name }) => name);

describe("a ticket type", () => {
  test("is made, changed, ordered and deleted by those who may edit, and seen by everybody", async () => {
    const [olga, bob] = await tokenHolders(2);
    const eventId = await anEvent(olga.token, { capacity: 10 });
    const price = { amount: 1250, currency: "EUR" };
    const made = await ask("CreateTicketType", olga, {
      ...{ eventId, name: " Early  bird ", description: " Until May ", price },
      ...{ quota: 4, partySizeMax: 2 },
    });
    expect(made).toMatchObject({
      __typename: "CreateTicketTypeSuccess",
      ticketType: { name: "Early bird", description: "Until May", price, quota: 4, seatsLeft: 4 },
    });
    const [type] = await ticketTypesOf(bob.token, eventId);
    const { id: ticketTypeId = "", version } = type ?? {};
    const free = await aTicketType(olga.token, eventId, { name: "Student" });
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Early bird", "Student"]);
    const changed = await ask("UpdateTicketType", olga, {
      ...{ ticketTypeId, expectedVersion: version, price: null, quota: null },
    });
    expect(changed).toMatchObject({
      ticketType: { price: null, quota: null, seatsLeft: 10, partySizeMax: 2, version: 2 },
    });
    await ask("MoveTicketType", olga, { ticketTypeId, position: 9 });
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Student", "Early bird"]);
    await ask("DeleteTicketType", olga, { ticketTypeId: free.id });
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Early bird"]);
  });

  test("does not exist for those who may not edit the event, whatever they do with it", async () => {
    const [olga, bob] = await tokenHolders(2);
    const eventId = await anEvent(olga.token);
    const { id } = await aTicketType(olga.token, eventId);
    const refusals = [
      ["CreateTicketType", { eventId, name: "Mine" }, "eventId"],
      ["MoveTicketType", { ticketTypeId: id, position: 0 }, "ticketTypeId"],
      ["UpdateTicketType", { ticketTypeId: id, name: "Mine" }, "ticketTypeId"],
      ["DeleteTicketType", { ticketTypeId: id }, "ticketTypeId"],
      ["DeleteTicketType", { ticketTypeId: randomUUID() }, "ticketTypeId"],
    ] as const;
    for (const [name, input, field] of refusals) {
      const { error } = await ask(name, bob, input);
      expect(error).toMatchObject({ code: "NOT_FOUND", field: `input.${field}` });
    }
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Standard"]);
  });

  test("that somebody else has changed is not overwritten", async () => {
    const [olga] = await tokenHolders(1);
    const eventId = await anEvent(olga.token);
    const { id: ticketTypeId } = await aTicketType(olga.token, eventId);
    const first = { ticketTypeId, expectedVersion: 1, quota: 5 };
    expect(await ask("UpdateTicketType", olga, first)).toMatchObject({
      ticketType: { version: 2 },
    });
    expect(await ask("UpdateTicketType", olga, first)).toMatchObject({
      ticketType: { version: 2 },
    });
    expect(await ask("UpdateTicketType", olga, { ...first, quota: 6 })).toMatchObject({
      __typename: "TicketTypeVersionProblem",
      current: { quota: 5, version: 2 },
    });
  });

  test("has a name of its own at its event, and there are 20 at most", async () => {
    const [olga] = await tokenHolders(1);
    const eventId = await anEvent(olga.token);
    await aTicketType(olga.token, eventId, { name: "Café" });
    const same = await ask("CreateTicketType", olga, { eventId, name: "CAFE" });
    expect(same).toMatchObject({ __typename: "TicketTypeNameProblem" });
    for (let at = 1; at < 20; at += 1) {
      await aTicketType(olga.token, eventId, { name: `Type ${at}` });
    }
    expect(await ask("CreateTicketType", olga, { eventId, name: "One more" })).toMatchObject({
      __typename: "TooManyTicketTypesProblem",
      ticketTypesMax: 20,
    });
  });

  test("sets aside no more seats than there are", async () => {
    const [olga] = await tokenHolders(1);
    const eventId = await anEvent(olga.token, { capacity: 10 });
    const vip = { eventId, name: "VIP", isReserved: true };
    await aTicketType(olga.token, eventId, { ...vip, quota: 6 });
    const event = await dataOf(
      operation("ManagedTicketTypes"),
      { id: eventId },
      { as: olga.token },
    );
    expect(event).toMatchObject({ event: { seatsLeft: 4, ticketTypes: [{ seatsLeft: 6 }] } });
    const second = { ...vip, name: "Press", quota: 5 };
    expect(await ask("CreateTicketType", olga, second)).toMatchObject({
      __typename: "SeatsSetAsideProblem",
      capacity: 10,
      seatsSetAside: 6,
    });
  });

  test.each([
    ["quota", { isReserved: true }],
    ["code", { isHidden: true }],
    ["code", { code: "letmein" }],
    ["code", { isHidden: true, code: "short" }],
    ["quota", { quota: 0 }],
    ["price.currency", { price: { amount: 100, currency: "EURO" } }],
    ["price.amount", { price: { amount: 0, currency: "EUR" } }],
    ["name", { name: " " }],
  ])("with a mistake is refused at %s, and nothing is made", async (field, fields) => {
    const [olga] = await tokenHolders(1);
    const eventId = await anEvent(olga.token);
    const { error } = await ask("CreateTicketType", olga, { eventId, name: "VIP", ...fields });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT", field: `input.${field}` });
    expect(JSON.stringify(error)).not.toContain("letmein");
    expect(await ticketTypesOf(olga.token, eventId)).toEqual([]);
  });

  test("of a cancelled event or one that is over stays as it is", async () => {
    const [olga] = await tokenHolders(1);
    const eventId = await anEvent(olga.token);
    const { id: ticketTypeId } = await aTicketType(olga.token, eventId);
    const all = [
      ["CreateTicketType", { eventId, name: "Late" }],
      ["UpdateTicketType", { ticketTypeId, name: "Late" }],
      ["DeleteTicketType", { ticketTypeId }],
      ["MoveTicketType", { ticketTypeId, position: 0 }],
    ] as const;
    const answers = async () => {
      const each = all.map(([name, input]) => ask(name, olga, input));
      return new Set((await Promise.all(each)).map((answer) => Object(answer).__typename));
    };
    await withDatabase("events", (client) =>
      client.query(
        `update event set starts_at = starts_at - interval '9 days',
           ends_at = ends_at - interval '9 days' where id = $1`,
        [eventId],
      ),
    );
    expect(await answers()).toEqual(new Set(["EventEndedProblem"]));
    await withDatabase("events", (client) =>
      client.query(
        `update event set status = 'CANCELLED', cancelled_at = now(), cancellation_reason = 'x'
         where id = $1`,
        [eventId],
      ),
    );
    expect(await answers()).toEqual(new Set(["EventCancelledProblem"]));
  });
});

describe("a hidden ticket type", () => {
  const hidden = { name: "Friends", isHidden: true, code: "Open Sésame" };

  test("is seen with its code, and by hosts", async () => {
    const [olga, editor, door, bob] = await namedPeople(4);
    const eventId = await anEvent(olga.token);
    await aTicketType(olga.token, eventId, hidden);
    await aTicketType(olga.token, eventId, { name: "Open" });
    const host = (userId: string, rights: string[]) =>
      ask("AddHost", olga, { eventId, userId, rights });
    await host(editor.id, ["EDIT"]);
    await host(door.id, ["CHECK_IN"]);
    const all = ["Friends", "Open"];
    expect(named(await ticketTypesOf(olga.token, eventId))).toEqual(all);
    expect(named(await ticketTypesOf(editor.token, eventId))).toEqual(all);
    expect(named(await ticketTypesOf(door.token, eventId))).toEqual(all);
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Open"]);
    expect(named(await ticketTypesOf(bob.token, eventId, " open SESAME "))).toEqual(all);
    expect(named(await ticketTypesOf(bob.token, eventId, "open sesam"))).toEqual(["Open"]);
  });

  test("has the code that it was given last, which is stored as a hash for this type alone", async () => {
    const [olga, bob] = await tokenHolders(2);
    const eventId = await anEvent(olga.token);
    const { id: ticketTypeId } = await aTicketType(olga.token, eventId, hidden);
    await aTicketType(olga.token, eventId, { ...hidden, name: "Family" });
    const rows = await withDatabase("events", async (client) => {
      const text = "select * from ticket_type where event_id = $1";
      return (await client.query<{ code_hash: string }>(text, [eventId])).rows;
    });
    expect(new Set(rows.map(({ code_hash }) => code_hash)).size).toBe(2);
    expect(JSON.stringify(rows)).not.toMatch(/s[eé]same/i);
    await ask("UpdateTicketType", olga, { ticketTypeId, code: "another one" });
    expect(named(await ticketTypesOf(bob.token, eventId, hidden.code))).toEqual(["Family"]);
    expect(named(await ticketTypesOf(bob.token, eventId, "another one"))).toEqual(["Friends"]);
    const open = { ticketTypeId, isHidden: false };
    expect(await ask("UpdateTicketType", olga, open)).toMatchObject({
      ticketType: { isHidden: false },
    });
    expect(named(await ticketTypesOf(bob.token, eventId))).toEqual(["Friends"]);
    const again = await ask("UpdateTicketType", olga, { ticketTypeId, isHidden: true });
    expect(again.error).toMatchObject({ field: "input.code" });
    const unseen = { ticketTypeId, isHidden: true, code: "\u200b".repeat(6) };
    const refused = await ask("UpdateTicketType", olga, unseen);
    expect(refused.error).toMatchObject({ field: "input.code" });
  });

  test("does not repeat a refused code in the error", async () => {
    const query = operation("EventTicketTypes");
    const [bob] = await tokenHolders(1);
    const variables = { id: await anEvent(bob.token), code: "abc" };
    const { errors } = await request(query, variables, { as: bob.token });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "code" });
    expect(JSON.stringify(errors)).not.toContain("abc");
  });
});
