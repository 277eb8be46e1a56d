// Takes, shows and removes covers of events.
import { isId } from "#kit/data/id";
import { removeFiles } from "#kit/files/jobs";
import { isNewer, type NewFile, newFileOf } from "#kit/files/rules";
import { type FileRow, findFiles, useFiles } from "#kit/files/store";
import {
  type BeginOutcome,
  beginUpload,
  type FileServices,
  type FinishOutcome,
  finishUpload,
} from "#kit/files/uploads";
import { requireViewer } from "#kit/trust/identity";
import { editsEvent } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { type Cancelled, cancelledOf } from "../../times.ts";
import { changeEvent, NOT_FOUND } from "../changing.ts";
import { type EventRow, findEvent } from "../events/store.ts";
import { COVERS } from "./rules.ts";
import { lockCovers, saveCover, withoutEvent } from "./store.ts";

export type CreateOutcome = BeginOutcome | Cancelled | typeof NOT_FOUND;

export async function createCoverUpload(
  context: Context,
  eventId: string,
  given: NewFile,
): Promise<CreateOutcome> {
  const { id: ownerId } = requireViewer(context);
  const file = newFileOf(given, "input.file");
  const event = await editable(context, eventId);
  if (!event) return NOT_FOUND;
  const cancelled = cancelledOf(event);
  if (cancelled) return cancelled;
  const use = { ownerId, purpose: COVERS, subjectId: event.id };
  return beginUpload(filesOf(context), use, file, context.fileLimits.covers);
}

export type Finished =
  | { readonly kind: "arrived"; readonly event: EventRow }
  | Exclude<FinishOutcome, { readonly kind: "arrived" }>;

/** Finishes an upload of the viewer, who may still edit the event. */
export async function finishCoverUpload(context: Context, uploadId: string): Promise<Finished> {
  const { id: ownerId } = requireViewer(context);
  const [file] = isId(uploadId) ? await findFiles(context.database, [uploadId]) : [];
  const event = file?.subjectId ? await editable(context, file.subjectId) : null;
  if (!event) return NOT_FOUND;
  const outcome = await finishUpload(filesOf(context), uploadId, { ownerId, purpose: COVERS });
  return outcome.kind === "arrived" ? { kind: "arrived", event } : outcome;
}

function filesOf({ database, storage, now, fileLimits }: Context): FileServices<Transaction> {
  return { database, storage, now, room: fileLimits.room };
}

/** An event that the viewer may edit; null for others, as for an unknown id. */
async function editable(context: Context, eventId: string): Promise<EventRow | null> {
  const event = await context.loaders.event.load(eventId);
  return event && (await editsEvent(event, context)) ? event : null;
}

export type RemoveOutcome =
  | { readonly kind: "removed"; readonly event: EventRow }
  | Cancelled
  | typeof NOT_FOUND;

/** Removes the cover of an event, and those that are being looked at. */
export async function removeCover(context: Context, eventId: string): Promise<RemoveOutcome> {
  return changeEvent<RemoveOutcome>(context, eventId, async ({ tx }, event) => {
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    const files = await lockCovers(tx, event.id);
    const arrived = files.filter(({ hasArrived }) => hasArrived).map(({ id }) => id);
    await saveCover(tx, event.id, null);
    await removeFiles(tx, await withoutEvent(tx, arrived));
    return { kind: "removed", event: { ...event, coverFileId: null } };
  });
}

/**
 * Shows a cover that is good in place of the former one, in the transaction that has locked the
 * event's stream and files. A cover that was begun before the one that is shown is removed.
 */
export async function showCover(tx: Transaction, file: FileRow, now: Date): Promise<void> {
  const { id, ownerId, subjectId } = file;
  const event = subjectId === null ? null : await findEvent(tx, subjectId);
  if (!event || cancelledOf(event) || !isNewer(id, event.coverFileId)) return removeFiles(tx, [id]);
  await useFiles(tx, { ownerId, purpose: COVERS, subjectId }, [id], now);
  await saveCover(tx, event.id, id);
  if (event.coverFileId === null) return;
  await removeFiles(tx, await withoutEvent(tx, [event.coverFileId]));
}
