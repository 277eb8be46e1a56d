// Reads the matches of a person who come to events.
import type { Database } from "../database.ts";

/** An event and its organizer, where there is one. */
export interface EventOf {
  readonly eventId: string;
  readonly organizerId: string | null;
}

export interface AttendingRow {
  readonly eventId: string;
  readonly personId: string;
}

const ATTENDING_MAX = 20;

/**
 * The viewer's matches at each of these events, the organizer first, in one statement. Without
 * those who hide, who are not active, or with whom there is a block on either side.
 */
export async function findAttending(
  database: Database,
  viewerId: string,
  events: readonly EventOf[],
): Promise<AttendingRow[]> {
  return database.$queryRaw<AttendingRow[]>`/* matching.attending.find */
    with matched as materialized (
      select other.id from (
        select second_id as id from match where first_id = ${viewerId}::uuid
        union all select first_id from match where second_id = ${viewerId}::uuid
      ) as other
      where not exists (
        select from person_standing where person_id = other.id and standing <> 'ACTIVE')
      and not exists (
        select from block where is_blocked and (blocker_id, blocked_id)
          in ((other.id, ${viewerId}::uuid), (${viewerId}::uuid, other.id)))
    )
    select wanted.event_id as "eventId", attending.id as "personId"
    from unnest(${events.map(({ eventId }) => eventId)}::uuid[],
      ${events.map(({ organizerId }) => organizerId)}::uuid[]) as wanted(event_id, organizer_id)
    join event on event.id = wanted.event_id and event.status = 'PUBLISHED'
    cross join lateral (
      select matched.id, matched.id is not distinct from wanted.organizer_id as is_organizer
      from matched
      where matched.id = wanted.organizer_id or exists (
        select from registration where event_id = wanted.event_id and person_id = matched.id
          and status in ('CONFIRMED', 'CHECKED_IN') and not is_hidden)
      order by is_organizer desc, matched.id limit ${ATTENDING_MAX}::int
    ) as attending
    order by wanted.event_id, attending.is_organizer desc, attending.id`;
}
