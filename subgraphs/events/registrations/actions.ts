// Registering and giving up: each locks the event's stream, judges what it then reads, and tells
// both streams, the event's and the person's, in the same transaction.
import { createHash } from "node:crypto";
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import type { Live } from "#kit/live/live";
import type { WatchedStream } from "#kit/live/shared/sharing";
import { type Entry, lockStreams } from "#kit/live/streams";
import { requireViewer, type Viewer } from "#kit/trust/identity";
import { canRun, canSee, canSeeRegistration } from "../access.ts";
import type { Context, Transaction } from "../context.ts";
import { type EventRow, findEvent } from "../events/store.ts";
import { eventStream, personStream } from "../streams.ts";
import { tellStreams } from "./entries.ts";
import {
  type Canceller,
  judgeCancellation,
  judgeRegistration,
  promoted,
  type RegisterVerdict,
} from "./rules.ts";
import {
  cancel,
  confirm,
  findEarlier,
  findRegistration,
  freeSeats,
  insertRegistration,
  markChanged,
  moveWaitlist,
  type StoredRegistration,
  takeSeats,
  waitlistHead,
} from "./store.ts";

export interface RegisterRequest {
  readonly eventId: string;
  /** Seats, 1 to 10. */
  readonly partySize: number;
  readonly idempotencyKey: string | null;
}

type Refusal = Exclude<
  RegisterVerdict<StoredRegistration>,
  { readonly kind: "confirmed" | "waitlisted" | "replayed" }
>;

export type RegisterOutcome =
  | Refusal
  | { readonly kind: "registered"; readonly registration: StoredRegistration }
  | { readonly kind: "notFound" };

/** Registers the viewer: with seats while there are any, else in the waitlist. */
export async function registerForEvent(
  context: Context,
  request: RegisterRequest,
): Promise<RegisterOutcome> {
  const viewer = requireViewer(context);
  const hash = hashOf(request);
  const { outcome, entries } = await changeEvent(context, request.eventId, async (tx, event) => {
    if (!event || !canSee(event, viewer)) return refused({ kind: "notFound" });
    const earlier = await findEarlier(tx, event, viewer.id, request.idempotencyKey);
    const verdict = judgeRegistration(event, earlier, { ...request, hash }, context.now());
    if (verdict.kind === "replayed") return refused({ ...verdict, kind: "registered" });
    if (verdict.kind !== "confirmed" && verdict.kind !== "waitlisted") return refused(verdict);
    return register(tx, context, viewer, { ...request, hash }, verdict);
  });
  context.live.announce(entries);
  return outcome;
}

interface Told<Outcome> {
  readonly outcome: Outcome;
  readonly entries: readonly Entry[];
}

/** An outcome that changed nothing. */
function refused(outcome: RegisterOutcome): Told<RegisterOutcome> {
  return { outcome, entries: [] };
}

async function register(
  tx: Transaction,
  context: Context,
  viewer: Viewer,
  request: RegisterRequest & { readonly hash: string },
  verdict: Extract<RegisterVerdict<never>, { readonly kind: "confirmed" | "waitlisted" }>,
): Promise<Told<RegisterOutcome>> {
  const { eventId, partySize, idempotencyKey } = request;
  const isConfirmed = verdict.kind === "confirmed";
  if (isConfirmed) await takeSeats(tx, eventId, partySize);
  else await moveWaitlist(tx, eventId, 1);
  const shown = {
    id: newId(),
    eventId,
    attendeeId: viewer.id,
    status: isConfirmed ? "CONFIRMED" : "WAITLISTED",
    partySize,
    cancelledBy: null,
    createdAt: context.now(),
  } as const;
  const waitlistPosition = isConfirmed ? null : verdict.waitlistPosition;
  const { seqs, entries } = await tellStreams(tx, eventId, [{ ...shown, waitlistPosition }]);
  const [seq = 0] = seqs;
  const registration = await insertRegistration(tx, {
    ...shown,
    idempotencyKey,
    requestHash: request.hash,
    requestedSeq: seq,
    confirmedSeq: isConfirmed ? seq : null,
    changedSeq: seq,
  });
  return { outcome: { kind: "registered", registration }, entries };
}

export type CancelOutcome =
  | { readonly kind: "cancelled"; readonly registration: StoredRegistration }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notFound" };

/**
 * Gives a registration up and seats those who wait. One that is cancelled already stays as it is.
 */
