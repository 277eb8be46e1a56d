// Attendees who have blocked each other do not see each other in the list of an event; its
// organizer and admins see all attendees.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

interface EventPage {
  readonly event: {
    readonly seatsTaken: number;
    readonly attendees: {
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** The ids on each page of two attendees. */
async function pagesOf(as: string, id: string): Promise<string[][]> {
  const pages: EventPage["event"][] = [];
  do {
    const after = pages.at(-1)?.attendees.pageInfo.endCursor;
    const variables = { id, first: 2, after };
    pages.push((await dataOf<EventPage>(operation("EventPage"), variables, { as })).event);
  } while (pages.at(-1)?.attendees.pageInfo.hasNextPage);
  return pages.map(({ attendees }) => attendees.edges.map(({ node }) => node.id));
}

async function block(by: Person, whom: Person): Promise<void> {
  await dataOf(operation("BlockUser"), { input: { userId: whom.id } }, { as: by.token });
  const told = "select from block where blocker_id = $1 and blocked_id = $2 and is_blocked";
  await untilRows("events", told, [by.id, whom.id], 1);
}

/** Olga and five others register for her event: Ada blocks Bob, and Dan blocks Ada. */
async function aDividedEvening() {
  const [olga, ada, bob] = await Promise.all([aPerson("Olga"), aPerson("Ada"), aPerson("Bob")]);
  const [cyd, dan, eve] = await Promise.all([aPerson("Cyd"), aPerson("Dan"), aPerson("Eve")]);
  const eventId = await anEvent(olga.token);
  for (const { token } of [olga, ada, bob, cyd, dan, eve]) await aRegistration(token, eventId);
  await block(ada, bob);
  await block(dan, ada);
  return { eventId, olga, ada, bob, cyd, dan, eve };
}

describe("a blocked pair among the attendees", () => {
  test("do not see each other, and their pages stay full", async () => {
    const { eventId, olga, ada, bob, cyd, dan, eve } = await aDividedEvening();
    const idsOf = (people: readonly Person[]) => people.map(({ id }) => id);
    expect(await pagesOf(ada.token, eventId)).toEqual([idsOf([olga, ada]), idsOf([cyd, eve])]);
    for (const other of [bob, dan]) {
      expect((await pagesOf(other.token, eventId)).flat()).toEqual(
        idsOf([olga, bob, cyd, dan, eve]),
      );
    }
    expect((await pagesOf(eve.token, eventId)).flat()).toHaveLength(6);
  });

  test("are both seen by the organizer and by admins, and count for everybody", async () => {
    const { eventId, olga, ada } = await aDividedEvening();
    await block(ada, olga);
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    const [asOlga, asAdmin] = [await pagesOf(olga.token, eventId), await pagesOf(admin, eventId)];
    expect(asOlga.flat()).toHaveLength(6);
    expect(asAdmin).toEqual(asOlga);
    expect((await pagesOf(ada.token, eventId)).flat()).not.toContain(olga.id);
    const variables = { id: eventId };
    const page = await dataOf<EventPage>(operation("EventPage"), variables, { as: ada.token });
    expect(page.event.seatsTaken).toBe(6);
  });
});
