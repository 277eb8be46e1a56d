// Adds notifications of what has happened, marks them as read or seen, and watches them.
import { isId, newId } from "#kit/data/id";
import { type Change, publishAfterCommit } from "#kit/live/changes";
import { type Entry, openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { personStream } from "../../streams.ts";
import { queueDeliveries } from "../queueing.ts";
import { updateOf } from "./entries.ts";
import {
  findNotifications,
  insertNotification,
  lockReader,
  markConversationRead,
  markRead,
  markSeen,
  type NotificationRow,
} from "./store.ts";

/** Something that concerns a person. */
export interface Notice extends Pick<NotificationRow, "personId" | "kind" | "params" | "otherId"> {
  /** Names what has happened: a person is told of it once. */
  readonly cause: string;
}

/** Tells people of what has happened, but those who know it and those whose accounts are gone. */
export async function addNotices(
  { tx, append }: Change<Transaction>,
  notices: readonly Notice[],
  now: Date,
): Promise<void> {
  for (const notice of notices.toSorted(byPerson)) {
    const { personId } = notice;
    if (!(await lockReader(tx, personId))) continue;
    await openStreams(tx, [personStream(personId)]);
    const id = newId();
    const isNew = await insertNotification(tx, { ...notice, id, createdAt: now });
    if (!isNew) continue;
    await append([updateOf(personId, id)]);
    await queueDeliveries(tx, personId, [{ id, kind: notice.kind }], now);
  }
}

/** Marks the notifications about messages as read that a person has read in the conversation. */
export async function readConversation(
  { tx, append }: Change<Transaction>,
  personId: string,
  read: { readonly conversationId: string; readonly readSeq: number },
  now: Date,
): Promise<void> {
  if (!(await lockReader(tx, personId))) return;
  await openStreams(tx, [personStream(personId)]);
  const changed = await markConversationRead(tx, personId, read, now);
  if (changed > 0) await append([updateOf(personId, null)]);
}

/** Streams are locked in one order. */
function byPerson(one: Notice, other: Notice): number {
  return one.personId < other.personId ? -1 : 1;
}

export type ReadOutcome =
  | { readonly kind: "read"; readonly notifications: readonly NotificationRow[] }
  | { readonly kind: "notFound"; readonly id: string };

/** Marks the viewer's notifications as read: all of them, or none when one is not theirs. */
export async function markNotificationsRead(
  context: Context,
  ids: readonly string[],
): Promise<ReadOutcome> {
  const { id: personId } = requireViewer(context);
  const foreign = ids.find((id) => !isId(id));
  if (foreign !== undefined) return { kind: "notFound", id: foreign };
  const found = await findNotifications(context.database, personId, ids);
  const known = new Set(found.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) return { kind: "notFound", id: unknown };
  await changeOwn(context, async ({ tx, append }) => {
    const read = await markRead(tx, personId, ids, context.now());
    if (read.length > 0) await append(read.map((id) => updateOf(personId, id)));
  });
  return {
    kind: "read",
    notifications: await findNotifications(context.database, personId, ids),
  };
}

/** Marks the viewer's notifications up to one as seen, and as read if asked. False: not theirs. */
export async function markNotificationsSeen(
  context: Context,
  upToId: string,
  isRead: boolean,
): Promise<boolean> {
  const { id: personId } = requireViewer(context);
  if (!isId(upToId)) return false;
  const [found] = await findNotifications(context.database, personId, [upToId]);
  if (!found) return false;
  await changeOwn(context, async ({ tx, append }) => {
    const changed = await markSeen(tx, personId, { upToId, isRead }, context.now());
    if (changed > 0) await append([updateOf(personId, null)]);
  });
  return true;
}

async function changeOwn(
  context: Context,
  work: (change: Change<Transaction>) => Promise<void>,
): Promise<void> {
  const { id } = requireViewer(context);
  await publishAfterCommit(context.database, context.live.announce, async (change) => {
    if (!(await lockReader(change.tx, id))) return;
    await openStreams(change.tx, [personStream(id)]);
    await work(change);
  });
}

/** The changes of the viewer's notifications behind `after`, then live. */
export async function watchNotifications(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}
