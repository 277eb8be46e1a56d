// Guarantees about lists of events: pages under any filter are the list that a plain search of all
// events gives, and tags are counted as in that list.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { fold, wordIndexOf, wordPatterns } from "../../../kit/input/fold.ts";
import { type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
const HOUR_MS = 3_600_000;
const VIEWER = newId();

const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);

interface Stored {
  readonly id: string;
  readonly title: string;
  readonly venue: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly onlineUrl: string | null;
  readonly capacity: number;
  readonly seatsTaken: number;
  readonly waitlistLength: number;
  readonly tags: readonly string[];
  readonly status: "PUBLISHED" | "DRAFT";
}

interface Filter {
  readonly endsAfter?: Date;
  readonly startsBefore?: Date;
  readonly search?: string;
  readonly place?: string;
  readonly format?: "ONLINE" | "IN_PERSON";
  readonly tags?: readonly string[];
  readonly hasFreeSeats?: boolean;
}

const anyEvent: fc.Arbitrary<Stored> = fc.record({
  id: fc.constant(null).map(() => newId()),
  title: fc.constantFrom("Rust evening", "Rust", "Zürich walk", "Evening of graphs"),
  venue: fc.constantFrom(null, "Café Zürich", "Rust bar", "Łódź hall"),
  // Many at one time: the id decides.
  startsAt: fc.constantFrom(-700, -30, -2, 1, 1, 2, 3, 24).map(at),
  endsAt: fc.constant(NOW),
  onlineUrl: fc.constantFrom(null, "https://meet.example.org/a"),
  capacity: fc.constantFrom(1, 2),
  seatsTaken: fc.constantFrom(0, 1),
  waitlistLength: fc.constantFrom(0, 0, 1),
  tags: fc.subarray(["rust", "straße", "café"]),
  status: fc.constantFrom("PUBLISHED", "PUBLISHED", "PUBLISHED", "DRAFT"),
});

const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    endsAfter: fc.constantFrom(-28, 2).map(at),
    startsBefore: fc.constantFrom(2, 25).map(at),
    search: fc.constantFrom("rust", "zur", "evening rust", "?"),
    place: fc.constantFrom("zurich", "lodz", "rust", "cafe zur", "%"),
    format: fc.constantFrom("ONLINE", "IN_PERSON"),
    tags: fc.subarray(["RUST", "strasse"]),
    hasFreeSeats: fc.boolean(),
  },
  { requiredKeys: [] },
);

const contains = (texts: readonly string[], search: string | undefined) => {
  if (search === undefined) return true;
  const patterns = wordPatterns(search);
  const index = wordIndexOf(texts);
  return patterns.length > 0 && patterns.every((pattern) => index.includes(pattern));
};

/** The rules, said again without SQL. */
function isListed(event: Stored, filter: Filter): boolean {
  const { title, venue, tags, onlineUrl, capacity, seatsTaken, waitlistLength } = event;
  const { endsAfter = NOW, startsBefore, format, hasFreeSeats } = filter;
  const isFree = capacity > seatsTaken && waitlistLength === 0;
  const keys = tags.map(fold);
  return (
    event.status === "PUBLISHED" &&
    event.endsAt >= endsAfter &&
    (startsBefore === undefined || event.startsAt < startsBefore) &&
    contains([title, venue ?? "", ...tags], filter.search) &&
    contains([venue ?? ""], filter.place) &&
    (format !== "ONLINE" || onlineUrl !== null) &&
    (format !== "IN_PERSON" || venue !== null || onlineUrl === null) &&
    (filter.tags ?? []).every((tag) => keys.includes(fold(tag))) &&
    (hasFreeSeats === undefined || hasFreeSeats === isFree)
  );
}

function listOf(events: readonly Stored[], filter: Filter): Stored[] {
  const order = (one: Stored, other: Stored) =>
    one.startsAt.getTime() - other.startsAt.getTime() || (one.id < other.id ? -1 : 1);
  return events.filter((event) => isListed(event, filter)).sort(order);
}

function tagsOf(events: readonly Stored[], filter: Filter) {
  const counts = new Map<string, number>();
  const chosen = (filter.tags ?? []).map(fold);
  for (const tag of listOf(events, filter).flatMap(({ tags }) => tags)) {
    if (!chosen.includes(fold(tag))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, eventCount]) => ({ name, eventCount }))
    .sort((a, b) => b.eventCount - a.eventCount || (fold(a.name) < fold(b.name) ? -1 : 1));
}

