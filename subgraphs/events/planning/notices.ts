// Tells everybody with an active registration that an event has changed, each once and in the order
// of the changes: an entry in the event's stream, and for each person one in their own stream and a
// notice. The first people are told in the transaction of the change, the others in batches by a
// job.
import { z } from "zod";
import { addToOutbox } from "#kit/facts/outbox";
import { enqueue, jobKind, jobOf } from "#kit/jobs/kinds";
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { appendEventChange, appendNotices } from "../seats/entries.ts";
import { noticesOfChange } from "../seats/noticing.ts";
import { eventStream } from "../streams.ts";
import type { EventChangeKind } from "./changes/rules.ts";
import {
  deleteNotice,
  findNotice,
  insertNotice,
  listUntold,
  moveNotice,
  otherNoticeExists,
} from "./changes/store.ts";
import { findEvent } from "./events/store.ts";

/** Few enough for one transaction: the lock of the event is held meanwhile. */
export const NOTICE_BATCH = 200;

export const telling = jobKind(
  "events.notices.tell",
  z.object({ eventId: z.uuid(), seq: z.number().int() }),
);

/**
 * Tells of a change of an event whose stream the caller has locked. `isLater` when the transaction
 * has appended to people's streams already: their locks must be taken in order, so a job does it.
 */
export async function giveNotice(
  change: Change<Transaction>,
  eventId: string,
  changes: readonly EventChangeKind[],
  { isLater = false } = {},
): Promise<void> {
  const { tx } = change;
  const seq = await appendEventChange(change, eventId, changes);
  const mustWait = isLater || (await otherNoticeExists(tx, eventId));
  await insertNotice(tx, { eventId, seq, changes: [...changes], toldUntil: 0 });
  if (!mustWait && (await tellNext(change, eventId, seq)).isDone) return;
  await enqueue(tx, [
    jobOf(telling, { eventId, seq }, { key: `${eventId}:${seq}`, serialKey: eventStream(eventId) }),
  ]);
}

/**
 * Tells the next people of a change. The caller has locked the event's stream, so the position from
 * which it goes on cannot move meanwhile.
 */
export async function tellNext(
  change: Change<Transaction>,
  eventId: string,
  seq: number,
  limit = NOTICE_BATCH,
): Promise<{ readonly isDone: boolean }> {
  const { tx } = change;
  const notice = await findNotice(tx, eventId, seq);
  if (!notice) return { isDone: true };
  const rows = await listUntold(tx, notice, limit);
  await appendNotices(change, eventId, rows, notice.changes);
  const event = rows.length > 0 ? await findEvent(tx, eventId) : null;
  if (event) await addToOutbox(tx, noticesOfChange(event, rows, seq, notice.changes));
  const last = rows.at(-1);
  const isDone = rows.length < limit || !last;
  if (isDone) await deleteNotice(tx, eventId, seq);
  else await moveNotice(tx, eventId, seq, last.requestedSeq);
  return { isDone };
}
