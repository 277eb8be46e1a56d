// Queries that join data of two subgraphs.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { anEvent, aPerson, register, tokenHolders } from "../../kit/stories.ts";

describe("joins across subgraphs", () => {
  test("attendees have names from users, and registrations have their events", async () => {
    const [organizer, ada, bob] = await Promise.all([
      aPerson("Olga"),
      aPerson("Ada L."),
      aPerson("Bob M."),
    ]);
    const eventId = await anEvent(organizer.token, { title: "Joined" });
    await register(ada.token, eventId);
    await register(bob.token, eventId);
    expect(await dataOf(operation("EventPage"), { id: eventId }, { as: ada.token })).toMatchObject({
      event: {
        organizer: { displayName: "Olga" },
        attendees: {
          edges: [{ node: { displayName: "Ada L." } }, { node: { displayName: "Bob M." } }],
          pageInfo: { hasNextPage: false },
        },
      },
    });
    expect(await dataOf(operation("MyRegistrations"), {}, { as: ada.token })).toMatchObject({
      me: {
        registrations: { edges: [{ node: { status: "CONFIRMED", event: { title: "Joined" } } }] },
      },
    });
    const others = `query($id: ID!) { user(id: $id) { displayName registrations { edges { cursor } } } }`;
    expect(await dataOf(others, { id: ada.id }, { as: bob.token })).toEqual({
      user: { displayName: "Ada L.", registrations: null },
    });
  });

  test("pages of attendees are in the order of registration", async () => {
    const [organizer, ...people] = await tokenHolders(6);
    const eventId = await anEvent(organizer.token);
    for (const person of people) await register(person.token, eventId);
    const query = `query($id: ID!, $after: String) { event(id: $id) { attendees(first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
    interface Page {
      event: {
        attendees: {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { event }: Page = await dataOf<Page>(
        query,
        { id: eventId, after },
        { as: organizer.token },
      );
      seen.push(...event.attendees.edges.map((edge) => edge.node.id));
      after = event.attendees.pageInfo.hasNextPage ? event.attendees.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(people.map((person) => person.id));
    const forged = Buffer.from("99999999999").toString("base64url");
    const variables = { id: eventId, after: forged };
    expect(await refusalOf(query, variables, { as: organizer.token })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "after",
    });
  });

  test("an attendee without an account is null, and the others are still returned", async () => {
    const [[organizer, gone], ada] = await Promise.all([tokenHolders(2), aPerson("Ada Stays")]);
    const eventId = await anEvent(organizer.token);
    for (const person of [gone, ada]) await register(person.token, eventId);
    const query = `query($id: ID!) { event(id: $id) { organizer { displayName }
      viewerRegistration { attendee { displayName } } } }`;
    expect(await dataOf(query, { id: eventId }, { as: gone.token })).toEqual({
      event: { organizer: null, viewerRegistration: { attendee: null } },
    });
    expect(await dataOf(query, { id: eventId }, { as: ada.token })).toEqual({
      event: { organizer: null, viewerRegistration: { attendee: { displayName: "Ada Stays" } } },
    });
  });
});
