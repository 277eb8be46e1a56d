// Keeps the group of an event in step with its registrations. Streams that are open find the
// entries by the poll of their heads: workers have no Redis.
import { z } from "zod";
import { inTransaction } from "#kit/data/database";
import { findErasedOpened } from "#kit/erasures/store";
import { enqueue, jobKind, jobOf } from "#kit/jobs/kinds";
import { appendEntries, lockStreams, openStreams } from "#kit/live/streams";
import { MEMBERS_MAX } from "./access.ts";
import { putRegistration, type RegistrationState } from "./contacts/store.ts";
import type { Database, Transaction } from "./database.ts";
import { membersChanged } from "./entries.ts";
import { stepOf } from "./event-groups/rules.ts";
import {
  deleteBrought,
  deleteMembers,
  findEventConversation,
  findEventGroup,
  insertBrought,
} from "./event-groups/store.ts";
import { nextOwner } from "./members/rules.ts";
import { insertMembers, listPresent, makeOwner } from "./members/store.ts";
import { conversationAdded, conversationRemoved } from "./own-entries.ts";
import { conversationStream, personStream } from "./streams.ts";

/** The group of an event follows its registrations. */
export const followingOfEvents = jobKind("events.follow", z.object({ eventId: z.string() }));

/** Lets the group of an event follow. `cause` names what changed, once. */
export async function enqueueFollowing(
  tx: Transaction,
  eventId: string,
  cause: string,
): Promise<void> {
  const options = { key: `${eventId}:${cause}`, serialKey: `event:${eventId}` };
  await enqueue(tx, [jobOf(followingOfEvents, { eventId }, options)]);
}

/** Stores a registration; the group of its event, if there is one, follows in the background. */
export async function applyRegistration(
  tx: Transaction,
  registration: RegistrationState,
  version: number,
): Promise<void> {
  const isNew = await putRegistration(tx, registration, version);
  if (!isNew || !(await findEventConversation(tx, registration.eventId))) return;
  await enqueueFollowing(tx, registration.eventId, `${registration.registrationId}:${version}`);
}

/**
 * Lets people with seats join the group of an event, and others leave it: one entry without an
 * actor for all of them. A group that is in step stays as it is.
 */
export async function followRegistrations(
  database: Database,
  conversationId: string,
  now: Date,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [conversationStream(conversationId)]);
    const group = await findEventGroup(tx, conversationId);
    if (!group) return;
    const { joining, leaving, forgotten } = stepOf(group, MEMBERS_MAX);
    if (joining.length + forgotten.length === 0) return;
    await openStreams(tx, [...joining, ...leaving].map(personStream));
    const erased = await findErasedOpened(tx, joining, personStream);
    const added = joining.filter((id) => !erased.has(id));
    await deleteBrought(tx, conversationId, forgotten);
    await deleteMembers(tx, conversationId, leaving);
    const newOwnerId = nextOwner(await listPresent(tx, conversationId), "");
    if (newOwnerId) await makeOwner(tx, conversationId, newOwnerId);
    if (added.length + leaving.length === 0) return;
    const joinedSeq = group.lastSeq + 1;
    await insertMembers(tx, { conversationId, userIds: added, joinedSeq, joinedAt: now });
    await insertBrought(tx, conversationId, added);
    await appendEntries(tx, [
      membersChanged(conversationId, { added, removed: [...leaving], newOwnerId }),
      ...conversationAdded(added, conversationId, joinedSeq),
      ...leaving.map((id) => conversationRemoved(id, conversationId)),
    ]);
  });
}
