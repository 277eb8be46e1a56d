// The entries of a changed registration or event, in the event's stream and in people's own
// streams.
import { z } from "zod";
import { findErasedOpened } from "#kit/erasures/store";
import { addToOutbox, type Fact } from "#kit/facts/outbox";
import type { Change } from "#kit/live/changes";
import { type Entry, openStreams } from "#kit/live/streams";
import type { Transaction } from "../database.ts";
import { registrationFact } from "../integration.ts";
import { eventStream, personStream } from "../streams.ts";
import type { RegistrationUpdateRow } from "./registrations/store.ts";

const REGISTRATION_UPDATED = "registrationUpdated";
const EVENT_CHANGED = "eventChanged";

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
  ticketTypeId: z.string().nullable().default(null),
  createdAt: z.coerce.date(),
});

/** A registration after a change. */
export type RegistrationState = z.infer<typeof registrationShape>;

/**
 * Locks people's streams. Returns those whose accounts are erased: they get no entry any more. The
 * erasure deletes the stream, so a person whose stream has entries is not erased.
 */
async function openPeople(
  { tx, writerId }: Change<Transaction>,
  registrations: readonly RegistrationState[],
): Promise<ReadonlySet<string>> {
  const ids = registrations.map(({ attendeeId }) => attendeeId);
  const empty = await openStreams(tx, ids.map(personStream));
  const unknown = ids.filter((id) => id !== writerId && empty.has(personStream(id)));
  return unknown.length > 0 ? findErasedOpened(tx, unknown, personStream) : new Set();
}

/**
 * Appends one entry for each registration to the event's stream, which the caller has locked, and
 * to the person's stream, and adds an integration event to the outbox. Returns the seqs in the
 * event's stream, in the order of the registrations.
 */
export async function appendUpdates(
  change: Change<Transaction>,
  eventId: string,
  registrations: readonly RegistrationState[],
  noticesOf: (seqs: readonly number[]) => readonly Fact[] = () => [],
): Promise<number[]> {
  const { tx, append } = change;
  const erased = await openPeople(change, registrations);
  const entries = await append(
    registrations.flatMap((registration) => {
      const entry = { type: REGISTRATION_UPDATED, payload: registrationShape.parse(registration) };
      const own = { ...entry, streamId: personStream(registration.attendeeId) };
      const all = { ...entry, streamId: eventStream(eventId) };
      return erased.has(registration.attendeeId) ? [all] : [all, own];
    }),
  );
  const own = entries.filter((entry) => entry.streamId === eventStream(eventId));
  const seqs = own.map((entry) => entry.seq);
  const states = registrations.map((each, at) => registrationFact(each, seqs[at] ?? 0));
  await addToOutbox(tx, [...states, ...noticesOf(seqs)]);
  return seqs;
}

/** An entry in an event's stream says what changed; in a person's, with their registration. */
const eventChangeShape = z.object({
  eventId: z.string(),
  changes: z.array(z.enum(["TIME", "PLACE", "TIME_ZONE", "ONLINE_LINK", "CANCELLED"])),
  registration: registrationShape.nullable(),
});

/** Appends a change of the event to its stream, which the caller has locked; returns its seq. */
export async function appendEventChange(
  { append }: Change<Transaction>,
  eventId: string,
  changes: readonly string[],
): Promise<number> {
  const payload = eventChangeShape.parse({ eventId, changes, registration: null });
  const [entry] = await append([{ streamId: eventStream(eventId), type: EVENT_CHANGED, payload }]);
  return entry?.seq ?? 0;
}

/** Appends a change of the event to the streams of people with registrations. */
export async function appendNotices(
  change: Change<Transaction>,
  eventId: string,
  registrations: readonly RegistrationState[],
  changes: readonly string[],
): Promise<void> {
  const erased = await openPeople(change, registrations);
  const told = registrations.filter(({ attendeeId }) => !erased.has(attendeeId));
  await change.append(
    told.map((registration) => ({
      streamId: personStream(registration.attendeeId),
      type: EVENT_CHANGED,
      payload: eventChangeShape.parse({ eventId, changes, registration }),
    })),
  );
}

/** The update that an entry of either stream tells. */
export function updateIn({ type, payload, seq, prevSeq }: Entry): RegistrationUpdateRow {
  if (type === EVENT_CHANGED) {
    const { changes, ...change } = eventChangeShape.parse(payload);
    return { seq, prevSeq, ...change, eventChanges: changes };
  }
  const registration = registrationShape.parse(payload);
  return { seq, prevSeq, eventId: registration.eventId, registration, eventChanges: [] };
}

/** The host who may no longer watch, in an entry of the streams of hosts. */
export function revokedHost(entry: Entry): string {
  return z.object({ personId: z.string() }).parse(entry.payload).personId;
}
