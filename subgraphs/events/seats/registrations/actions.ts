// Registers people for events and cancels registrations. Each change locks the event's stream,
// judges what it then reads, and appends to the event's and the person's streams.
import { afterCommit } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { requestHash } from "#kit/input/request-hash";
import type { Change } from "#kit/live/changes";
import { requireViewer, type Viewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { canEdit, canSee, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { registrationsMade } from "../../metrics.ts";
import type { EventRow } from "../../planning/events/store.ts";
import { freeSeats } from "../../seating.ts";
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
import { asOf, hasEnded, type Seating, TAIL, typeIn } from "../moves.ts";
import { sweep, typesOf } from "../sweep.ts";
import { chosenType, type Full, fullOf, partyLimits } from "../types.ts";
import { judgeCancellation, judgeRegistration, type RegisterVerdict } from "./rules.ts";
import { findEarlier, type StoredRegistration } from "./store.ts";

export interface RegisterRequest {
  readonly eventId: string;
  /** The number of seats. */
  readonly partySize: number;
  /** The person does not want to be seen among the attendees. */
  readonly isHidden: boolean;
  /** Null for none. */
  readonly ticketTypeId: string | null;
  /** The code of a hidden type. */
  readonly ticketCode: string | null;
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
  | { readonly kind: "typeNeeded"; readonly areOpen: boolean }
  | Full
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
    const types = await typesOf(change.tx, event);
    const chosen = chosenType(types, request);
    const type = chosen.kind === "chosen" ? chosen.type : null;
    const limits = partyLimits({ event, types }, type);
    const asking = { ...event, ...limits };
    const verdict = judgeRegistration(asking, earlier, { ...request, hash }, now);
    if (verdict.kind === "replayed") return { ...verdict, kind: "registered" };
    if (verdict.kind !== "admitted" && verdict.kind !== "partyTooLarge") return verdict;
    const judged = await acceptedAnswers(change.tx, event.id, request.answers);
    if (judged.kind === "invalidAnswers") return judged;
    if (chosen.kind !== "chosen") return chosen;
    if (verdict.kind !== "admitted") return verdict;
    const { status } = verdict;
    const asked = { ...newRegistration(viewer, { ...request, hash }, now), status };
    const outcome = await enter(change, { event, types }, asked, now);
    if (outcome.kind === "registered") await insertAnswers(change.tx, asked.id, judged.answers);
    return outcome;
  });
}

/** Later fields are hashed only where they are given: hashes from before it stay the same. */
function hashOf(request: RegisterRequest): string {
  const { eventId, partySize, isHidden, answers, ticketTypeId } = request;
  const later = [
    ...(isHidden ? ["hidden"] : []),
    ...(answers.length ? [hashedAnswers(answers)] : []),
    ...(ticketTypeId === null ? [] : ["ticketType", ticketTypeId]),
  ];
  return requestHash([eventId, partySize, ...later]);
}

/** Nobody asks for approval, and nobody waits, where there is no seat for them and no waitlist. */
async function enter(
  change: Change<Transaction>,
  seating: Seating,
  asked: StoredRegistration,
  now: Date,
): Promise<RegisterOutcome> {
  const { event, types } = seating;
  const fits = event.hasWaitlist || asked.partySize <= freeSeats(event, typeIn(types, asked));
  if (asked.status === "PENDING_APPROVAL" && !fits) return fullOf(seating, asked);
  const { changed } = await sweep(change, event, [{ before: null, after: asked }], now);
  const registration = changed.get(asked.id);
  if (!registration) return fullOf(seating, asked);
  const { status } = registration;
  afterCommit(change.tx, () => registrationsMade.inc({ status }));
  return { kind: "registered", registration };
}

function newRegistration(
  viewer: Viewer,
  {
    eventId,
    partySize,
    isHidden,
    ticketTypeId,
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
    ticketTypeId,
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

/** Whether the viewer sees the event. A published one takes no statement. */
async function isVisible(tx: Transaction, event: EventRow, viewer: Viewer): Promise<boolean> {
  if (canSee(event, viewer, null)) return true;
  return canSee(event, viewer, await hostRightsOf(tx, event, viewer));
}
