// Reads lists of events, and counts the tags in them.
import type { Page } from "#kit/data/pagination";
import { fold, wordPatterns } from "#kit/input/fold";
import type { Database } from "../../database.ts";
import { Prisma } from "../../generated/prisma/client.ts";
import type { EventRow } from "../events/store.ts";

/** As in the SDL. */
export type EventFormat = "ONLINE" | "IN_PERSON";

export interface EventListing {
  readonly endsAfter: Date;
  /** No event takes more days. */
  readonly daysMax: number;
  readonly startsBefore: Date | null;
  /** Words; the last one may be incomplete. */
  readonly search: string | null;
  /** Words of the venue; the last one may be incomplete. */
  readonly place: string | null;
  readonly format: EventFormat | null;
  readonly tags: readonly string[];
  readonly hasFreeSeats: boolean | null;
  readonly organizerId: string | null;
  readonly statuses: readonly EventRow["status"][];
}

/** A position in a list of events: behind this time and id. */
export interface EventPosition {
  readonly startsAt: Date;
  readonly id: string;
}

/** A tag and how many events of a list have it. */
export interface EventTagRow {
  readonly name: string;
  readonly eventCount: number;
}

/** The columns of `EventRow`: Prisma cannot compute free seats, so that the list is SQL. */
const COLUMNS: Readonly<Record<keyof EventRow, string>> = {
  id: "id",
  organizerId: "organizer_id",
  title: "title",
  description: "description",
  venue: "venue",
  startsAt: "starts_at",
  endsAt: "ends_at",
  timeZone: "time_zone",
  status: "status",
  capacity: "capacity",
  seatsTaken: "seats_taken",
  seatsOffered: "seats_offered",
  seatsCheckedIn: "seats_checked_in",
  seatsSetAside: "seats_set_aside",
  ticketTypeCount: "ticket_type_count",
  hasWaitlist: "has_waitlist",
  waitlistLength: "waitlist_length",
  pendingCount: "pending_count",
  partySizeMax: "party_size_max",
  passesMax: "passes_max",
  offerMinutes: "offer_minutes",
  isApprovalRequired: "needs_approval",
  tags: "coalesce(tags, '{}')",
  onlineUrl: "online_url",
  language: "language",
  registrationOpensAt: "registration_opens_at",
  registrationClosesAt: "registration_closes_at",
  cancellationClosesAt: "cancellation_closes_at",
  cancelledAt: "cancelled_at",
  cancellationReason: "cancellation_reason",
  createdAt: "created_at",
  version: "version",
  noShowsAt: "no_shows_at",
  coverFileId: "cover_file_id",
};

const ROW = Prisma.raw(
  Object.entries(COLUMNS)
    .map(([field, column]) => `${column} as "${field}"`)
    .join(", "),
);

/** A page of events and one more, soonest first, in one statement. */
export async function listEvents(
  database: Database,
  listing: EventListing,
  page: Page<EventPosition>,
): Promise<EventRow[]> {
  const wanted = conditionsOf(listing);
  if (wanted === null) return [];
  const { startsAt, id } = page.after ?? {};
  const behind = startsAt
    ? Prisma.sql`and (starts_at, id) > (${startsAt}::timestamptz, ${id}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<EventRow[]>`/* events.listing.page */
    select ${ROW} from event where ${wanted} ${behind}
    order by starts_at, id limit ${page.limit + 1}::int`;
}

const TAGS_MAX = 20;
/** Of a longer list, the soonest events are counted. */
const COUNTED_MAX = 2_000;

/**
 * The commonest tags of a list without those of its filter, in one statement. `search` is the
 * beginning of a word.
 */
export async function countTags(
  database: Database,
  listing: EventListing,
  search: string | null,
): Promise<EventTagRow[]> {
  const wanted = conditionsOf(listing);
  if (wanted === null) return [];
  const beginning = search === null ? null : ` ${fold(search).trim()}`;
  return database.$queryRaw<EventTagRow[]>`/* events.listing.tags */
    select mode() within group (order by tag) as name, count(*)::int as "eventCount"
    from (
      select tags, tag_keys from event where ${wanted} order by starts_at, id
      limit ${COUNTED_MAX}::int
    ) as listed cross join unnest(listed.tags, listed.tag_keys) as used(tag, key)
    where key <> all(${listing.tags.map(fold)}::text[])
      and (${beginning}::text is null or strpos(' ' || key, ${beginning}::text) > 0)
    group by key order by count(*) desc, key limit ${TAGS_MAX}::int`;
}

/** The condition for a listing; null when no event can meet it. */
function conditionsOf(listing: EventListing): Prisma.Sql | null {
  const { endsAfter, daysMax, startsBefore, organizerId, tags, statuses } = listing;
  const search = wordsIn(listing.search, [Prisma.sql`search_text`]);
  // The words of a place are words of the event too, and only these have an index.
  const place = wordsIn(listing.place, [Prisma.sql`search_text`, Prisma.sql`venue_text`]);
  if (search === null || place === null || statuses.length === 0) return null;
  const conditions = [
    inStatus(statuses),
    Prisma.sql`ends_at >= ${endsAfter}::timestamptz`,
    // The index begins here, and not with the first event of all.
    Prisma.sql`starts_at >= ${endsAfter}::timestamptz - make_interval(days => ${daysMax}::int)`,
    ...search,
    ...place,
    ...formatOf(listing.format),
    ...freeSeatsOf(listing.hasFreeSeats),
  ];
  if (startsBefore) conditions.push(Prisma.sql`starts_at < ${startsBefore}::timestamptz`);
  if (organizerId) conditions.push(Prisma.sql`organizer_id = ${organizerId}::uuid`);
  if (tags.length > 0) conditions.push(Prisma.sql`tag_keys @> ${tags.map(fold)}::text[]`);
  return Prisma.join(conditions, " and ");
}

/** One state keeps the order of the index. */
function inStatus(statuses: EventListing["statuses"]): Prisma.Sql {
  const each = statuses.map((status) => Prisma.sql`${status}::event_status`);
  return each.length === 1
    ? Prisma.sql`status = ${each[0]}`
    : Prisma.sql`status in (${Prisma.join(each)})`;
}

/** That all words are in these columns; null for a text without words, which finds nothing. */
function wordsIn(text: string | null, columns: readonly Prisma.Sql[]): Prisma.Sql[] | null {
  if (text === null) return [];
  const patterns = wordPatterns(text).map((pattern) => `%${pattern}%`);
  if (patterns.length === 0) return null;
  return columns.flatMap((column) =>
    patterns.map((pattern) => Prisma.sql`${column} like ${pattern}`),
  );
}

function formatOf(format: EventFormat | null): Prisma.Sql[] {
  if (format === null) return [];
  if (format === "ONLINE") return [Prisma.sql`online_url is not null`];
  return [Prisma.sql`(venue is not null or online_url is null)`];
}

function freeSeatsOf(hasFreeSeats: boolean | null): Prisma.Sql[] {
  if (hasFreeSeats === null) return [];
  const isFree = Prisma.sql`(capacity - seats_taken - seats_offered - seats_set_aside > 0
    and waitlist_length = 0)`;
  return [hasFreeSeats ? isFree : Prisma.sql`not ${isFree}`];
}
