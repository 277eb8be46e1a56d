// Opens the one direct conversation of two people, and makes groups.
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { type Change, changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { MEMBERS_MAX } from "../access.ts";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context, Transaction } from "../context.ts";
import { createConversation, openDirect } from "../opening.ts";
import { unreachableAmong } from "../reachability.ts";
import { personStream } from "../streams.ts";
import { firstMembersOf, pairOf } from "./rules.ts";
import { findDirect } from "./store.ts";

export type OpenOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "self" }
  | { readonly kind: "notFound" }
  | NotVerified;

/**
 * The conversation of a verified viewer and another person, whose id is canonical. `notFound` for
 * a person who is unknown, and when one of the two blocks the other.
 */
export async function openDirectConversation(
  context: Context,
  userId: string,
): Promise<OpenOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  if (userId === viewer.id) return { kind: "self" };
  const unreachable = await unreachableAmong(context, viewer.id, [userId]);
  if (unreachable.length > 0) return { kind: "notFound" };
  const known = await findDirect(context.database, pairOf(viewer.id, userId));
  if (known) return { kind: "open", conversationId: known };
  const people = [viewer.id, userId] as const;
  const conversationId = await changeStreams(
    context,
    people.map(personStream),
    async (change: Change<Transaction>) => {
      const erased = await findErasedOpened(change.tx, people, personStream, viewer.id);
      return erased.size > 0 ? null : openDirect(change, people, context.now());
    },
  );
  clearLoaders(context);
  return conversationId === null ? { kind: "notFound" } : { kind: "open", conversationId };
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly conversationId: string }
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | { readonly kind: "personNotFound"; readonly userId: string }
  | NotVerified;

/** Makes a group that a verified viewer owns; `title` is clean, `memberIds` are canonical. */
export async function createGroupConversation(
  context: Context,
  { title, memberIds }: { readonly title: string; readonly memberIds: readonly string[] },
): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const people = firstMembersOf(viewer.id, memberIds);
  if (people.length > MEMBERS_MAX) return { kind: "tooMany", membersMax: MEMBERS_MAX };
  const [unreachable] = await unreachableAmong(context, viewer.id, memberIds);
  if (unreachable) return { kind: "personNotFound", userId: unreachable };
  const ids = people.map((person) => person.userId);
  const outcome = await changeStreams<Transaction, CreateOutcome>(
    context,
    ids.map(personStream),
    async (change) => {
      const [erased] = await findErasedOpened(change.tx, ids, personStream, viewer.id);
      if (erased) return { kind: "personNotFound", userId: erased };
      const group = { id: newId(), pairLow: null, pairHigh: null, title, kind: "GROUP" } as const;
      const made = { ...group, createdAt: context.now() };
      return { kind: "created", conversationId: await createConversation(change, made, people) };
    },
  );
  clearLoaders(context);
  return outcome;
}
