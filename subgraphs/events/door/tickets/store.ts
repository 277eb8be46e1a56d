// The rows behind the tickets of the graph, and the version of a registration's tickets.
import type { Transaction } from "../../database.ts";

/** A ticket; the code and its picture are made only where they are asked for. */
export interface TicketRow {
  readonly registrationId: string;
  readonly eventId: string;
  readonly seat: number;
  readonly ticketVersion: number;
  readonly isCheckedIn: boolean;
}

export interface TicketKeyRow {
  readonly kid: string;
  readonly publicKey: string;
}

export async function saveTicketVersion(
  tx: Transaction,
  registrationId: string,
  ticketVersion: number,
  changedSeq: number,
): Promise<void> {
  await tx.registration.update({
    where: { id: registrationId },
    data: { ticketVersion, changedSeq },
    select: { id: true },
  });
}
