// An event as it will be shown, while it is written.
import type { ShownEvent } from "../preview.tsx";
import { isTimeZone, momentOf } from "../zoned.ts";
import { type Draft, tagsOf } from "./draft.ts";

export function shownOf(draft: Draft): ShownEvent {
  const timeZone = isTimeZone(draft.timeZone) ? draft.timeZone : "UTC";
  const capacity = Number(draft.capacity);
  return {
    title: draft.title,
    description: draft.description,
    venue: draft.venue,
    startsAt: momentOf(draft.startsAt, timeZone)?.toISOString() ?? null,
    endsAt: momentOf(draft.endsAt, timeZone)?.toISOString() ?? null,
    timeZone,
    seatsLeft: Number.isInteger(capacity) && capacity > 0 ? capacity : null,
    hasWaitlist: draft.hasWaitlist !== "",
    tags: tagsOf(draft),
  };
}
