// The entries of a changed registration, in the event's stream and in the person's own stream.
import { z } from "zod";
import { addToOutbox } from "#kit/facts/outbox";
import type { Change } from "#kit/live/changes";
import { type Entry, openStreams } from "#kit/live/streams";
import type { Transaction } from "../../database.ts";
import { registrationFact } from "../../integration.ts";
import { eventStream, personStream } from "../../streams.ts";

const REGISTRATION_UPDATED = "registrationUpdated";

const registrationShape = z.object({
  id: z.string(),
  eventId: z.string(),
  attendeeId: z.string(),
  status: z.enum([
    "PENDING_APPROVAL",
    "WAITLISTED",
    "OFFERED",
    "CONFIRMED",
    "CHECKED_IN",
    "NO_SHOW",
    "DECLINED",
    "EXPIRED",
    "CANCELLED",
  ]),
  partySize: z.number(),
  cancelledBy: z.enum(["ATTENDEE", "ORGANIZER", "SYSTEM"]).nullable(),
  // Older entries lack all of these.
  isHidden: z.boolean().default(false),
  /** Without it, the position is read when it is asked for. */
  waitlistPosition: z.number().nullish(),
  isTooLarge: z.boolean().default(false),
  offerExpiresAt: z.coerce.date().nullable().default(null),
  isReadmitted: z.boolean().default(false),
  ticketVersion: z.number().default(1),
  checkedInSeats: z.array(z.number()).default([]),
  createdAt: z.coerce.date(),
});

/** A registration after a change. */
export type RegistrationState = z.infer<typeof registrationShape>;

/**
 * Appends one entry for each registration to the event's stream, which the caller has locked, and
 * to the person's stream, and adds an integration event to the outbox. Returns the seqs in the
 * event's stream, in the order of the registrations.
 */
export async function appendUpdates(
  { tx, append }: Change<Transaction>,
  eventId: string,
  registrations: readonly RegistrationState[],
): Promise<number[]> {
  const people = registrations.map((registration) => personStream(registration.attendeeId));
  await openStreams(tx, people);
  const entries = await append(
    registrations.flatMap((registration) => {
      const entry = { type: REGISTRATION_UPDATED, payload: registrationShape.parse(registration) };
      return [
        { ...entry, streamId: eventStream(eventId) },
        { ...entry, streamId: personStream(registration.attendeeId) },
      ];
    }),
  );
  const own = entries.filter((entry) => entry.streamId === eventStream(eventId));
  const seqs = own.map((entry) => entry.seq);
  await addToOutbox(
    tx,
    registrations.map((registration, at) => registrationFact(registration, seqs[at] ?? 0)),
  );
  return seqs;
}

/** The registration in an entry of either stream. */
export function registrationOf(entry: Entry): RegistrationState {
  return registrationShape.parse(entry.payload);
}

/** The host who may no longer watch, in an entry of the streams of hosts. */
export function revokedHost(entry: Entry): string {
  return z.object({ personId: z.string() }).parse(entry.payload).personId;
}
