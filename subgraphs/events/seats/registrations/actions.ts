// Registers people for events and cancels registrations. Each change locks the event's stream,
// judges what it then reads, and appends to the event's and the person's streams.
import { isId, newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { requestHash } from "#kit/input/request-hash";
import type { Change } from "#kit/live/changes";
import type { Live } from "#kit/live/live";
import type { LiveEntries } from "#kit/live/merged";
import type { WatchedStream } from "#kit/live/shared/sharing";
import { type Entry, logReader } from "#kit/live/streams";
import { requireViewer, type Viewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { canEdit, canManage, canSee, canSeePeople, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { eventStream, hostStream, hostsStream, personStream } from "../../streams.ts";
import {
  type CancellationRefusal,
  cancellationRefusal,
  type RegistrationRefusal,
  registrationRefusal,
} from "../../times.ts";
import { acceptedAnswers, hashedAnswers, type InvalidAnswers } from "../answering.ts";
import type { GivenAnswer } from "../answers/rules.ts";
import { insertAnswers } from "../answers/store.ts";
import { changeEvent, changeRegistration, NOT_FOUND, type NotFound } from "../changing.ts";
import { revokedHost } from "../entries.ts";
import { asOf, freeSeats, hasEnded, TAIL } from "../moves.ts";
import { sweep } from "../sweep.ts";
import { judgeCancellation, judgeRegistration, type RegisterVerdict } from "./rules.ts";
import { findEarlier, type StoredRegistration } from "./store.ts";

export interface RegisterRequest {
  readonly eventId: string;
  /** The number of seats. */
  readonly partySize: number;
  /** The person does not want to be seen among the attendees. */
  readonly isHidden: boolean;
  readonly answers: readonly GivenAnswer[];
  readonly idempotencyKey: string | null;
}

type Refusal = Exclude<
  RegisterVerdict<StoredRegistration>,
  { readonly kind: "admitted" | "replayed" }
>;

export type RegisterOutcome =
  | Refusal
  | RegistrationRefusal
  | NotVerified
  | InvalidAnswers
  | { readonly kind: "registered"; readonly registration: StoredRegistration }
  | { readonly kind: "full"; readonly capacity: number; readonly seatsLeft: number }
  | { readonly kind: "notFound" };

/** Registers a verified viewer: they join the list, and get seats if it is their turn. */
export async function registerForEvent(
  context: Context,
  request: RegisterRequest,
): Promise<RegisterOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const hash = hashOf(request);
  return changeEvent<RegisterOutcome>(context, request.eventId, async (change, event) => {
    if (!event || !(await isVisible(change.tx, event, viewer))) return { kind: "notFound" };
    const now = context.now();
    const found = await findEarlier(change.tx, event, viewer.id, request.idempotencyKey);
    const isOver = found.active && hasEnded(asOf(found.active, now));
    const earlier = isOver ? { ...found, active: null } : found;
    const refusal = earlier.sameKey ? null : registrationRefusal(event, now);
    if (refusal) return refusal;
    const verdict = judgeRegistration(event, earlier, { ...request, hash }, now);
    if (verdict.kind === "replayed") return { ...verdict, kind: "registered" };
    if (verdict.kind !== "admitted") return verdict;
    const judged = await acceptedAnswers(change.tx, event.id, request.answers);
    if (judged.kind === "invalidAnswers") return judged;
    const { status } = verdict;
    const asked = { ...newRegistration(viewer, { ...request, hash }, now), status };
    const outcome = await enter(change, event, asked, now);
    if (outcome.kind === "registered") await insertAnswers(change.tx, asked.id, judged.answers);
    return outcome;
  });
}

/** Later fields are hashed only where they are given: hashes from before it stay the same. */
function hashOf({ eventId, partySize, isHidden, answers }: RegisterRequest): string {
  const later = [
    ...(isHidden ? ["hidden"] : []),
    ...(answers.length ? [hashedAnswers(answers)] : []),
  ];
  return requestHash([eventId, partySize, ...later]);
}

/** Nobody asks for approval, and nobody waits, where there is no seat for them and no waitlist. */
async function enter(
  change: Change<Transaction>,
  event: EventRow,
  asked: StoredRegistration,
  now: Date,
): Promise<RegisterOutcome> {
  const full = { kind: "full", capacity: event.capacity, seatsLeft: freeSeats(event) } as const;
  const fits = event.hasWaitlist || asked.partySize <= full.seatsLeft;
  if (asked.status === "PENDING_APPROVAL" && !fits) return full;
  const { changed } = await sweep(change, event, [{ before: null, after: asked }], now);
  const registration = changed.get(asked.id);
  return registration ? { kind: "registered", registration } : full;
}

function newRegistration(
  viewer: Viewer,
  {
    eventId,
    partySize,
    isHidden,
    idempotencyKey,
    hash,
  }: RegisterRequest & { readonly hash: string },
  createdAt: Date,
): Omit<StoredRegistration, "status"> {
  return {
    id: newId(),
    eventId,
    attendeeId: viewer.id,
    partySize,
    isHidden,
    cancelledBy: null,
    ticketVersion: 1,
    checkedInSeats: [],
    idempotencyKey,
    requestHash: hash,
    requestedSeq: TAIL,
    confirmedSeq: null,
    changedSeq: 0,
    passes: 0,
    isTooLarge: false,
    offerExpiresAt: null,
    note: null,
    isReadmitted: false,
    ticketTypeId: null,
    createdAt,
  };
}

export type CancelOutcome =
  | CancellationRefusal
  | { readonly kind: "cancelled"; readonly registration: StoredRegistration }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | NotFound;

/** Cancels a registration; its seats go on. One that has ended stays as it is. */
export async function cancelRegistration(
  context: Context,
  registrationId: string,
): Promise<CancelOutcome> {
  const viewer = requireViewer(context);
  return changeRegistration<CancelOutcome>(context, registrationId, async (change, known) => {
    const { event, registration } = known;
    const rights = await hostRightsOf(change.tx, event, viewer);
    if (registration.attendeeId !== viewer.id && !canEdit(event, viewer, rights)) return NOT_FOUND;
    const now = context.now();
    const verdict = judgeCancellation(event, asOf(registration, now), viewer.id, now);
    if (verdict.kind === "ended") return verdict;
    if (verdict.kind === "over") return { kind: "cancelled", registration };
    const refusal = cancellationRefusal(event, canEdit(event, viewer, rights), now);
    if (refusal) return refusal;
    const { cancelledBy } = verdict;
    const after = { ...registration, status: "CANCELLED", cancelledBy } as const;
    const { changed } = await sweep(change, event, [{ before: registration, after }], now);
    return { kind: "cancelled", registration: changed.get(after.id) ?? after };
  });
}

export type WatchOutcome =
  | { readonly kind: "open"; readonly watched: WatchedStream }
  | { readonly kind: "forbidden" }
  | { readonly kind: "notFound" };

/** Opens the stream of an event's registrations, for those who see people and for the audience. */
export async function watchRegistrations(
  context: Context,
  eventId: string,
  after: number | null | undefined,
): Promise<WatchOutcome> {
  const { database, live, feed } = context;
  const event = isId(eventId) ? await findEvent(database, eventId) : null;
  if (!event) return NOT_FOUND;
  if (feed !== null) return watchAsAudience(live, event.id, after);
  const viewer = requireViewer(context);
  const { expiresAt } = viewer;
  const own = { streamId: eventStream(event.id), after };
  if (canManage(event, viewer)) {
    return watched(await live.openMany([own], { expiresAt }), event.id);
  }
  const revoking = hostStream(event.id, viewer.id);
  // The head is read before the rights: an entry that takes them later lies behind it.
  const revokedSeq = (await logReader(database).heads([revoking])).get(revoking) ?? 0;
  const rights = await hostRightsOf(database, event, viewer);
  if (!canSee(event, viewer, rights)) return NOT_FOUND;
  if (!canSeePeople(event, viewer, rights)) return { kind: "forbidden" };
  const isLast = (entry: Entry) => {
    if (entry.streamId === revoking) throw notWatching();
    return false;
  };
  const starts = [own, { streamId: revoking, after: revokedSeq }];
  return watched(await live.openMany(starts, { expiresAt, isLast }), event.id);
}

/** The audience's stream also has the entries that revoke hosts. */
async function watchAsAudience(
  live: Live,
  eventId: string,
  after: number | null | undefined,
): Promise<WatchOutcome> {
  const starts = [{ streamId: eventStream(eventId), after }, { streamId: hostsStream(eventId) }];
  return watched(await live.openMany(starts), eventId);
}

function watched(entries: LiveEntries, eventId: string): WatchOutcome {
  const streamId = eventStream(eventId);
  const head = entries.headOf(streamId);
  const shared = { streamId, shareKey: streamId, head };
  const revokedBy = (entry: Entry) => (entry.streamId === streamId ? [] : [revokedHost(entry)]);
  return { kind: "open", watched: { entries, ...shared, revokedBy, rewrites: () => false } };
}

/** The refusal of people who may not watch, or no longer may. */
export function notWatching() {
  return fail("FORBIDDEN", "Only those who may see the event's registrations watch them.");
}

/** Opens the stream of the viewer's own registrations. */
export async function watchOwnRegistrations(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}
/** Whether the viewer sees the event. A published one takes no statement. */
async function isVisible(tx: Transaction, event: EventRow, viewer: Viewer): Promise<boolean> {
  if (canSee(event, viewer, null)) return true;
  return canSee(event, viewer, await hostRightsOf(tx, event, viewer));
}
