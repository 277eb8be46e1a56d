// The organizer approves and declines registrations, and readmits people.
import { isId } from "#kit/data/id";
import type { Change } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { canEdit, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import type { EventRow } from "../../planning/events/store.ts";
import { type Cancelled, cancelledOf } from "../../times.ts";
import {
  changeEvent,
  changeRegistration,
  type Known,
  NOT_FOUND,
  type NotFound,
} from "../changing.ts";
import { findRegistrations, type StoredRegistration } from "../registrations/store.ts";
import { sweep } from "../sweep.ts";
import { type Full, fullOf } from "../types.ts";
import { endedByOrganizer, judgeApproval, judgeDecline } from "./rules.ts";
import { findBarring, findOfEvent } from "./store.ts";

interface Decided {
  readonly kind: "decided";
  readonly registration: StoredRegistration;
}

interface WrongStatus {
  readonly kind: "wrongStatus";
  readonly registration: StoredRegistration;
}

interface Ended {
  readonly kind: "ended";
  readonly endedAt: Date;
}

export type ApprovalOutcome = Decided | WrongStatus | Ended | Full | NotFound;

/**
 * Approves registrations, event by event: each joins the list at the place of its request. The
 * outcomes have the order of the ids.
 */
export async function approveRegistrations(
  context: Context,
  registrationIds: readonly string[],
): Promise<ApprovalOutcome[]> {
  requireViewer(context);
  const known = await findRegistrations(context.database, registrationIds.filter(isId));
  const outcomes = new Map<string, ApprovalOutcome>();
  for (const eventId of new Set(known.map((row) => row.eventId))) {
    await changeEvent(context, eventId, async (change, event) => {
      if (event) await approveAt(context, change, event, registrationIds.filter(isId), outcomes);
    });
  }
  return registrationIds.map((id) => outcomes.get(id) ?? NOT_FOUND);
}

async function approveAt(
  context: Context,
  change: Change<Transaction>,
  event: EventRow,
  registrationIds: readonly string[],
  outcomes: Map<string, ApprovalOutcome>,
): Promise<void> {
  const { tx } = change;
  const now = context.now();
  const rights = await hostRightsOf(tx, event, context.viewer);
  if (!canEdit(event, context.viewer, rights)) return;
  const joining: StoredRegistration[] = [];
  for (const registration of await findOfEvent(tx, event.id, registrationIds)) {
    const verdict = judgeApproval(event, registration, now);
    if (verdict.kind === "decide") joining.push(registration);
    else
      outcomes.set(
        registration.id,
        verdict.kind === "ended" ? verdict : { kind: verdict.kind, registration },
      );
  }
  if (joining.length === 0) return;
  const moves = joining.map((before) => ({
    before,
    after: { ...before, status: "WAITLISTED" } as const,
  }));
  const swept = await sweep(change, event, moves, now);
  for (const asked of joining) {
    const registration = swept.changed.get(asked.id);
    const decided = registration && ({ kind: "decided", registration } as const);
    outcomes.set(asked.id, decided ?? fullOf(swept, asked));
  }
}

export type DeclineOutcome = Decided | WrongStatus | Ended | NotFound;

/** Declines a registration that waits for approval, with a note for the person. */
export async function declineRegistration(
  context: Context,
  registrationId: string,
  note: string | null,
): Promise<DeclineOutcome> {
  return decideOn<DeclineOutcome>(context, registrationId, async (change, known) => {
    const { event, registration } = known;
    const now = context.now();
    const verdict = judgeDecline(event, registration, now);
    if (verdict.kind === "ended") return verdict;
    if (verdict.kind !== "decide") return { kind: verdict.kind, registration };
    const declined = {
      ...registration,
      status: "DECLINED",
      cancelledBy: "ORGANIZER",
      note,
    } as const;
    const { changed } = await sweep(
      change,
      event,
      [{ before: registration, after: declined }],
      now,
    );
    return { kind: "decided", registration: changed.get(declined.id) ?? declined };
  });
}

export type ReadmitOutcome = Decided | WrongStatus | Cancelled | NotFound;

/** Lets a person register again whose registration the organizer has ended. */
export async function readmitAttendee(
  context: Context,
  registrationId: string,
): Promise<ReadmitOutcome> {
  return decideOn<ReadmitOutcome>(context, registrationId, async (change, known) => {
    const { event, registration } = known;
    if (!endedByOrganizer(registration)) return { kind: "wrongStatus", registration };
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    const barring = await findBarring(change.tx, registration);
    const moves = barring.map((before) => ({ before, after: { ...before, isReadmitted: true } }));
    const { changed } = await sweep(change, event, moves, context.now());
    return { kind: "decided", registration: changed.get(registration.id) ?? registration };
  });
}

/** Runs a decision about a registration by a viewer who may edit its event. */
async function decideOn<Outcome>(
  context: Context,
  registrationId: string,
  work: (change: Change<Transaction>, known: Known) => Promise<Outcome>,
): Promise<Outcome | NotFound> {
  const viewer = requireViewer(context);
  return changeRegistration<Outcome | NotFound>(context, registrationId, async (change, known) => {
    const rights = await hostRightsOf(change.tx, known.event, viewer);
    return canEdit(known.event, viewer, rights) ? work(change, known) : NOT_FOUND;
  });
}
