// Writes the ends of an event's life. Callers hold the lock of the event's stream.
import type { Transaction } from "../../database.ts";

/** Cancels an event; its registrations stay as they are. */
export async function cancel(
  tx: Transaction,
  eventId: string,
  reason: string,
  cancelledAt: Date,
): Promise<void> {
  await tx.event.update({
    where: { id: eventId },
    data: {
      status: "CANCELLED",
      cancelledAt,
      cancellationReason: reason,
      version: { increment: 1 },
    },
  });
}

/** Makes a draft of a published event. */
export async function unpublish(
  tx: Transaction,
  eventId: string,
  unpublishedAt: Date,
): Promise<void> {
  await tx.event.update({
    where: { id: eventId },
    data: { status: "DRAFT", unpublishedAt, version: { increment: 1 } },
  });
}

export async function countActive(tx: Transaction, eventId: string): Promise<number> {
  return tx.registration.count({
    where: { eventId, status: { notIn: ["CANCELLED", "DECLINED", "EXPIRED"] } },
  });
}
