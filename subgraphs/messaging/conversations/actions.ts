// Opening conversations: a direct one, which two people have once, and a group.
import { inTransaction } from "#kit/database";
import { newId } from "#kit/id";
import { requireScope } from "#kit/identity";
import { appendEntries, type Entry, openStreams } from "#kit/logs";
import { MEMBERS_MAX } from "../access.ts";
import type { Context, Transaction } from "../context.ts";
import { listChanged } from "../entries.ts";
import { forgetLoaded } from "../loaded.ts";
import { isBlockedPair } from "../projection/store.ts";
import { conversationStream, personStream } from "../streams.ts";
import { type Founder, foundersOf, pairOf } from "./rules.ts";
import { findDirect, insertConversation, type NewConversation } from "./store.ts";

export type OpenOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "self" }
  | { readonly kind: "notFound" };

/**
 * The conversation of the viewer and another person, whose id is canonical. Where one blocks the
 * other, neither exists for the other here.
 */
export async function openDirectConversation(
  context: Context,
  userId: string,
): Promise<OpenOutcome> {
  const viewer = requireScope(context, "messages:write");
  if (userId === viewer.id) return { kind: "self" };
  if (await isBlockedPair(context.database, viewer.id, userId)) return { kind: "notFound" };
  const pair = pairOf(viewer.id, userId);
  const known = await findDirect(context.database, pair);
  if (known) return { kind: "open", conversationId: known };
  const people: Founder[] = [viewer.id, userId].map((id) => ({ userId: id, role: "MEMBER" }));
  const { conversationId, entries } = await inTransaction(context.database, async (tx) => {
    // Whoever opens the same conversation at the same time waits here, and then finds it.
    await openStreams(
      tx,
      people.map((person) => personStream(person.userId)),
    );
    const opened = await findDirect(tx, pair);
    if (opened) return { conversationId: opened, entries: [] };
    return found(tx, { ...blank(context), ...pair, kind: "DIRECT", title: null }, people);
  });
  context.live.announce(entries);
  forgetLoaded(context);
  return { kind: "open", conversationId };
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly conversationId: string }
  | { readonly kind: "tooMany"; readonly membersMax: number };

/** A group of the viewer's; `title` is clean, `memberIds` are canonical. */
export async function createGroupConversation(
  context: Context,
  { title, memberIds }: { readonly title: string; readonly memberIds: readonly string[] },
): Promise<CreateOutcome> {
  const viewer = requireScope(context, "messages:write");
  const people = foundersOf(viewer.id, memberIds);
  if (people.length > MEMBERS_MAX) return { kind: "tooMany", membersMax: MEMBERS_MAX };
  const { conversationId, entries } = await inTransaction(context.database, async (tx) => {
    await openStreams(
      tx,
      people.map((person) => personStream(person.userId)),
    );
    const conversation = { ...blank(context), pairLow: null, pairHigh: null, title };
    return found(tx, { ...conversation, kind: "GROUP" }, people);
  });
  context.live.announce(entries);
  forgetLoaded(context);
  return { kind: "created", conversationId };
}

function blank(context: Context) {
  return { id: newId(), createdAt: context.now() };
}

/** Nobody else can hold the stream of a conversation that is not there yet: no order to keep. */
async function found(
  tx: Transaction,
  conversation: NewConversation,
  people: readonly Founder[],
): Promise<{ conversationId: string; entries: Entry[] }> {
  const conversationId = conversation.id;
  await openStreams(tx, [conversationStream(conversationId)]);
  await insertConversation(tx, conversation, people);
  const ids = people.map((person) => person.userId);
  const entries = await appendEntries(tx, listChanged("conversationAdded", ids, conversationId));
  return { conversationId, entries };
}
