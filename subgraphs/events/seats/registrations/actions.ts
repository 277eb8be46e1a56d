// Registers people for events and cancels registrations. Each change locks the event's stream,
// judges what it then reads, and appends to the event's and the person's streams.
import { isId, newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { requestHash } from "#kit/input/request-hash";
import { type Change, changeStream } from "#kit/live/changes";
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
import { cancelAndPromote } from "../cancelling.ts";
import { appendUpdates, revokedHost } from "./entries.ts";
import { judgeCancellation, judgeRegistration, type RegisterVerdict } from "./rules.ts";
import {
  findEarlier,
  findRegistration,
  insertRegistration,
  moveWaitlist,
  type StoredRegistration,
  takeSeats,
} from "./store.ts";

export interface RegisterRequest {
  readonly eventId: string;
  /** The number of seats, 1 to 10. */
  readonly partySize: number;
  /** The person does not want to be seen among the attendees. */
  readonly isHidden: boolean;
  readonly idempotencyKey: string | null;
}

type Refusal = Exclude<
  RegisterVerdict<StoredRegistration>,
  { readonly kind: "confirmed" | "waitlisted" | "replayed" }
>;

export type RegisterOutcome =
  | Refusal
  | NotVerified
  | { readonly kind: "registered"; readonly registration: StoredRegistration }
  | { readonly kind: "notFound" };

/** Registers a verified viewer: with seats while there are enough, otherwise on the waitlist. */
export async function registerForEvent(
  context: Context,
  request: RegisterRequest,
): Promise<RegisterOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const hash = hashOf(request);
  return changeEvent<RegisterOutcome>(context, request.eventId, async (change, event) => {
    if (!event || !(await isVisible(change.tx, event, viewer))) return { kind: "notFound" };
    const earlier = await findEarlier(change.tx, event, viewer.id, request.idempotencyKey);
    const verdict = judgeRegistration(event, earlier, { ...request, hash }, context.now());
    if (verdict.kind === "replayed") return { ...verdict, kind: "registered" };
    if (verdict.kind !== "confirmed" && verdict.kind !== "waitlisted") return verdict;
    return register(change, context, viewer, { ...request, hash }, verdict);
  });
}

/** What came later is hashed only where it is given: hashes from before it stay the same. */
function hashOf({ eventId, partySize, isHidden }: RegisterRequest): string {
  return requestHash([eventId, partySize, ...(isHidden ? ["hidden"] : [])]);
}

async function register(
  change: Change<Transaction>,
  context: Context,
  viewer: Viewer,
  request: RegisterRequest & { readonly hash: string },
  verdict: Extract<RegisterVerdict<never>, { readonly kind: "confirmed" | "waitlisted" }>,
): Promise<RegisterOutcome> {
  const { tx } = change;
  const { eventId, partySize, isHidden, idempotencyKey } = request;
  const isConfirmed = verdict.kind === "confirmed";
  if (isConfirmed) await takeSeats(tx, eventId, partySize);
  else await moveWaitlist(tx, eventId, 1);
  const shown = {
    id: newId(),
    eventId,
    attendeeId: viewer.id,
    status: isConfirmed ? "CONFIRMED" : "WAITLISTED",
    partySize,
    isHidden,
    cancelledBy: null,
    createdAt: context.now(),
  } as const;
  const waitlistPosition = isConfirmed ? null : verdict.waitlistPosition;
  const [seq = 0] = await appendUpdates(change, eventId, [{ ...shown, waitlistPosition }]);
  const registration = await insertRegistration(tx, {
    ...shown,
    idempotencyKey,
    requestHash: request.hash,
    requestedSeq: seq,
    confirmedSeq: isConfirmed ? seq : null,
    changedSeq: seq,
  });
  return { kind: "registered", registration };
}

export type CancelOutcome =
  | { readonly kind: "cancelled"; readonly registration: StoredRegistration }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notFound" };

/** Cancels a registration and seats people from the waitlist. A cancelled one stays as it is. */
export async function cancelRegistration(
  context: Context,
  registrationId: string,
): Promise<CancelOutcome> {
  const viewer = requireViewer(context);
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (!known) return { kind: "notFound" };
  return changeEvent<CancelOutcome>(context, known.eventId, async (change, event) => {
    const registration = await findRegistration(change.tx, registrationId);
    if (!event || !registration) return { kind: "notFound" };
    const rights = await hostRightsOf(change.tx, event, viewer);
    if (registration.attendeeId !== viewer.id && !canEdit(event, viewer, rights)) {
      return { kind: "notFound" };
    }
    const verdict = judgeCancellation(event, registration, viewer.id, context.now());
    if (verdict.kind === "ended") return verdict;
    if (verdict.kind === "over") return { kind: "cancelled", registration };
    const { cancelledBy } = verdict;
    return {
      kind: "cancelled",
      registration: await cancelAndPromote(change, event, registration, cancelledBy),
    };
  });
}

export type WatchOutcome =
  | { readonly kind: "open"; readonly watched: WatchedStream }
  | { readonly kind: "forbidden" }
  | { readonly kind: "notFound" };

const NOT_FOUND = { kind: "notFound" } as const;

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

/** Runs `work` behind the lock of the event's stream; `event` is null when it does not exist. */
async function changeEvent<Outcome>(
  context: Context,
  eventId: string,
  work: (change: Change<Transaction>, event: EventRow | null) => Promise<Outcome>,
): Promise<Outcome> {
  return changeStream(context, eventStream(eventId), async (change: Change<Transaction>, exists) =>
    work(change, exists ? await findEvent(change.tx, eventId) : null),
  );
}

/** Whether the viewer sees the event. A published one takes no statement. */
async function isVisible(tx: Transaction, event: EventRow, viewer: Viewer): Promise<boolean> {
  if (canSee(event, viewer, null)) return true;
  return canSee(event, viewer, await hostRightsOf(tx, event, viewer));
}
