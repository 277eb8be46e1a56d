// Changes the size of a party, without losing its place.
import { requireViewer } from "#kit/trust/identity";
import { canEdit, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import { freeSeats } from "../../seating.ts";
import { changeRegistration, NOT_FOUND, type NotFound } from "../changing.ts";
import { asOf, typeIn } from "../moves.ts";
import type { StoredRegistration } from "../registrations/store.ts";
import { sweep, typesOf } from "../sweep.ts";
import { partyLimits, rivalsOf } from "../types.ts";
import { judgePartySize, type PartyVerdict } from "./rules.ts";

export type PartyOutcome =
  | Exclude<PartyVerdict, { readonly kind: "unchanged" | "changed" | "wrongStatus" }>
  | { readonly kind: "wrongStatus"; readonly status: StoredRegistration["status"] }
  | { readonly kind: "changed"; readonly registration: StoredRegistration }
  | NotFound;

/** Changes the size of a party. Freed seats go on. */
export async function changePartySize(
  context: Context,
  registrationId: string,
  partySize: number,
): Promise<PartyOutcome> {
  const viewer = requireViewer(context);
  return changeRegistration<PartyOutcome>(context, registrationId, async (change, known) => {
    const { event, registration } = known;
    const rights = await hostRightsOf(change.tx, event, viewer);
    if (registration.attendeeId !== viewer.id && !canEdit(event, viewer, rights)) return NOT_FOUND;
    const now = context.now();
    const { status } = asOf(registration, now);
    const seating = { event, types: await typesOf(change.tx, event) };
    const type = typeIn(seating.types, registration);
    const seats = {
      ...event,
      ...partyLimits(seating, type),
      seatsLeft: freeSeats(event, type),
      waitlistLength: rivalsOf(seating, type),
    };
    const verdict = judgePartySize(seats, { ...registration, status }, partySize, now);
    if (verdict.kind === "unchanged") return { kind: "changed", registration };
    if (verdict.kind === "wrongStatus") return { ...verdict, status };
    if (verdict.kind !== "changed") return verdict;
    const passes = partySize > registration.partySize ? 0 : registration.passes;
    const after = { ...registration, partySize, passes };
    const { changed } = await sweep(change, event, [{ before: registration, after }], now);
    return { kind: "changed", registration: changed.get(after.id) ?? after };
  });
}
