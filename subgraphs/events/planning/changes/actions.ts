// Changes events: judges behind the event's lock, stores, gives new seats to the waitlist, and
// tells everybody with a registration.
import { addToOutbox } from "#kit/facts/outbox";
import type { Context } from "../../context.ts";
import { eventFact } from "../../integration.ts";
import { sweepChanged } from "../../seats/sweep.ts";
import {
  type Cancelled,
  cancelledOf,
  changedTimeMistakes,
  type EventTimes,
  type TimeMistake,
} from "../../times.ts";
import { changeEvent, type NOT_FOUND } from "../changing.ts";
import {
  type EventFields,
  type EventRow,
  findEvent,
  updateEvent as store,
} from "../events/store.ts";
import { giveNotice } from "../notices.ts";
import {
  changedFields,
  type EventPatch,
  emptied,
  judgeUpdate,
  mayMoveSeats,
  patched,
  toldChanges,
  type UpdateRefusal,
} from "./rules.ts";

export type UpdateOutcome =
  | { readonly kind: "updated"; readonly event: EventRow }
  | { readonly kind: "emptied"; readonly fields: readonly (keyof EventFields)[] }
  | { readonly kind: "outdated"; readonly event: EventRow }
  | {
      readonly kind: "invalid";
      readonly mistakes: readonly TimeMistake[];
      readonly times: EventTimes;
    }
  | Exclude<UpdateRefusal, { readonly kind: "outdated" }>
  | Cancelled
  | typeof NOT_FOUND;

/** Changes an event. A change that is done already is none, whatever version it expects. */
export async function updateEvent(
  context: Context,
  eventId: string,
  patch: EventPatch,
  expectedVersion: number | null,
): Promise<UpdateOutcome> {
  const fields = emptied(patch);
  if (fields.length > 0) return { kind: "emptied", fields };
  return changeEvent<UpdateOutcome>(context, eventId, async (change, event) => {
    const now = context.now();
    const after = patched(event, patch);
    const changed = changedFields(event, after);
    if (changed.length === 0) return { kind: "updated", event };
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    const refusal = judgeUpdate(event, changed, expectedVersion, now);
    if (refusal?.kind === "outdated") return { kind: "outdated", event };
    if (refusal) return refusal;
    const mistakes = changed.some(isTime) ? changedTimeMistakes(after, changed, now) : [];
    if (mistakes.length > 0) return { kind: "invalid", mistakes, times: after };
    const updated = await store(change.tx, eventId, after);
    if (updated.status === "PUBLISHED") await addToOutbox(change.tx, [eventFact(updated)]);
    const moved = mayMoveSeats(changed) ? (await sweepChanged(change, updated, now)).changed : null;
    const isMoved = moved !== null && moved.size > 0;
    const told = updated.status === "PUBLISHED" ? toldChanges(changed) : [];
    if (told.length > 0) await giveNotice(change, eventId, told, { isLater: isMoved });
    const counted = isMoved ? await findEvent(change.tx, eventId) : null;
    return { kind: "updated", event: counted ?? updated };
  });
}

function isTime(field: keyof EventFields): boolean {
  return field.endsWith("At");
}
