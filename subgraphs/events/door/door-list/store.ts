// Reads the registrations that gates let in.
import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import { Prisma, type Registration } from "../../generated/prisma/client.ts";

export type DoorEntryRow = Pick<
  Registration,
  | "id"
  | "eventId"
  | "requestedSeq"
  | "status"
  | "partySize"
  | "ticketVersion"
  | "checkedInSeats"
  | "ticketTypeId"
> & { readonly name: string | null };

/** Where a page begins, and which registrations are wanted. */
export interface DoorStart {
  /** Behind the registration with this `requestedSeq`; null for the first page. */
  readonly behind: number | null;
  /** Those that changed behind this `seq`, with seats or without; null for all with seats. */
  readonly changedAfter: number | null;
}

/** A page of registrations and one more, for each event, in one statement. */
export async function listDoor(
  database: Database,
  eventIds: readonly string[],
  { after: start, limit }: Page<DoorStart>,
): Promise<DoorEntryRow[]> {
  const isWanted =
    typeof start?.changedAfter === "number"
      ? Prisma.sql`changed_seq > ${start.changedAfter}::int`
      : Prisma.sql`status in ('CONFIRMED', 'CHECKED_IN', 'NO_SHOW')`;
  return database.$queryRaw<DoorEntryRow[]>`/* events.door.list */
    select listed.id, listed.event_id as "eventId", listed.requested_seq as "requestedSeq",
      listed.status::text as status, listed.party_size as "partySize",
      listed.ticket_version as "ticketVersion", listed.checked_in_seats as "checkedInSeats",
      listed.ticket_type_id as "ticketTypeId", person.display_name as name
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from registration
      where event_id = wanted.id and ${isWanted} and requested_seq > ${start?.behind ?? -1}::int
      order by requested_seq limit ${limit + 1}::int
    ) as listed
    left join person on person.id = listed.attendee_id
    order by listed.event_id, listed.requested_seq`;
}

/** The position of each event's stream. */
export async function readSeqs(
  database: Database,
  streamIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.stream.findMany({ where: { id: { in: [...streamIds] } } });
  return new Map(rows.map((row) => [row.id, row.lastSeq]));
}