let database: Events;
beforeAll(async () => {
  database = await openEvents();
});
afterAll(() => database.close());

async function store(events: readonly Stored[]): Promise<void> {
  await database.sql("delete from event");
  for (const event of events) {
    const { title, venue, tags } = event;
    await database.sql(
      `insert into event (id, organizer_id, title, venue, starts_at, ends_at, time_zone, status,
         online_url, capacity, seats_taken, has_waitlist, waitlist_length, tags, tag_keys,
         search_text, venue_text, fold_version, created_at)
       values ($1, $1, $2, $3, $4, $5, 'UTC', $6, $7, $8, $9, true, $10, $11, $12, $13, $14, 1, $4)`,
      [
        event.id,
        title,
        venue,
        event.startsAt,
        event.endsAt,
        event.status,
        event.onlineUrl,
        event.capacity,
        event.seatsTaken,
        event.waitlistLength,
        tags,
        tags.map(fold),
        wordIndexOf([title, venue ?? "", ...tags]),
        wordIndexOf([venue ?? ""]),
      ],
    );
  }
}

const PAGE = `query($first: Int, $after: String, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    edges { node { id isOnline } } pageInfo { hasNextPage endCursor } } }`;
const TAGS = `query($filter: EventFilter, $search: String) {
  eventTags(filter: $filter, search: $search) { name eventCount } }`;

interface Found {
  readonly events: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** All pages of a list. */
async function readAll(filter: Filter, first: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const page: Found = await database.ask<Found>(VIEWER, NOW, PAGE, { first, after, filter });
    ids.push(...page.events.edges.map(({ node }) => node.id));
    ({ hasNextPage: hasMore, endCursor: after } = page.events.pageInfo);
  }
  return ids;
}

describe("lists of events", () => {
  test("have on their pages, under any filter, what a search of all events finds", async () => {
    const events = fc.array(anyEvent, { maxLength: 14 }).map((drawn) =>
      // Also one of 30 days, the longest that there is.
      drawn.map((event) => ({
        ...event,
        endsAt: new Date(
          event.startsAt.getTime() + (event.startsAt < at(-100) ? 720 : 3) * HOUR_MS,
        ),
      })),
    );
    const filters = fc.array(anyFilter, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        events,
        filters,
        fc.integer({ min: 1, max: 4 }),
        async (made, some, first) => {
          await store(made);
          for (const filter of some) {
            expect(await readAll(filter, first)).toEqual(listOf(made, filter).map(({ id }) => id));
            const { eventTags } = await database.ask<{ eventTags: object[] }>(VIEWER, NOW, TAGS, {
              filter,
            });
            expect(eventTags).toEqual(tagsOf(made, filter));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  test("take one statement for a page and one for the tags, and none without words", async () => {
    const filter = { search: "rust", place: "zur", tags: ["a"], hasFreeSeats: true };
    database.statements();
    await database.ask(VIEWER, NOW, PAGE, { filter });
    await database.ask(VIEWER, NOW, TAGS, { filter });
    expect(database.statements()).toHaveLength(2);
    await database.ask(VIEWER, NOW, PAGE, { filter: { place: "?!" } });
    expect(database.statements()).toEqual([]);
  });

  test("give tags whose words begin so, in their commonest spelling", async () => {
    const event = { ...(fc.sample(anyEvent, { numRuns: 1, seed: 1 })[0] as Stored) };
    const base = { ...event, status: "PUBLISHED", startsAt: at(1), endsAt: at(2) } as const;
    const spellings = ["machine learning", "Machine Learning", "machine learning", "deep learning"];
    await store(spellings.map((tag) => ({ ...base, id: newId(), tags: [tag] })));
    const find = (search: string) =>
      database.ask(VIEWER, NOW, TAGS, { search }).then((data) => data);
    expect(await find("LEARN")).toEqual({
      eventTags: [
        { name: "machine learning", eventCount: 3 },
        { name: "deep learning", eventCount: 1 },
      ],
    });
    expect(await find("machine l")).toEqual({
      eventTags: [{ name: "machine learning", eventCount: 3 }],
    });
    expect(await find("earning")).toEqual({ eventTags: [] });
  });
});
