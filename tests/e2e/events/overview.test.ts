// The overview of an event's registrations: pages, filters, totals, and who may see them.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  cancelRegistration,
  namedPeople,
  type Person,
} from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { accessToken } from "../../kit/tokens.ts";

const OVERVIEW = operation("EventRegistrations");

interface Overview {
  readonly event: {
    readonly registrationTotals: { status: string; count: number; seats: number }[] | null;
    readonly registrations: {
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: {
          readonly id: string;
          readonly status: string;
          readonly waitlistPosition: number | null;
          readonly attendee: { readonly id: string; readonly displayName: string } | null;
        };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  };
}

async function seenBy(as: string, id: string, variables: object = {}) {
  return (await dataOf<Overview>(OVERVIEW, { id, ...variables }, { as })).event;
}

async function idsSeen(as: string, id: string, variables: object = {}) {
  const { registrations } = await seenBy(as, id, variables);
  return registrations?.edges.map(({ node }) => node.attendee?.id);
}

describe("the overview", () => {
  let olga: Person;
  let eventId: string;
  const people: Person[] = [];

  beforeAll(async () => {
    olga = await aPerson("Olga");
    eventId = await anEvent(olga.token, { capacity: 3 });
    for (const name of ["Zoë Łukasz", "Anna Sørensen", "Annabel Zürich", "Bob"]) {
      const person = await aPerson(name);
      people.push(person);
      const size = name === "Zoë Łukasz" ? 2 : 1;
      const { id } = await aRegistration(person.token, eventId, { partySize: size });
      if (name === "Bob") await cancelRegistration(person.token, id);
    }
    const ids = people.map(({ id }) => id);
    await untilRows("events", "select from person where id = any($1)", [ids], ids.length);
  });

  const idOf = (...at: number[]) => at.map((each) => people[each]?.id);

  test("has all registrations in the order in which they were made, and totals", async () => {
    const { registrations, registrationTotals } = await seenBy(olga.token, eventId);
    expect(registrations?.edges.map(({ node }) => [node.attendee?.id, node.status])).toEqual([
      [people[0]?.id, "CONFIRMED"],
      [people[1]?.id, "CONFIRMED"],
      [people[2]?.id, "WAITLISTED"],
      [people[3]?.id, "CANCELLED"],
    ]);
    expect(registrations?.edges.map(({ node }) => node.waitlistPosition)).toEqual([
      null,
      null,
      1,
      null,
    ]);
    expect(registrationTotals).toEqual([
      { status: "WAITLISTED", count: 1, seats: 1 },
      { status: "CONFIRMED", count: 2, seats: 3 },
      { status: "CANCELLED", count: 1, seats: 1 },
    ]);
  });

  test("is read page by page, also while registrations change", async () => {
    const first = await seenBy(olga.token, eventId, { first: 2 });
    expect(first.registrations?.pageInfo.hasNextPage).toBe(true);
    const after = first.registrations?.pageInfo.endCursor;
    expect(await idsSeen(olga.token, eventId, { first: 2, after })).toEqual(idOf(2, 3));
  });

  test.each([
    ["anna", [1, 2]],
    ["ANNA s", [1]],
    ["zoe lukasz", [0]],
    ["Łukasz zoe", [0]],
    ["zurich", [2]],
    ["nobody", []],
    ["%", []],
    ["_ob", []],
  ])("finds people by the words of their names: %s", async (search, found) => {
    expect(await idsSeen(olga.token, eventId, { search })).toEqual(idOf(...found));
  });

  test("filters by status, together with a search", async () => {
    const status = "CONFIRMED";
    expect(await idsSeen(olga.token, eventId, { status })).toEqual(idOf(0, 1));
    expect(await idsSeen(olga.token, eventId, { status, search: "anna" })).toEqual(idOf(1));
  });

  test("filters by ticket type, and finds nobody by one of another event", async () => {
    const [nina, rosa] = await namedPeople(2);
    const id = await anEvent(olga.token);
    const [adult, child] = [
      await aTicketType(olga.token, id, { name: "Adult" }),
      await aTicketType(olga.token, id, { name: "Child" }),
    ];
    await aRegistration(nina.token, id, { ticketTypeId: adult.id });
    await aRegistration(rosa.token, id, { ticketTypeId: child.id });
    expect(await idsSeen(olga.token, id, { ticketType: child.id })).toEqual([rosa.id]);
    expect(await idsSeen(olga.token, id, { ticketType: newId() })).toEqual([]);
    expect(await idsSeen(olga.token, id, { ticketType: "adult" })).toEqual([]);
    expect(await idsSeen(olga.token, eventId, { ticketType: adult.id })).toEqual([]);
  });

  test("finds people by their new name", async () => {
    const [nina] = await namedPeople(1);
    const id = await anEvent(olga.token);
    await aRegistration(nina.token, id);
    const input = { displayName: "Nina Simone" };
    await dataOf(operation("UpdateProfile"), { input }, { as: nina.token });
    const renamed = "select from person where id = $1 and display_name = $2";
    await untilRows("events", renamed, [nina.id, "Nina Simone"], 1);
    expect(await idsSeen(olga.token, id, { search: "simone" })).toEqual([nina.id]);
    expect(await idsSeen(olga.token, id, { search: "person" })).toEqual([]);
  });

  test("is for the organizer, admins and hosts who see people", async () => {
    const [host, editor] = await namedPeople(2);
    for (const [person, rights] of [
      [host, ["SEE_PEOPLE"]],
      [editor, ["EDIT", "CHECK_IN"]],
    ] as const) {
      const input = { eventId, userId: person.id, rights };
      await dataOf(operation("AddHost"), { input }, { as: olga.token });
    }
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    for (const token of [olga.token, host.token, admin]) {
      expect(await idsSeen(token, eventId)).toHaveLength(4);
    }
    for (const token of [editor.token, people[0]?.token ?? ""]) {
      const { registrations, registrationTotals } = await seenBy(token, eventId);
      expect([registrations, registrationTotals]).toEqual([null, null]);
    }
    const { errors = [] } = await ask(OVERVIEW, { id: eventId });
    expect(errors.map(({ extensions }) => extensions.code)).toContain("UNAUTHENTICATED");
  });

  test("reads a page of 100,000 registrations by an index, wherever it is", async () => {
    const plans = await withDatabase("events", async (client) => {
      const plan = async (statement: string) =>
        JSON.stringify((await client.query(`explain ${statement}`)).rows);
      await client.query("set enable_seqscan = off; set enable_sort = off");
      const page =
        "select id from registration where event_id = '00000000-0000-7000-8000-000000000000'";
      return [
        await plan(`${page} and requested_seq > 50000 order by requested_seq limit 21`),
        await plan(
          `${page} and status = 'CONFIRMED' and requested_seq > 5 order by requested_seq limit 21`,
        ),
        await plan("select id from person where search_text like '% anna%'"),
      ];
    });
    expect(plans[0]).toContain("registration_event_id_requested_seq_key");
    expect(plans[1]).toContain("registration_event_id_status_requested_seq_idx");
    expect(plans[2]).toContain("person_search_text_idx");
  });
});
