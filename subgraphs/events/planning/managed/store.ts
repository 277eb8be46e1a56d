// Reads lists of the events that somebody manages.
import type { Page } from "#kit/data/pagination";
import { wordPatterns } from "#kit/input/fold";
import type { Database } from "../../database.ts";
import type { Event, Prisma } from "../../generated/prisma/client.ts";

export type ManagedEventRow = Omit<Event, "tagKeys" | "searchText" | "venueText" | "foldVersion">;

/** As in the SDL. */
export type Stage = "DRAFT" | "COMING" | "PAST" | "CANCELLED";

export interface ManagedListing {
  /** Null for all. */
  readonly stage: Stage | null;
  readonly now: Date;
  /** Folded words; the last one may be incomplete. */
  readonly search: string | null;
  /** Null for everybody's. */
  readonly managerId: string | null;
}

/** A position in such a list: behind this time and id. */
export interface ManagedPosition {
  readonly startsAt: Date;
  readonly id: string;
}

/** A page of events and one more. */
export async function listManagedEvents(
  database: Database,
  listing: ManagedListing,
  page: Page<ManagedPosition>,
): Promise<ManagedEventRow[]> {
  const conditions: Prisma.EventWhereInput[] = [atStage(listing)];
  if (listing.managerId !== null) conditions.push(managedBy(listing.managerId));
  if (listing.search !== null) {
    const patterns = wordPatterns(listing.search);
    if (patterns.length === 0) return [];
    for (const contains of patterns) conditions.push({ searchText: { contains } });
  }
  const direction = listing.stage === "COMING" ? "asc" : "desc";
  if (page.after) conditions.push(behind(page.after, direction));
  return database.event.findMany({
    where: { AND: conditions },
    orderBy: [{ startsAt: direction }, { id: direction }],
    take: page.limit + 1,
    omit: { tagKeys: true, searchText: true, venueText: true, foldVersion: true },
  });
}

function managedBy(personId: string): Prisma.EventWhereInput {
  return { OR: [{ organizerId: personId }, { hosts: { some: { personId } } }] };
}

function atStage({ stage, now }: ManagedListing): Prisma.EventWhereInput {
  if (stage === "COMING") return { status: "PUBLISHED", endsAt: { gte: now } };
  if (stage === "PAST") return { status: "PUBLISHED", endsAt: { lt: now } };
  return stage === null ? {} : { status: stage };
}

function behind({ startsAt, id }: ManagedPosition, direction: "asc" | "desc") {
  const than = direction === "asc" ? "gt" : "lt";
  return { OR: [{ startsAt: { [than]: startsAt } }, { startsAt, id: { [than]: id } }] };
}
