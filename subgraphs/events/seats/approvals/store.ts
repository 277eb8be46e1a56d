// Reads registrations that an organizer decides about. Callers hold the lock of the event's stream.
import type { Transaction } from "../../database.ts";
import type { Registration } from "../../generated/prisma/client.ts";

/** Those of these registrations that are of one event, in the order of their requests. */
export async function findOfEvent(
  tx: Transaction,
  eventId: string,
  registrationIds: readonly string[],
): Promise<Registration[]> {
  return tx.registration.findMany({
    where: { eventId, id: { in: [...registrationIds] } },
    orderBy: { requestedSeq: "asc" },
  });
}

/** The registrations by which the organizer bars a person from an event. */
export async function findBarring(
  tx: Transaction,
  { eventId, attendeeId }: Pick<Registration, "eventId" | "attendeeId">,
): Promise<Registration[]> {
  return tx.registration.findMany({
    where: { eventId, attendeeId, cancelledBy: "ORGANIZER", isReadmitted: false },
    orderBy: { requestedSeq: "asc" },
  });
}
