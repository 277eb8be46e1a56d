// Judges the ends of an event's life. Pure: no clock, no database.
import type { EventRow } from "../events/store.ts";

type State = Pick<EventRow, "status" | "endsAt">;

/** Whether an event can be cancelled. One that is cancelled stays so. */
export function judgeCancel(
  event: State,
  now: Date,
):
  | { readonly kind: "cancel" }
  | { readonly kind: "over" }
  | { readonly kind: "draft" }
  | { readonly kind: "ended"; readonly endedAt: Date } {
  if (event.status === "CANCELLED") return { kind: "over" };
  if (event.status === "DRAFT") return { kind: "draft" };
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  return { kind: "cancel" };
}

/** Whether an event that is not cancelled can become a draft again. */
export function judgeUnpublish(
  event: State,
  registrationCount: number,
  now: Date,
):
  | { readonly kind: "unpublish" }
  | { readonly kind: "over" }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "registered"; readonly registrationCount: number } {
  if (event.status === "DRAFT") return { kind: "over" };
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  if (registrationCount > 0) return { kind: "registered", registrationCount };
  return { kind: "unpublish" };
}
