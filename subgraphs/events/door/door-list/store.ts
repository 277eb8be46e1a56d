// Reads the registrations that gates let in.
import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import { Prisma, type Registration } from "../../generated/prisma/client.ts";

export type DoorEntryRow = Pick<
  Registration,
  "id" | "eventId" | "attendeeId" | "status" | "partySize" | "ticketVersion" | "checkedInSeats"
>;

/** A page of registrations with seats and one more, for each event, by id, in one statement. */
export async function listDoor(
  database: Database,
  eventIds: readonly string[],
  page: Page<string>,
): Promise<DoorEntryRow[]> {
  const behind = page.after ? Prisma.sql`and id > ${page.after}::uuid` : Prisma.empty;
  return database.$queryRaw<DoorEntryRow[]>`/* events.door.list */
    select listed.id, listed.event_id as "eventId", listed.attendee_id as "attendeeId",
      listed.status::text as status, listed.party_size as "partySize",
      listed.ticket_version as "ticketVersion", listed.checked_in_seats as "checkedInSeats"
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from registration
      where event_id = wanted.id and status in ('CONFIRMED', 'CHECKED_IN', 'NO_SHOW') ${behind}
      order by id limit ${page.limit + 1}::int
    ) as listed
    order by listed.event_id, listed.id`;
}

/** The position of each event's stream. */
export async function readSeqs(
  database: Database,
  streamIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.stream.findMany({ where: { id: { in: [...streamIds] } } });
  return new Map(rows.map((row) => [row.id, row.lastSeq]));
}
