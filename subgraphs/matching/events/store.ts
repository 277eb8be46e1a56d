// Reads and writes this subgraph's copy of events and registrations.
import type { Database, Transaction } from "../database.ts";

/** The fields of an event that are stored here. */
export interface EventFact {
  readonly eventId: string;
  /** Greater for a newer state. */
  readonly version: number;
  readonly status: string;
  readonly startsAt: Date;
}

/** Stores an event; false when the version is not newer than the stored one. */
export async function upsertEvent(tx: Transaction, fact: EventFact): Promise<boolean> {
  const changed = await tx.$executeRaw`/* matching.event.upsert */
    insert into event (id, version, status, starts_at)
    values (${fact.eventId}::uuid, ${fact.version}::int, ${fact.status}, ${fact.startsAt})
    on conflict (id) do update set version = excluded.version, status = excluded.status,
      starts_at = excluded.starts_at
    where event.version < excluded.version`;
  return changed === 1;
}

/** Makes all stored versions of events older than any new one. */
export async function resetEventVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* matching.event.reset */
    update event set version = 0 where version > 0`;
}

/** The fields of a registration that are stored here. */
export interface RegistrationFact {
  readonly registrationId: string;
  /** Greater for a newer state. */
  readonly version: number;
  readonly eventId: string;
  readonly personId: string;
  readonly status: string;
  /** The person does not want to be seen among the attendees. */
  readonly isHidden: boolean;
}

/** Stores a registration; false when its version is not newer, or its person is erased. */
export async function upsertRegistration(
  tx: Transaction,
  fact: RegistrationFact,
): Promise<boolean> {
  const changed = await tx.$executeRaw`/* matching.registration.upsert */
    insert into registration (id, version, event_id, person_id, status, is_hidden)
    select ${fact.registrationId}::uuid, ${fact.version}::int, ${fact.eventId}::uuid,
      ${fact.personId}::uuid, ${fact.status}, ${fact.isHidden}
    where not exists (select from erasure where user_id = ${fact.personId}::uuid)
    on conflict (id) do update set version = excluded.version, event_id = excluded.event_id,
      person_id = excluded.person_id, status = excluded.status, is_hidden = excluded.is_hidden
    where registration.version < excluded.version`;
  return changed === 1;
}

/** Makes all stored versions of registrations older than any new one. */
export async function resetRegistrationVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* matching.registration.reset */
    update registration set version = 0 where version > 0`;
}

export interface SharedEventRow {
  readonly personId: string;
  readonly eventId: string;
}

const SHARED_MAX = 5;

/**
 * Up to 5 public events, latest first, at which the viewer and each of these people have seats now
 * and neither hides, in one statement.
 */
export async function findSharedEvents(
  database: Database,
  viewerId: string,
  personIds: readonly string[],
): Promise<SharedEventRow[]> {
  return database.$queryRaw<SharedEventRow[]>`/* matching.events.shared */
    select wanted.id as "personId", shared.id as "eventId"
    from unnest(${personIds}::uuid[]) as wanted(id)
    cross join lateral (
      select event.id, event.starts_at from event
      where event.status = 'PUBLISHED' and event.id in (
        select theirs.event_id from registration theirs
        join registration own on own.event_id = theirs.event_id and own.person_id = ${viewerId}::uuid
        where theirs.person_id = wanted.id and theirs.status in ('CONFIRMED', 'CHECKED_IN')
          and own.status in ('CONFIRMED', 'CHECKED_IN') and not theirs.is_hidden
          and not own.is_hidden)
      order by event.starts_at desc, event.id limit ${SHARED_MAX}::int
    ) as shared
    order by wanted.id, shared.starts_at desc, shared.id`;
}
