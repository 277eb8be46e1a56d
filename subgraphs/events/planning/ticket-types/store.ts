// Reads and writes the ticket types of events. Writers hold the lock of the event's stream.
import { newId } from "#kit/data/id";
import type { Database, Transaction } from "../../database.ts";
import type { TicketType } from "../../generated/prisma/client.ts";
import type { TicketTypeFields } from "./rules.ts";

export type TicketTypeRow = TicketType;

/** The ticket types of events, in order, in one statement. */
export async function listTicketTypes(
  database: Database | Transaction,
  eventIds: readonly string[],
): Promise<TicketTypeRow[]> {
  return database.ticketType.findMany({
    where: { eventId: { in: [...eventIds] } },
    orderBy: [{ eventId: "asc" }, { position: "asc" }],
  });
}

/** Ticket types by id, in one statement. */
export async function findTicketTypes(
  database: Database | Transaction,
  ids: readonly string[],
): Promise<TicketTypeRow[]> {
  return database.ticketType.findMany({ where: { id: { in: [...ids] } } });
}

interface NewTicketType extends TicketTypeFields {
  readonly id: string;
  readonly eventId: string;
  readonly position: number;
  readonly codeHash: string | null;
}

export async function insertTicketType(
  tx: Transaction,
  type: NewTicketType,
): Promise<TicketTypeRow> {
  return tx.ticketType.create({ data: type });
}

/**
 * Copies the types of an event to another one that has none. Nobody knows the code of a hidden
 * copy: a host sets a new one.
 */
export async function copyTicketTypes(tx: Transaction, from: string, to: string): Promise<void> {
  const types = await listTicketTypes(tx, [from]);
  if (types.length === 0) return;
  await tx.ticketType.createMany({
    data: types.map((type) => ({
      id: newId(),
      eventId: to,
      position: type.position,
      name: type.name,
      description: type.description,
      priceMinor: type.priceMinor,
      currency: type.currency,
      quota: type.quota,
      isReserved: type.isReserved,
      isHidden: type.isHidden,
      // No code has this hash.
      codeHash: type.isHidden ? newId() : null,
      partySizeMax: type.partySizeMax,
    })),
  });
  await recountTypes(tx, to);
}

/** Stores changed fields and a new version. */
export async function updateTicketType(
  tx: Transaction,
  id: string,
  fields: TicketTypeFields & { readonly codeHash: string | null },
): Promise<TicketTypeRow> {
  return tx.ticketType.update({
    where: { id },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** Deletes a type. Registrations that have ended lose it. */
export async function deleteTicketType(tx: Transaction, id: string): Promise<void> {
  await tx.ticketType.delete({ where: { id }, select: { id: true } });
}

/** The number of active registrations for a type. */
export async function countActiveOf(tx: Transaction, ticketTypeId: string): Promise<number> {
  return tx.registration.count({
    where: { ticketTypeId, status: { notIn: ["CANCELLED", "DECLINED", "EXPIRED"] } },
  });
}

/** Gives types their place in this order, in one statement. */
export async function orderTicketTypes(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`/* events.ticketTypes.order */
    update ticket_type set position = ordered.position - 1
    from unnest(${ids}::uuid[]) with ordinality as ordered(id, position)
    where ticket_type.id = ordered.id`;
}

/** Counts the types of an event, and the free seats that they set aside, after a change of them. */
export async function recountTypes(tx: Transaction, eventId: string): Promise<void> {
  await tx.$executeRaw`/* events.ticketTypes.recount */
    update event set ticket_type_count = counted.types, seats_set_aside = counted.seats
    from (
      select count(*)::int as types, coalesce(sum(greatest(0, quota - seats_taken - seats_offered))
        filter (where is_reserved), 0)::int as seats
      from ticket_type where event_id = ${eventId}::uuid
    ) as counted
    where id = ${eventId}::uuid`;
}
