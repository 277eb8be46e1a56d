// The entries about notifications in a person's own stream. They hold ids alone, so that nothing
// of a notification outlives it.
import { z } from "zod";
import type { Entry, NewEntry } from "#kit/live/streams";
import { personStream } from "../../streams.ts";
import type { NotificationUpdateRow } from "./store.ts";

const NOTIFICATION_UPDATED = "notificationUpdated";

const shape = z.object({ notificationId: z.string().nullable() });

/** Says that a notification is new or was read; null for several. */
export function updateOf(personId: string, notificationId: string | null): NewEntry {
  const payload = shape.parse({ notificationId });
  return { streamId: personStream(personId), type: NOTIFICATION_UPDATED, payload };
}

export function updateIn({ seq, prevSeq, payload }: Entry): NotificationUpdateRow {
  return { seq, prevSeq, ...shape.parse(payload) };
}
