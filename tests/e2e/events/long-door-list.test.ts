// A gate at an event with 10,000 registrations: it reads the whole list within the budget of one
// person, and afterwards only what has changed.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { type AskOptions, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anOpenDoor, ticketsFor } from "../../kit/door.ts";
import { startOwnRouter } from "../../kit/own-router.ts";
import { cancelRegistration, tokenHolders } from "../../kit/stories.ts";

const PEOPLE = 10_000;

interface Page {
  readonly event: {
    readonly doorList: {
      readonly seq: number;
      readonly edges: {
        readonly node: { registrationId: string; status: string; name: string | null };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** Seats named people at an event, as if they had registered long ago. */
async function seat(eventId: string, count: number): Promise<void> {
  await withDatabase("events", (client) =>
    client.query(
      `with head as (
         update stream set last_seq = last_seq + $2 where id = 'event:' || $1::text
         returning last_seq - $2 as seq
       ), counted as (
         update event set seats_taken = seats_taken + $2 where id = $1::uuid
       ), guest as (
         select gen_random_uuid() as id, n from generate_series(1, $2::int) as n
       ), named as (
         insert into person (id, display_name, search_text, fold_version, version)
         select id, 'Guest ' || n, 'guest ' || n, 1, 1 from guest
       )
       insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
         requested_seq, confirmed_seq, changed_seq, created_at)
       select gen_random_uuid(), $1::uuid, guest.id, 'CONFIRMED', 1, 'hash', head.seq + n,
         head.seq + n, head.seq + n, now()
       from head, guest`,
      [eventId, count],
    ),
  );
}

/** All entries of the list, or of its changes, and the position behind them. */
async function read(eventId: string, options: AskOptions, changedAfter: number | null = null) {
  const entries: Page["event"]["doorList"]["edges"][number]["node"][] = [];
  let after: string | null = null;
  let seq: number | null = null;
  for (;;) {
    const variables = { eventId, first: 100, after, changedAfter };
    const page: Page = await dataOf(operation("DoorList"), variables, options);
    const { edges, pageInfo } = page.event.doorList;
    seq ??= page.event.doorList.seq;
    entries.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return { entries, seq };
    after = pageInfo.endCursor;
  }
}

test("a host reads a door list of 10,000 within their budget, then its changes", async () => {
  const router = await startOwnRouter({ RATE_LIMITS: "{}" });
  try {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer, { capacity: PEOPLE + 1 });
    const { id } = await ticketsFor(ada, eventId);
    await seat(eventId, PEOPLE);
    const options = { as: organizer.token, url: router.url };
    const { entries, seq } = await read(eventId, options);
    expect(new Set(entries.map(({ registrationId }) => registrationId)).size).toBe(PEOPLE + 1);
    expect(entries.filter(({ name }) => name?.startsWith("Guest "))).toHaveLength(PEOPLE);
    expect((await read(eventId, options, seq)).entries).toEqual([]);
    await cancelRegistration(ada.token, id);
    expect((await read(eventId, options, seq)).entries).toMatchObject([
      { registrationId: id, status: "CANCELLED" },
    ]);
  } finally {
    await router.stop();
  }
}, 120_000);