export async function cancelRegistration(
  context: Context,
  registrationId: string,
): Promise<CancelOutcome> {
  const viewer = requireViewer(context);
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (!known) return { kind: "notFound" };
  const { outcome, entries } = await changeEvent(
    context,
    known.eventId,
    async (tx, event): Promise<Told<CancelOutcome>> => {
      const registration = await findRegistration(tx, registrationId);
      if (!event || !registration || !canSeeRegistration(registration, event, viewer)) {
        return { outcome: { kind: "notFound" }, entries: [] };
      }
      const verdict = judgeCancellation(event, registration, viewer.id, context.now());
      if (verdict.kind === "cancel") return giveUp(tx, event, registration, verdict.cancelledBy);
      const outcome = verdict.kind === "ended" ? verdict : { ...verdict, registration };
      return { outcome, entries: [] };
    },
  );
  context.live.announce(entries);
  return outcome;
}

async function giveUp(
  tx: Transaction,
  event: EventRow,
  registration: StoredRegistration,
  canceller: Canceller,
): Promise<Told<CancelOutcome>> {
  const cancelled = await cancel(tx, registration.id, canceller);
  const wasSeated = registration.status === "CONFIRMED";
  if (wasSeated) await freeSeats(tx, event.id, registration.partySize);
  else await moveWaitlist(tx, event.id, -1);
  const seatsLeft = event.capacity - event.seatsTaken + (wasSeated ? registration.partySize : 0);
  const movingUp = promoted(await waitlistHead(tx, event.id, seatsLeft), seatsLeft).map(
    (waiting) => ({ ...waiting, status: "CONFIRMED" as const }),
  );
  const changed = [cancelled, ...movingUp].map((each) => ({ ...each, waitlistPosition: null }));
  const { seqs, entries } = await tellStreams(tx, event.id, changed);
  await markChanged(
    tx,
    changed.map((each) => each.id),
    seqs,
  );
  if (movingUp.length > 0) {
    const seats = movingUp.reduce((sum, each) => sum + each.partySize, 0);
    await takeSeats(tx, event.id, seats);
    await moveWaitlist(tx, event.id, -movingUp.length);
    await confirm(
      tx,
      movingUp.map((each) => each.id),
      seqs.slice(1),
    );
  }
  return { outcome: { kind: "cancelled", registration: cancelled }, entries };
}

export type WatchOutcome =
  | { readonly kind: "open"; readonly watched: WatchedStream }
  | { readonly kind: "forbidden" }
  | { readonly kind: "notFound" };

const NOT_FOUND = { kind: "notFound" } as const;

/** Opens the stream of an event's registrations for those who run it, and for their audience. */
export async function watchRegistrations(
  context: Context,
  eventId: string,
  after: number | null | undefined,
): Promise<WatchOutcome> {
  const { database, live, feed } = context;
  const event = isId(eventId) ? await findEvent(database, eventId) : null;
  if (feed !== null) return event ? watchStream(live, event.id, { after }) : NOT_FOUND;
  const viewer = requireViewer(context);
  if (!event || !canSee(event, viewer)) return NOT_FOUND;
  if (!canRun(event, viewer)) return { kind: "forbidden" };
  return watchStream(live, event.id, { after, expiresAt: viewer.expiresAt });
}

/** Nobody who runs an event ever stops doing so: no entry puts anybody out. */
async function watchStream(
  live: Live,
  eventId: string,
  options: Parameters<Live["open"]>[1],
): Promise<WatchOutcome> {
  const streamId = eventStream(eventId);
  const entries = await live.open(streamId, options);
  const place = { streamId, shareKey: streamId, head: entries.headOf(streamId) };
  const watched = { entries, ...place, revokedBy: () => [], rewrites: () => false };
  return { kind: "open", watched };
}

/** Opens the stream of the viewer's own registrations. */
export async function watchOwnRegistrations(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}

/**
 * Runs `change` in a transaction that holds the event against every other writer; null for an
 * unknown id.
 */
async function changeEvent<T>(
  context: Context,
  eventId: string,
  change: (tx: Transaction, event: EventRow | null) => Promise<T>,
): Promise<T> {
  return context.turns.take(eventId, () =>
    inTransaction(context.database, async (tx) => {
      const locked = await lockStreams(tx, [eventStream(eventId)]);
      return change(tx, locked.size > 0 ? await findEvent(tx, eventId) : null);
    }),
  );
}

function hashOf({ eventId, partySize }: RegisterRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([eventId, partySize]))
    .digest("base64url");
}
