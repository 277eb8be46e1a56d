// Opening conversations: a direct one, which two people have once, and a group.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { MEMBERS_MAX } from "../access.ts";
import type { Context } from "../context.ts";
import { forgetLoaded } from "../loaded.ts";
import { found, openDirect } from "../opening.ts";
import { unreachableAmong } from "../reaching.ts";
import { personStream } from "../streams.ts";
import { foundersOf, pairOf } from "./rules.ts";
import { findDirect } from "./store.ts";

export type OpenOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "self" }
  | { readonly kind: "notFound" };

/**
 * The conversation of the viewer and another person, whose id is canonical. Somebody who is not
 * known, or where one blocks the other, does not exist for the viewer.
 */
export async function openDirectConversation(
  context: Context,
  userId: string,
): Promise<OpenOutcome> {
  const viewer = requireViewer(context);
  if (userId === viewer.id) return { kind: "self" };
  const unreachable = await unreachableAmong(context, viewer.id, [userId]);
  if (unreachable.length > 0) return { kind: "notFound" };
  const known = await findDirect(context.database, pairOf(viewer.id, userId));
  if (known) return { kind: "open", conversationId: known };
  const { conversationId, entries } = await inTransaction(context.database, (tx) =>
    openDirect(tx, [viewer.id, userId], context.now()),
  );
  context.live.announce(entries);
  forgetLoaded(context);
  return { kind: "open", conversationId };
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly conversationId: string }
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | { readonly kind: "personNotFound"; readonly userId: string };

/** A group of the viewer's; `title` is clean, `memberIds` are canonical. */
export async function createGroupConversation(
  context: Context,
  { title, memberIds }: { readonly title: string; readonly memberIds: readonly string[] },
): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  const people = foundersOf(viewer.id, memberIds);
  if (people.length > MEMBERS_MAX) return { kind: "tooMany", membersMax: MEMBERS_MAX };
  const [unreachable] = await unreachableAmong(context, viewer.id, memberIds);
  if (unreachable) return { kind: "personNotFound", userId: unreachable };
  const { conversationId, entries } = await inTransaction(context.database, async (tx) => {
    await openStreams(
      tx,
      people.map((person) => personStream(person.userId)),
    );
    const conversation = { id: newId(), pairLow: null, pairHigh: null, title };
    return found(tx, { ...conversation, kind: "GROUP", createdAt: context.now() }, people);
  });
  context.live.announce(entries);
  forgetLoaded(context);
  return { kind: "created", conversationId };
}
