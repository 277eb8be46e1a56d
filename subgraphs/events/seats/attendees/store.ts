// Reads the people who have seats.

import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import { Prisma } from "../../generated/prisma/client.ts";

export interface AttendeeRow {
  readonly eventId: string;
  readonly attendeeId: string;
  readonly confirmedSeq: number;
}

/**
 * A page of attendees and one more, for each event, in the order of their seats, in one statement.
 * Without erased accounts; for `seenBy` also without blocked pairs, accounts out of use, and others
 * who are hidden by their own wish.
 */
export async function listAttendees(
  database: Database,
  eventIds: readonly string[],
  page: Page<number>,
  seenBy: string | null,
): Promise<AttendeeRow[]> {
  const seen = seenBy
    ? Prisma.sql`and (not is_hidden or attendee_id = ${seenBy}::uuid) and not exists (
        select from block where is_blocked and (blocker_id, blocked_id)
          in ((${seenBy}::uuid, attendee_id), (attendee_id, ${seenBy}::uuid)))
        and not exists (select from person_standing
          where person_id = attendee_id and standing in ('SUSPENDED', 'LEAVING'))`
    : Prisma.empty;
  return database.$queryRaw<AttendeeRow[]>`/* events.attendees.list */
    select wanted.id as "eventId", attendee_id as "attendeeId", confirmed_seq as "confirmedSeq"
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select attendee_id, confirmed_seq from registration
      where event_id = wanted.id and status in ('CONFIRMED', 'CHECKED_IN', 'NO_SHOW')
        and confirmed_seq > ${page.after ?? 0}::int
        and not exists (select from erasure where user_id = attendee_id) ${seen}
      order by confirmed_seq limit ${page.limit + 1}::int
    ) as seated
    order by wanted.id, confirmed_seq`;
}
