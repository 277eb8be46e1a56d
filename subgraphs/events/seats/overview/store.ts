// Reads the registrations of events for those who may see all of them.
import { isId } from "#kit/data/id";
import type { Page } from "#kit/data/pagination";
import { wordPatterns } from "#kit/input/fold";
import type { Database } from "../../database.ts";
import { Prisma } from "../../generated/prisma/client.ts";
import { RegistrationStatus } from "../../generated/prisma/enums.ts";

export interface RegistrationFilter {
  readonly status: RegistrationStatus | null;
  /** Words of the person's name; the last one may be incomplete. */
  readonly search: string | null;
  /** The id of a ticket type. */
  readonly ticketType: string | null;
}

export interface OverviewRow {
  readonly id: string;
  readonly eventId: string;
  readonly requestedSeq: number;
}

/**
 * A page of registrations and one more, for each event, in the order in which they were made, in
 * one statement.
 */
export async function pageRegistrations(
  database: Database,
  eventIds: readonly string[],
  { status, search, ticketType }: RegistrationFilter,
  page: Page<number>,
): Promise<OverviewRow[]> {
  const patterns = search === null ? null : wordPatterns(search);
  if (patterns?.length === 0 || (ticketType !== null && !isId(ticketType))) return [];
  const named = patterns
    ? Prisma.sql`join person on person.id = r.attendee_id and ${matches(patterns)}`
    : Prisma.empty;
  const wanted = status ? Prisma.sql`and r.status = ${status}::registration_status` : Prisma.empty;
  const ofType = ticketType ? Prisma.sql`and r.ticket_type_id = ${ticketType}::uuid` : Prisma.empty;
  return database.$queryRaw<OverviewRow[]>`/* events.overview.page */
    select page.id, wanted.id as "eventId", page.requested_seq as "requestedSeq"
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select r.id, r.requested_seq from registration r ${named}
      where r.event_id = wanted.id and r.requested_seq > ${page.after ?? 0}::int
        ${wanted} ${ofType}
      order by r.requested_seq limit ${page.limit + 1}::int
    ) as page
    order by wanted.id, page.requested_seq`;
}

function matches(patterns: readonly string[]): Prisma.Sql {
  const each = patterns.map((pattern) => Prisma.sql`person.search_text like ${`%${pattern}%`}`);
  return Prisma.join(each, " and ");
}

export interface TotalRow {
  readonly eventId: string;
  readonly status: RegistrationStatus;
  readonly count: number;
  readonly seats: number;
}

const STATUSES = Object.keys(RegistrationStatus);

/**
 * The numbers of registrations and seats by status, for each event, in one statement. In the order
 * of the states in a registration's life.
 */
export async function totalsOf(
  database: Database,
  eventIds: readonly string[],
): Promise<TotalRow[]> {
  const rows = await database.$queryRaw<TotalRow[]>`/* events.overview.totals */
    select r.event_id as "eventId", r.status::text as status, count(*)::int as count,
      sum(r.party_size)::int as seats
    from registration r where r.event_id = any(${eventIds}::uuid[])
    group by r.event_id, r.status`;
  return rows.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
}
