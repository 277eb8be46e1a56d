// Erases what a person has in this subgraph. Callers hold the lock of the event's stream, or of the
// person's own.
import { FOLD_VERSION } from "#kit/input/fold";
import type { Database, Transaction } from "../database.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { StoredRegistration } from "../seats/registrations/store.ts";

/**
 * An event for which the person has a registration with something to erase: seats or a place on the
 * waitlist while the event is not over, or a key that their client chose.
 */
export async function findRegisteredEvent(
  database: Database | Transaction,
  userId: string,
  now: Date,
): Promise<string | null> {
  const [found] = await database.$queryRaw<{ id: string }[]>`/* events.erasures.registered */
    select event.id::text as id from registration
    join event on event.id = registration.event_id
    where attendee_id = ${userId}::uuid
      and (registration.request_hash <> ''
        or exists (select from answer where registration_id = registration.id)
        or registration.status not in ('CANCELLED', 'DECLINED', 'EXPIRED') and ends_at > ${now})
    limit 1`;
  return found?.id ?? null;
}

/** The person's registration for an event that is not cancelled. */
export async function findStanding(
  tx: Transaction,
  eventId: string,
  attendeeId: string,
): Promise<StoredRegistration | null> {
  return tx.registration.findFirst({
    where: { eventId, attendeeId, status: { notIn: ["CANCELLED", "DECLINED", "EXPIRED"] } },
  });
}

/** Erases what was written with the person's registrations for an event, by them and about them. */
export async function eraseKeys(
  tx: Transaction,
  eventId: string,
  attendeeId: string,
): Promise<void> {
  await tx.answer.deleteMany({ where: { registration: { eventId, attendeeId } } });
  await tx.registration.updateMany({
    where: { eventId, attendeeId },
    data: { idempotencyKey: null, requestHash: "", note: null },
  });
}

/** A draft whose organizer is erased, while registrations of others point at it. */
const EMPTIED = {
  title: "–",
  description: null,
  venue: null,
  onlineUrl: null,
  tags: { equals: [] },
} satisfies Prisma.EventWhereInput;

/** A draft of the person that is not erased; null when there is none. */
export async function findDraft(
  database: Database | Transaction,
  organizerId: string,
): Promise<string | null> {
  const found = await database.event.findFirst({
    where: { organizerId, status: "DRAFT", NOT: EMPTIED },
    select: { id: true },
  });
  return found?.id ?? null;
}

/**
 * Whether a draft must be deleted with the person's own registrations for it. If others, who can
 * only be admins, have registered for it, it stays without its texts. A published event stays as it
 * is.
 */
export async function eraseDraft(
  tx: Transaction,
  id: string,
  organizerId: string,
): Promise<boolean> {
  const draft = { id, organizerId, status: "DRAFT" } as const;
  if ((await tx.event.count({ where: draft })) === 0) return false;
  const ofOthers = { eventId: id, attendeeId: { not: organizerId } };
  if ((await tx.registration.count({ where: ofOthers })) > 0) {
    const texts = {
      title: EMPTIED.title,
      description: null,
      venue: null,
      onlineUrl: null,
      tags: [],
    };
    const keys = { tagKeys: [], searchText: "", venueText: "", foldVersion: FOLD_VERSION };
    const types = { ticketTypeCount: 0, seatsSetAside: 0 };
    await tx.event.update({ where: { id }, data: { ...texts, ...keys, ...types } });
    await tx.ticketType.deleteMany({ where: { eventId: id } });
    await tx.question.deleteMany({ where: { eventId: id } });
    return false;
  }
  return true;
}

/** Takes some of the person's files from all events, at most `limit`. They are locked. */
export async function takeFilesOf(
  tx: Transaction,
  ownerId: string,
  limit: number,
): Promise<string[]> {
  const files = await tx.$queryRaw<{ id: string }[]>`/* events.erasures.files */
    select id::text from file where owner_id = ${ownerId}::uuid
    order by id limit ${limit}::int for update`;
  const ids = files.map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx.$executeRaw`/* events.erasures.covers */
    update event set cover_file_id = null where cover_file_id = any(${ids}::uuid[])`;
  return ids;
}

export async function hasFiles(tx: Transaction, ownerId: string): Promise<boolean> {
  return (await tx.file.findFirst({ where: { ownerId }, select: { id: true } })) !== null;
}

/** True when a stream has entries. */
export async function hasEntries(tx: Transaction, streamId: string): Promise<boolean> {
  return (await tx.streamEntry.findFirst({ where: { streamId }, select: { seq: true } })) !== null;
}

/**
 * Deletes the person's blocks both ways, their name and standing, what they were a host of, the
 * keys of their events, and their own stream without entries.
 */
export async function deletePerson(
  tx: Transaction,
  userId: string,
  streamId: string,
): Promise<void> {
  await tx.block.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
  await tx.personStanding.deleteMany({ where: { personId: userId } });
  await tx.person.deleteMany({ where: { id: userId } });
  await tx.eventHost.deleteMany({ where: { personId: userId } });
  await tx.registrationExport.deleteMany({ where: { personId: userId } });
  await tx.event.updateMany({
    where: { organizerId: userId },
    data: { idempotencyKey: null, requestHash: null },
  });
  await tx.stream.deleteMany({ where: { id: streamId } });
}
