// Reads and writes events.
import type { Page } from "#kit/pagination";
import type { Database, Transaction } from "../context.ts";
import type { Event as EventRow, Prisma } from "../generated/prisma/client.ts";

export type { EventRow };

export type NewEvent = Omit<EventRow, "status" | "seatsTaken" | "waitlistLength" | "version">;

export async function insertEvent(tx: Transaction, event: NewEvent): Promise<EventRow> {
  return tx.event.create({ data: event });
}

export async function publish(tx: Transaction, eventId: string): Promise<EventRow> {
  return tx.event.update({
    where: { id: eventId },
    data: { status: "PUBLISHED", version: { increment: 1 } },
  });
}

export async function findEvent(
  database: Database | Transaction,
  eventId: string,
): Promise<EventRow | null> {
  return database.event.findUnique({ where: { id: eventId } });
}

/** Events by id, in one statement. */
export async function findEvents(
  database: Database,
  eventIds: readonly string[],
): Promise<EventRow[]> {
  return database.event.findMany({ where: { id: { in: [...eventIds] } } });
}

/** Public events behind an id, in the order of their ids. */
export async function listPublishedEvents(
  database: Database,
  after: string | null,
  limit: number,
): Promise<EventRow[]> {
  return database.event.findMany({
    where: { status: "PUBLISHED", ...(after && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: limit,
  });
}

export interface EventListing {
  readonly endsAfter: Date;
  readonly startsBefore: Date | null;
  readonly search: string | null;
  readonly tags: readonly string[];
  readonly organizerId: string | null;
  readonly includesDrafts: boolean;
}

/** Where a page of events goes on: behind this time and id. */
export interface EventPosition {
  readonly startsAt: Date;
  readonly id: string;
}

/** One event more than the page holds, soonest first. */
export async function listEvents(
  database: Database,
  listing: EventListing,
  page: Page<EventPosition>,
): Promise<EventRow[]> {
  const conditions: Prisma.EventWhereInput[] = [{ endsAt: { gte: listing.endsAfter } }];
  if (!listing.includesDrafts) conditions.push({ status: "PUBLISHED" });
  if (listing.startsBefore) conditions.push({ startsAt: { lt: listing.startsBefore } });
  if (listing.organizerId) conditions.push({ organizerId: listing.organizerId });
  if (listing.tags.length > 0) conditions.push({ tags: { hasEvery: [...listing.tags] } });
  if (listing.search) {
    const contains = { contains: escapeLike(listing.search), mode: "insensitive" } as const;
    conditions.push({ OR: [{ title: contains }, { description: contains }] });
  }
  if (page.after) {
    const { startsAt, id } = page.after;
    conditions.push({ OR: [{ startsAt: { gt: startsAt } }, { startsAt, id: { gt: id } }] });
  }
  return database.event.findMany({
    where: { AND: conditions },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    take: page.limit + 1,
  });
}

/** Prisma passes the wildcards of LIKE through; here they are meant as they are written. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
