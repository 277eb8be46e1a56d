// Reads and writes notices: changes of events about which not everybody has been told yet.
import type { Transaction } from "../../database.ts";
import type { EventNotice, Registration } from "../../generated/prisma/client.ts";

export async function insertNotice(tx: Transaction, notice: EventNotice): Promise<void> {
  await tx.eventNotice.create({ data: notice });
}

/** Null when everybody has been told. */
export async function findNotice(
  tx: Transaction,
  eventId: string,
  seq: number,
): Promise<EventNotice | null> {
  return tx.eventNotice.findUnique({ where: { eventId_seq: { eventId, seq } } });
}

/** Whether people are still being told of an earlier change of the event. */
export async function otherNoticeExists(tx: Transaction, eventId: string): Promise<boolean> {
  return (await tx.eventNotice.count({ where: { eventId }, take: 1 })) > 0;
}

export async function moveNotice(
  tx: Transaction,
  eventId: string,
  seq: number,
  toldUntil: number,
): Promise<void> {
  await tx.eventNotice.update({ where: { eventId_seq: { eventId, seq } }, data: { toldUntil } });
}

export async function deleteNotice(tx: Transaction, eventId: string, seq: number): Promise<void> {
  await tx.eventNotice.deleteMany({ where: { eventId, seq } });
}

/** The next active registrations from before the change, in the order in which they were made. */
export async function listUntold(
  tx: Transaction,
  { eventId, seq, toldUntil }: EventNotice,
  limit: number,
): Promise<Registration[]> {
  return tx.registration.findMany({
    where: {
      eventId,
      requestedSeq: { gt: toldUntil, lt: seq },
      status: { notIn: ["CANCELLED", "DECLINED", "EXPIRED"] },
    },
    orderBy: { requestedSeq: "asc" },
    take: limit,
  });
}
