// The entries that a change of a registration leaves in the event's stream and in the person's own.
import { z } from "zod";
import { tell } from "#kit/facts/outbox";
import { appendEntries, type Entry, openStreams } from "#kit/live/streams";
import type { Transaction } from "../context.ts";
import { registrationFact } from "../integration.ts";
import { eventStream, personStream } from "../streams.ts";

const REGISTRATION_UPDATED = "registrationUpdated";

const registrationShape = z.object({
  id: z.string(),
  eventId: z.string(),
  attendeeId: z.string(),
  status: z.enum(["CONFIRMED", "WAITLISTED", "CANCELLED"]),
  partySize: z.number(),
  cancelledBy: z.enum(["ATTENDEE", "ORGANIZER"]).nullable(),
  waitlistPosition: z.number().nullable(),
  createdAt: z.coerce.date(),
});

/** A registration as a change left it. */
export type RegistrationState = z.infer<typeof registrationShape>;

/**
 * Appends one entry for each change to the event's stream, which the caller has locked, and to the
 * stream of each person, and tells other subgraphs of it. Returns the seqs in the event's
 * stream, in the order of the changes, and the entries to announce.
 */
export async function tellStreams(
  tx: Transaction,
  eventId: string,
  changes: readonly RegistrationState[],
): Promise<{ readonly seqs: number[]; readonly entries: Entry[] }> {
  const people = changes.map((change) => personStream(change.attendeeId));
  await openStreams(tx, people);
  const entries = await appendEntries(
    tx,
    changes.flatMap((change) => {
      const entry = { type: REGISTRATION_UPDATED, payload: registrationShape.parse(change) };
      return [
        { ...entry, streamId: eventStream(eventId) },
        { ...entry, streamId: personStream(change.attendeeId) },
      ];
    }),
  );
  const own = entries.filter((entry) => entry.streamId === eventStream(eventId));
  const seqs = own.map((entry) => entry.seq);
  await tell(
    tx,
    changes.map((change, at) => registrationFact(change, seqs[at] ?? 0)),
  );
  return { seqs, entries };
}

/** The registration that an entry tells of. */
export function registrationOf(entry: Entry): RegistrationState {
  return registrationShape.parse(entry.payload);
}
