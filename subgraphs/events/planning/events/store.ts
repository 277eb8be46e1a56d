// Reads and writes events.

import { FOLD_VERSION, fold, wordIndexOf } from "#kit/input/fold";
import type { Database, Transaction } from "../../database.ts";
import type { Event } from "../../generated/prisma/client.ts";

/** An event as the graph knows it. */
export type EventRow = Omit<Event, keyof typeof INTERNAL>;

const INTERNAL = {
  tagKeys: true,
  searchText: true,
  venueText: true,
  foldVersion: true,
  unpublishedAt: true,
  idempotencyKey: true,
  requestHash: true,
} as const;

/** The fields of an event that people write. */
export type EventFields = Pick<
  EventRow,
  | "title"
  | "description"
  | "venue"
  | "startsAt"
  | "endsAt"
  | "timeZone"
  | "capacity"
  | "hasWaitlist"
  | "partySizeMax"
  | "passesMax"
  | "offerMinutes"
  | "isApprovalRequired"
  | "tags"
  | "onlineUrl"
  | "language"
  | "registrationOpensAt"
  | "registrationClosesAt"
  | "cancellationClosesAt"
>;

export type NewEvent = EventFields &
  Pick<EventRow, "id" | "organizerId" | "createdAt"> &
  Pick<Event, "idempotencyKey" | "requestHash">;

/** Stores a draft; null when the organizer has used its idempotency key before. */
export async function insertEvent(tx: Transaction, event: NewEvent): Promise<EventRow | null> {
  const data = { ...event, ...keysOf(event), foldVersion: FOLD_VERSION };
  const [inserted = null] = await tx.event.createManyAndReturn({
    data,
    skipDuplicates: true,
    omit: INTERNAL,
  });
  return inserted;
}

/** The event that an organizer made with an idempotency key, and the hash of that request. */
export async function findByKey(
  database: Database | Transaction,
  organizerId: string,
  idempotencyKey: string,
): Promise<{ readonly event: EventRow; readonly requestHash: string | null } | null> {
  const found = await database.event.findUnique({
    where: { organizerId_idempotencyKey: { organizerId, idempotencyKey } },
    omit: { ...INTERNAL, requestHash: false },
  });
  if (!found) return null;
  const { requestHash, ...event } = found;
  return { event, requestHash };
}

export async function publish(tx: Transaction, eventId: string): Promise<EventRow> {
  return tx.event.update({
    where: { id: eventId },
    data: { status: "PUBLISHED", version: { increment: 1 } },
    omit: INTERNAL,
  });
}

/** Stores changed fields, with the search keys and a new version. */
export async function updateEvent(
  tx: Transaction,
  eventId: string,
  fields: EventFields,
): Promise<EventRow> {
  const keys = { ...keysOf(fields), foldVersion: FOLD_VERSION };
  return tx.event.update({
    where: { id: eventId },
    data: { ...fields, ...keys, version: { increment: 1 } },
    omit: INTERNAL,
  });
}

export async function findEvent(
  database: Database | Transaction,
  eventId: string,
): Promise<EventRow | null> {
  return database.event.findUnique({ where: { id: eventId }, omit: INTERNAL });
}

/** Events by id, in one statement. */
export async function findEvents(
  database: Database,
  eventIds: readonly string[],
): Promise<EventRow[]> {
  return database.event.findMany({ where: { id: { in: [...eventIds] } }, omit: INTERNAL });
}

/** Events that other subgraphs know, behind an id, in the order of their ids. */
export async function listKnownEvents(
  database: Database,
  after: string | null,
  limit: number,
): Promise<EventRow[]> {
  return database.event.findMany({
    where: {
      OR: [{ status: { not: "DRAFT" } }, { unpublishedAt: { not: null } }],
      ...(after && { id: { gt: after } }),
    },
    orderBy: { id: "asc" },
    take: limit,
    omit: INTERNAL,
  });
}

/** The texts from which the search keys of an event are made. */
export type Keyed = Pick<EventRow, "id" | "title" | "description" | "venue" | "tags">;

function keysOf({ title, description, venue, tags }: Omit<Keyed, "id">) {
  return {
    tagKeys: tags.map(fold),
    searchText: wordIndexOf([title, description ?? "", venue ?? "", ...tags]),
    venueText: wordIndexOf([venue ?? ""]),
  };
}

/** Up to `limit` events that lack keys or have those of an older version of the fold, locked. */
export async function lockUnfolded(tx: Transaction, limit: number): Promise<Keyed[]> {
  return tx.$queryRaw<Keyed[]>`/* events.event.unfolded */
    select id, title, description, venue, coalesce(tags, '{}') as tags from event
    where fold_version < ${FOLD_VERSION}::int or venue_text is null
    order by fold_version, id limit ${limit}::int
    for no key update`;
}

/** Stores search keys and the version of their fold. The rows are locked. */
export async function saveKeys(tx: Transaction, events: readonly Keyed[]): Promise<void> {
  const rows = events.map((event) => ({ id: event.id, ...keysOf(event) }));
  await tx.$executeRaw`/* events.event.fold */
    update event set tag_keys = folded."tagKeys", search_text = folded."searchText",
      venue_text = folded."venueText", fold_version = ${FOLD_VERSION}::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as folded(id uuid, "tagKeys" text[], "searchText" text, "venueText" text)
    where event.id = folded.id`;
}

/**
 * Deletes an event with its registrations and these of its streams; `hosts` with those of single
 * hosts. People's own streams stay. The caller has locked the event's stream.
 */
export async function deleteEvent(
  tx: Transaction,
  eventId: string,
  streams: { readonly event: string; readonly hosts: string },
): Promise<void> {
  await tx.registration.deleteMany({ where: { eventId } });
  await tx.event.delete({ where: { id: eventId } });
  const ids = [{ in: [streams.event, streams.hosts] }, { startsWith: `${streams.hosts}:` }];
  await tx.streamEntry.deleteMany({ where: { OR: ids.map((streamId) => ({ streamId })) } });
  await tx.stream.deleteMany({ where: { OR: ids.map((id) => ({ id })) } });
}
