// Keeps what other subgraphs told, the newest version of each aggregate.
import type { Transaction } from "../context.ts";

/** A person, as far as matching needs to know them. */
export interface PersonState {
  readonly userId: string;
  readonly displayName: string;
  readonly headline: string | null;
  readonly location: string | null;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly intents: readonly string[];
}

export async function putPerson(
  tx: Transaction,
  state: PersonState,
  version: number,
): Promise<void> {
  const { userId, displayName, headline, location } = state;
  const { languages, skills, interests, intents } = state;
  await tx.$executeRaw`/* matching.person.put */
    insert into person (id, display_name, headline, location, languages, skills, interests,
      intents, version)
    values (${userId}::uuid, ${displayName}, ${headline}, ${location}, ${languages}::text[],
      ${skills}::text[], ${interests}::text[], ${intents}::text[], ${version}::int)
    on conflict (id) do update set display_name = excluded.display_name,
      headline = excluded.headline, location = excluded.location, languages = excluded.languages,
      skills = excluded.skills, interests = excluded.interests, intents = excluded.intents,
      version = excluded.version
      where person.version < excluded.version`;
}

/** Whether one person blocks another. */
export interface BlockState {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
}

export async function putBlock(tx: Transaction, state: BlockState, version: number): Promise<void> {
  const { blockerId, blockedId, isBlocked } = state;
  await tx.$executeRaw`/* matching.block.put */
    insert into block (blocker_id, blocked_id, is_blocked, version)
    values (${blockerId}::uuid, ${blockedId}::uuid, ${isBlocked}, ${version}::int)
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = excluded.version
      where block.version < excluded.version`;
}

/** A public event. */
export interface EventState {
  readonly eventId: string;
  readonly organizerId: string;
  readonly title: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
}

export async function putEvent(tx: Transaction, state: EventState, version: number): Promise<void> {
  const { eventId, organizerId, title, status, tags, startsAt, endsAt, timeZone } = state;
  await tx.$executeRaw`/* matching.event.put */
    insert into event (id, organizer_id, title, status, tags, starts_at, ends_at, time_zone, version)
    values (${eventId}::uuid, ${organizerId}::uuid, ${title}, ${status}, ${tags}::text[],
      ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${timeZone}, ${version}::int)
    on conflict (id) do update set organizer_id = excluded.organizer_id, title = excluded.title,
      status = excluded.status, tags = excluded.tags, starts_at = excluded.starts_at,
      ends_at = excluded.ends_at, time_zone = excluded.time_zone, version = excluded.version
      where event.version < excluded.version`;
}

/** A place at an event, asked for, given or given up. */
export interface RegistrationState {
  readonly registrationId: string;
  readonly eventId: string;
  readonly attendeeId: string;
  readonly status: string;
}

export async function putRegistration(
  tx: Transaction,
  state: RegistrationState,
  version: number,
): Promise<void> {
  const { registrationId, eventId, attendeeId, status } = state;
  await tx.$executeRaw`/* matching.registration.put */
    insert into registration (id, event_id, attendee_id, status, version)
    values (${registrationId}::uuid, ${eventId}::uuid, ${attendeeId}::uuid, ${status},
      ${version}::int)
    on conflict (id) do update set event_id = excluded.event_id,
      attendee_id = excluded.attendee_id, status = excluded.status, version = excluded.version
      where registration.version < excluded.version`;
}
