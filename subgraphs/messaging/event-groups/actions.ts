// Opens the group of an event, for its organizer.
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { enqueueFollowing } from "../event-following.ts";
import { createConversation } from "../opening.ts";
import { personStream } from "../streams.ts";
import { findEventConversation, isOrganizedBy } from "./store.ts";

export type OpenEventOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "notFound" }
  | NotVerified;

/**
 * The group of an event that a verified viewer organizes; a new one gets the title, and its members
 * follow in the background. The id is canonical.
 */
export async function openEventConversation(
  context: Context,
  eventId: string,
  title: string,
): Promise<OpenEventOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const outcome = await changeStreams<Transaction, OpenEventOutcome>(
    context,
    [personStream(viewer.id)],
    async (change) => {
      const { tx } = change;
      await findErasedOpened(tx, [viewer.id], personStream, viewer.id);
      // An event has one organizer, so their stream's lock is enough for a second opening to wait.
      if (!(await isOrganizedBy(tx, eventId, viewer.id))) return { kind: "notFound" };
      const known = await findEventConversation(tx, eventId);
      if (known) return { kind: "open", conversationId: known };
      const pair = { pairLow: null, pairHigh: null };
      const group = { id: newId(), ...pair, title, kind: "GROUP", eventId } as const;
      const made = { ...group, createdAt: context.now() };
      const people = [{ userId: viewer.id, role: "OWNER" }] as const;
      const conversationId = await createConversation(change, made, people);
      await enqueueFollowing(tx, eventId, conversationId);
      return { kind: "open", conversationId };
    },
  );
  clearLoaders(context);
  return outcome;
}
