// Opens the one direct conversation of two people, and makes groups.
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { type Change, changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { MEMBERS_MAX } from "../access.ts";
import { answerMessageRequest } from "../answering.ts";
import { judgeAsking, type TooManyRequests } from "../asking.ts";
import { clearLoaders } from "../clear-loaders.ts";
import { findStrangers } from "../contacts/store.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { areMatched } from "../matches/store.ts";
import { createConversation, inviteToGroup, openDirect } from "../opening.ts";
import { changeSetting } from "../own-settings.ts";
import { unreachableAmong } from "../reachability.ts";
import { personStream } from "../streams.ts";
import { firstMembersOf, pairOf } from "./rules.ts";
import { type DirectConversation, findDirect } from "./store.ts";

export type OpenOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "self" }
  | { readonly kind: "notFound" }
  | TooManyRequests
  | NotVerified;

/**
 * The conversation of a verified viewer and another person, whose id is canonical. `notFound` for
 * a person who is unknown, and when one of the two blocks the other. The first message to a
 * stranger is a request; a stranger's request to the viewer is accepted. The other has it in their
 * lists from the first message on; one that the viewer hid is in theirs again.
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
  const outcome = known ?? (await openNew(context, viewer.id, userId));
  clearLoaders(context);
  if ("kind" in outcome) return outcome;
  const { id: conversationId, memberIds, hiddenFrom } = outcome;
  if (hiddenFrom.includes(viewer.id))
    await changeSetting(context, conversationId, { kind: "show" });
  if (memberIds.includes(viewer.id)) return { kind: "open", conversationId };
  const options = { isOpening: true };
  const answer = await answerMessageRequest(context, conversationId, "ACCEPT", options);
  return answer.kind === "joined" ? { kind: "open", conversationId } : { kind: "notFound" };
}

async function openNew(
  context: Context,
  viewerId: string,
  userId: string,
): Promise<DirectConversation | Extract<OpenOutcome, { kind: "notFound" | "tooManyRequests" }>> {
  const people = [viewerId, userId] as const;
  const now = context.now();
  const strangers = await findStrangers(context.database, viewerId, [userId]);
  const isAsking = strangers.has(userId);
  return changeStreams(context, people.map(personStream), async (change: Change<Transaction>) => {
    const erased = await findErasedOpened(change.tx, people, personStream, viewerId);
    if (erased.size > 0) return { kind: "notFound" } as const;
    const refusal = isAsking ? await judgeAsking(change.tx, viewerId, "DIRECT", 1, now) : null;
    if (refusal) return refusal;
    const isMatch = !isAsking && (await areMatched(change.tx, pairOf(...people)));
    return openDirect(change, people, now, isAsking ? "asking" : isMatch ? "match" : "known");
  });
}

export type CreateOutcome =
  | {
      readonly kind: "created";
      readonly conversationId: string;
      /** People whom the viewer does not know: they have to accept. */
      readonly invited: readonly string[];
    }
  | TooManyRequests
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | { readonly kind: "personNotFound"; readonly userId: string }
  | NotVerified;

/**
 * Makes a group that a verified viewer owns, and invites people whom they do not know; `title` is
 * clean, `memberIds` are canonical.
 */
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
  const strangers = await findStrangers(context.database, viewer.id, ids);
  const members = people.filter(({ userId }) => !strangers.has(userId));
  const invited = ids.filter((id) => strangers.has(id));
  const now = context.now();
  const outcome = await changeStreams<Transaction, CreateOutcome>(
    context,
    ids.map(personStream),
    async (change) => {
      const [erased] = await findErasedOpened(change.tx, ids, personStream, viewer.id);
      if (erased) return { kind: "personNotFound", userId: erased };
      const refusal = await judgeAsking(change.tx, viewer.id, "GROUP", invited.length, now);
      if (refusal) return refusal;
      const group = { id: newId(), pairLow: null, pairHigh: null, title, kind: "GROUP" } as const;
      const made = { ...group, createdAt: now };
      const conversationId = await createConversation(change, made, members);
      const asked = { conversationId, senderId: viewer.id, receiverIds: invited };
      await inviteToGroup(change, asked, now);
      return { kind: "created", conversationId, invited };
    },
  );
  clearLoaders(context);
  return outcome;
}
