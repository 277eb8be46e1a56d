// The people whom a person knows: by a match, a common conversation or event. Events and
// registrations are stored as the events subgraph published them, the newest version of each.
import type { Database, Transaction } from "../database.ts";

export interface EventState {
  readonly eventId: string;
  readonly organizerId: string;
  readonly status: string;
}

/** Stores an event; a version that is not newer changes nothing. */
export async function putEvent(
  tx: Transaction,
  { eventId, organizerId, status }: EventState,
  version: number,
): Promise<void> {
  await tx.$executeRaw`/* messaging.event.put */
    insert into event (id, organizer_id, status, version)
    select ${eventId}::uuid, ${organizerId}::uuid, ${status}, ${version}::int
    on conflict (id) do update set organizer_id = excluded.organizer_id, status = excluded.status,
      version = excluded.version
      where event.version < excluded.version`;
}

/** Makes all stored versions of events older than any new one. */
export async function resetEventVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* messaging.event.reset */
    update event set version = 0 where version > 0`;
}

export interface RegistrationState {
  readonly registrationId: string;
  readonly eventId: string;
  readonly attendeeId: string;
  readonly status: string;
  readonly isHidden: boolean;
}

/** Stores a registration; false when its version is not newer, or its person is erased. */
export async function putRegistration(
  tx: Transaction,
  { registrationId, eventId, attendeeId, status, isHidden }: RegistrationState,
  version: number,
): Promise<boolean> {
  const put = await tx.$executeRaw`/* messaging.registration.put */
    insert into registration (id, event_id, person_id, status, is_hidden, version)
    select ${registrationId}::uuid, ${eventId}::uuid, ${attendeeId}::uuid, ${status}, ${isHidden},
      ${version}::int
    where not exists (select from erasure where user_id = ${attendeeId}::uuid)
    on conflict (id) do update set event_id = excluded.event_id, person_id = excluded.person_id,
      status = excluded.status, is_hidden = excluded.is_hidden, version = excluded.version
      where registration.version < excluded.version`;
  return put > 0;
}

/** Makes all stored versions of registrations older than any new one. */
export async function resetRegistrationVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* messaging.registration.reset */
    update registration set version = 0 where version > 0`;
}

/**
 * Those of the people whom `personId` does not know, in one statement. Two people know each other
 * when they are a match, are members of one conversation, or are at one event: with a seat, or as
 * its organizer. Who hides among the attendees is not there, or a stranger would learn it.
 */
export async function findStrangers(
  database: Database | Transaction,
  personId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.contacts.strangers */
    select wanted.id::text from unnest(${userIds}::uuid[]) as wanted(id)
    where wanted.id <> ${personId}::uuid
      and not exists (select from match where pair_low = least(wanted.id, ${personId}::uuid)
        and pair_high = greatest(wanted.id, ${personId}::uuid))
      and not exists (
        select from member as own
        join member as theirs on theirs.conversation_id = own.conversation_id
          and theirs.user_id = wanted.id
        where own.user_id = ${personId}::uuid)
      and not exists (
        select from registration as own
        join registration as theirs on theirs.event_id = own.event_id
          and theirs.person_id = wanted.id
        where own.person_id = ${personId}::uuid
          and own.status in ('CONFIRMED', 'CHECKED_IN') and not own.is_hidden
          and theirs.status in ('CONFIRMED', 'CHECKED_IN') and not theirs.is_hidden)
      and not exists (
        select from event join registration on registration.event_id = event.id
        where (event.organizer_id, registration.person_id)
            in ((wanted.id, ${personId}::uuid), (${personId}::uuid, wanted.id))
          and event.status = 'PUBLISHED' and registration.status in ('CONFIRMED', 'CHECKED_IN'))`;
  return new Set(rows.map(({ id }) => id));
}
