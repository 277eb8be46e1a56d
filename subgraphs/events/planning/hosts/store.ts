// Reads and writes the hosts of events.
import type { Database, Transaction } from "../../database.ts";
import { Prisma } from "../../generated/prisma/client.ts";
import type { HostRight } from "../../generated/prisma/enums.ts";

export interface HostRow {
  readonly eventId: string;
  readonly personId: string;
  readonly rights: readonly HostRight[];
}

/** The rights of one person as a host of each event; events without them are missing. */
export async function findRights(
  database: Database | Transaction,
  personId: string,
  eventIds: readonly string[],
): Promise<Map<string, readonly HostRight[]>> {
  const rows = await database.eventHost.findMany({
    where: { personId, eventId: { in: [...eventIds] } },
    select: { eventId: true, rights: true },
  });
  return new Map(rows.map((row) => [row.eventId, row.rights]));
}

/** The hosts of events, in the order in which they were added, in one statement. */
export async function listHosts(
  database: Database | Transaction,
  eventIds: readonly string[],
): Promise<HostRow[]> {
  return database.eventHost.findMany({
    where: { eventId: { in: [...eventIds] } },
    orderBy: [{ createdAt: "asc" }, { personId: "asc" }],
    omit: { createdAt: true },
  });
}

/** Stores a host, or the new rights of one. */
export async function putHost(tx: Transaction, host: HostRow, createdAt: Date): Promise<void> {
  const { eventId, personId } = host;
  const rights = [...host.rights];
  await tx.eventHost.upsert({
    where: { eventId_personId: { eventId, personId } },
    create: { eventId, personId, rights, createdAt },
    update: { rights },
  });
}

/** True when the person was a host. */
export async function deleteHost(
  tx: Transaction,
  eventId: string,
  personId: string,
): Promise<boolean> {
  const { count } = await tx.eventHost.deleteMany({ where: { eventId, personId } });
  return count > 0;
}

/**
 * Makes the hosts of an event hosts of another one too, with the same rights and in the same order:
 * those whom `addHost` would take there.
 */
export async function copyHosts(
  tx: Transaction,
  fromEventId: string,
  to: { readonly id: string; readonly organizerId: string; readonly createdAt: Date },
): Promise<void> {
  const person = Prisma.sql`host.person_id`;
  await tx.$executeRaw`/* events.hosts.copy */
    insert into event_host (event_id, person_id, rights, created_at)
    select ${to.id}::uuid, person_id, rights, ${to.createdAt}::timestamptz
      + row_number() over (order by created_at, person_id) * interval '1 millisecond'
    from event_host as host
    where event_id = ${fromEventId}::uuid and person_id <> ${to.organizerId}::uuid
      and ${isInUse(person)} and not ${isBlockedPair(to.organizerId, person)}`;
}

/** Whether a person has an account in use, and whether they and the organizer block each other. */
export async function findCandidate(
  tx: Transaction,
  organizerId: string,
  personId: string,
): Promise<{ readonly isKnown: boolean; readonly isBlocked: boolean }> {
  const person = Prisma.sql`${personId}::uuid`;
  const [row] = await tx.$queryRaw<
    { isKnown: boolean; isBlocked: boolean }[]
  >`/* events.hosts.candidate */
    select ${isInUse(person)} as "isKnown", ${isBlockedPair(organizerId, person)} as "isBlocked"`;
  return row ?? { isKnown: false, isBlocked: false };
}

function isInUse(person: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    exists (select from person where id = ${person}) and not exists (
      select from person_standing
      where person_id = ${person} and standing in ('SUSPENDED', 'LEAVING')
    ))`;
}

function isBlockedPair(organizerId: string, person: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (
    select from block where is_blocked and (blocker_id, blocked_id)
      in ((${organizerId}::uuid, ${person}), (${person}, ${organizerId}::uuid)))`;
}
